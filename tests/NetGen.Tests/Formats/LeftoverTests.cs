using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>What a killed save leaves behind is removed by the next one to the same path, and nothing else is.</summary>
public sealed class LeftoverTests : IDisposable
{
    private const string SomeId = "0123456789abcdef0123456789abcdef";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_killed_process_left_goes_with_the_next_save()
    {
        using (var host = new SaveHost(_folder["weights"]))
        {
            Assert.Matches("^weights\\.tmp[0-9a-f]{32}$", Assert.Single(_folder.Files));
            host.Kill();
        }

        Assert.Single(_folder.Files);
        Save("other");
        Assert.Equal(2, _folder.Files.Count());
        Save("weights");
        Assert.Equal(["other", "weights"], _folder.Files);
    }

    [Fact]
    public void What_a_living_process_writes_stays_until_it_has_finished()
    {
        using var host = new SaveHost(_folder["weights"]);
        string temporary = Assert.Single(_folder.Files);
        Save("weights");
        Assert.Equal(["weights", temporary], _folder.Files);
        Assert.Equal(0, host.Finish());
        Assert.Equal(["weights"], _folder.Files);
        SafeTensors.Load(_folder["weights"], SafeTensorsFixture.Table, new float[SafeTensorsFixture.Table.Count]);
    }

    [Fact]
    public void A_leftover_behind_a_link_is_found_where_the_file_is()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(_folder["store"]);
        File.CreateSymbolicLink(_folder["weights"], Path.Combine("store", "version1"));
        File.WriteAllText(Path.Combine(_folder["store"], "version1.tmp" + SomeId), "");
        Save("weights");
        Assert.Equal(["version1"], Directory.EnumerateFiles(_folder["store"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_leftover_of_a_name_without_room_is_found_too()
    {
        string name = new('w', 250);
        using (var host = new SaveHost(_folder[name])) host.Kill();
        Assert.DoesNotContain(name, _folder.Files);
        Save(name);
        Assert.Equal([name], _folder.Files);
    }

    [Fact]
    public void What_only_looks_like_it_stays()
    {
        string[] names =
        [
            "weights.tmp", "weights.tmp1", "weights.tmp" + SomeId[1..], "weights.tmp" + SomeId + "0", "weights.tmp" + SomeId.ToUpperInvariant(),
            "weights.tmp" + SomeId[1..] + "x", "weights2.tmp" + SomeId, "myweights.tmp" + SomeId, "weights.safetensors.tmp" + SomeId,
        ];
        foreach (string name in names) File.WriteAllText(_folder[name], "");
        Directory.CreateDirectory(_folder["weights.tmp" + SomeId]);
        Save("weights");
        Assert.Equal(names.Append("weights").Append("weights.tmp" + SomeId).Order(), _folder.Files);
    }

    [Fact]
    public void A_pipe_of_such_a_name_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows()) return;
        UnixNode.MakePipe(_folder["weights.tmp" + SomeId]);
        File.CreateSymbolicLink(_folder["weights.tmp" + new string('0', 32)], _folder["weights.tmp" + SomeId]);
        Save("weights");
        Assert.Equal(3, _folder.Files.Count());
    }

    private void Save(string name) => SafeTensors.Save(_folder[name], SafeTensorsFixture.Table, SafeTensorsFixture.Numbered());
}
