using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>Who loads a file while it is saved gets the old file or the new one, and neither side fails.</summary>
public sealed class SaveAndLoadTogetherTests : IDisposable
{
    private const int Saves = 100;
    private const int Loads = 400;

    private readonly TemporaryDirectory _folder = new();

    private static ParameterTable Table => SafeTensorsFixture.Table;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    public async Task Each_load_sees_one_whole_file(int savers, int loaders)
    {
        Save(0);
        Action[] work =
        [
            .. Enumerable.Range(1, savers).Select(saver => (Action)(() =>
            {
                for (int i = 0; i < Saves; i++) Save((saver * Saves) + i);
            })),
            .. Enumerable.Range(0, loaders).Select(_ => (Action)(() =>
            {
                for (int i = 0; i < Loads; i++) LoadWhole();
            })),
        ];
        Task[] tasks = [.. work.Select(action => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(tasks);
        Assert.Equal(["weights"], _folder.Files);
        Assert.True(LoadWhole() >= Saves);
    }

    [Fact]
    public void A_file_that_another_keeps_to_itself_is_not_waited_for_forever()
    {
        Save(1);
        using (new FileStream(_folder["weights"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains(_folder["weights"], Assert.Throws<IOException>(() => LoadWhole()).Message);
        Assert.Equal(1, LoadWhole());
    }

    private void Save(int value)
    {
        float[] parameters = new float[Table.Count];
        Array.Fill(parameters, value);
        SafeTensors.Save(_folder["weights"], Table, parameters);
    }

    // The number that all parameters of the file have.
    private float LoadWhole()
    {
        float[] parameters = new float[Table.Count];
        SafeTensors.Load(_folder["weights"], Table, parameters);
        foreach (ParameterInfo info in Table.Parameters)
            Assert.Equal(-1, parameters.AsSpan(info.Offset, info.Length).IndexOfAnyExcept(parameters[0]));
        return parameters[0];
    }
}
