using System.Text;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>The version and the list of layers in a file's metadata, and PyTorch's counters.</summary>
public sealed class SavedLayersTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_lists_its_layers_in_order_and_comes_back()
    {
        ParameterTable table = Network(("Dense", "b"), ("BatchNorm", "größe"), ("Dense", "a"));
        SafeTensors.Save(_folder["file"], table, new float[table.Count]);
        Assert.Contains(
            """{"__metadata__":{"format":"pt","netgen.format":"1","netgen.layers":"Dense b [2, 2]; BatchNorm größe [2, 2]; Dense a [2, 2]"},"a.bias":""",
            File.ReadAllText(_folder["file"]));
        SafeTensors.Load(_folder["file"], table, new float[table.Count]);
    }

    [Fact]
    public void A_layer_is_listed_once_although_tensors_of_others_lie_between_its_own()
    {
        ParameterTable table = new(
            "Net", 12,
            new("b.weight", "Dense", 0, WeightLayout.Dense(2, 2), Initializer.Zeros, 2, 2),
            new("a.weight", "BatchNorm", 4, WeightLayout.Vector(2), Initializer.Zeros, 2, 2),
            new("b.bias", "Dense", 6, WeightLayout.Vector(2), Initializer.Zeros, 2, 2),
            new("a.running_mean", "BatchNorm", 8, WeightLayout.Vector(2), Initializer.Zeros, 2, 2),
            new("a.running_var", "BatchNorm", 10, WeightLayout.Vector(2), Initializer.Zeros, 2, 2));
        SafeTensors.Save(_folder["file"], table, new float[table.Count]);
        Assert.Contains("\"netgen.layers\":\"Dense b [2, 2]; BatchNorm a [2]\"", File.ReadAllText(_folder["file"]));
        SafeTensors.Load(_folder["file"], table, new float[table.Count]);
    }

    [Fact]
    public void Parameters_of_every_role_are_saved_and_a_layer_may_be_frozen_afterwards()
    {
        ParameterInfo weight = new("a.weight", "Dense", 0, WeightLayout.Dense(2, 2), Initializer.Zeros, 2, 2);
        ParameterInfo scale = new("b.weight", "BatchNorm", 4, WeightLayout.Vector(2), Initializer.Zeros, 2, 2);
        ParameterInfo mean = new("b.running_mean", "BatchNorm", 6, WeightLayout.Vector(2), Initializer.Zeros, 2, 2) { Role = ParameterRole.Statistic };
        SafeTensors.Save(_folder["file"], new ParameterTable("Net", 8, weight, scale with { Role = ParameterRole.Frozen }, mean), [1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Contains("\"netgen.layers\":\"Dense a [2, 2]; BatchNorm b [2]\"", File.ReadAllText(_folder["file"]));

        // Another layer is frozen now, so that it comes after the other in memory.
        ParameterTable other = new("Net", 8, weight with { Role = ParameterRole.Frozen, Offset = 2 }, scale with { Offset = 0 }, mean);
        float[] parameters = new float[8];
        SafeTensors.Load(_folder["file"], other, parameters);
        Assert.Equal([5, 6, 1, 2, 3, 4, 7, 8], parameters);
    }

    [Fact]
    public void Layers_in_another_order_are_refused_although_names_and_shapes_fit()
    {
        ParameterTable before = Network(("Dense", "dense1"), ("Dense", "middle"), ("Dense", "dense2"));
        ParameterTable after = Network(("Dense", "dense1"), ("Dense", "dense2"), ("Dense", "middle"));
        Assert.Equal(
            "The file was saved by a network with other layers. In the file: Dense dense1 [2, 2]; Dense middle [2, 2]; Dense dense2 [2, 2]. "
            + "In Net: Dense dense1 [2, 2]; Dense dense2 [2, 2]; Dense middle [2, 2]. They differ from number 2 on. "
            + "A layer without a Name is numbered by its place, so inserting or removing one renames the layers after it: "
            + "give every layer the name that it has in the file (Name = \"…\").",
            Assert.Single(Refusal(before, after).Faults));
    }

    [Fact]
    public void Another_kind_of_layer_of_the_same_name_is_refused() => Assert.Contains(
        "In the file: Dense a [2, 2]. In Net: Bilinear a [2, 2]. They differ from number 1 on.",
        Assert.Single(Refusal(Network(("Dense", "a")), Network(("Bilinear", "a"))).Faults));

    [Fact]
    public void An_insertion_shows_both_lists_and_what_is_missing() => Assert.Equal(
        [
            "In the file: Dense dense1 [2, 2]. In Net: Dense dense1 [2, 2]; Dense dense2 [2, 2]. They differ from number 2 on.",
            "'dense2.weight' of shape [2, 2] is missing.",
            "'dense2.bias' of shape [2] is missing.",
        ],
        Refusal(Network(("Dense", "dense1")), Network(("Dense", "dense1"), ("Dense", "dense2"))).Faults
            .Select(fault => fault.StartsWith("The file was", StringComparison.Ordinal) ? fault[fault.IndexOf("In the", StringComparison.Ordinal)..fault.IndexOf(" A layer", StringComparison.Ordinal)] : fault));

    [Theory]
    [InlineData("", "In the file: none. In Net:")]
    [InlineData("; ; ;", "In the file: ; ; ;. In Net:")]
    [InlineData("Dense a [2, 2]; ", "They differ from number 2 on.")]
    [InlineData("Dense a [2, 2]", null)]
    public void The_list_of_a_file_is_only_text(string layers, string? expected)
    {
        ParameterTable table = Network(("Dense", "a"));
        WriteWith(table, ",\"netgen.layers\":\"" + layers + "\"");
        if (expected is null) SafeTensors.Load(_folder["file"], table, new float[table.Count]);
        else Assert.Contains(expected, Assert.Single(Refusal(table).Faults));
    }

    [Fact]
    public void A_list_that_never_ends_is_shown_shortened()
    {
        ParameterTable table = Network(("Dense", "a"));
        WriteWith(table, ",\"netgen.layers\":\"" + string.Concat(Enumerable.Repeat("Dense a [2, 2]; ", 100_000)) + new string('x', 100_000) + "\"");
        string fault = Assert.Single(Refusal(table).Faults);
        Assert.InRange(fault.Length, 100, 1000);
        Assert.Contains("; …. In Net", fault);
    }

    [Fact]
    public void A_file_without_a_list_or_a_network_without_kinds_is_checked_by_names_and_shapes()
    {
        ParameterTable known = Network(("Dense", "a"), ("Dense", "b")), swapped = Network(("Dense", "b"), ("Dense", "a"));
        ParameterTable unknown = new("Net", known.Count, [.. known.Parameters.Select(p => p with { LayerKind = null })]);
        SafeTensors.Save(_folder["file"], unknown, new float[known.Count]);
        Assert.DoesNotContain("netgen.layers", File.ReadAllText(_folder["file"]));
        SafeTensors.Load(_folder["file"], swapped, new float[known.Count]);
        SafeTensors.Save(_folder["file"], swapped, new float[known.Count]);
        SafeTensors.Load(_folder["file"], unknown, new float[known.Count]);
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("2", "The file has version 2 of NetGen's weight files, but this library reads version 1 and older; use a newer NetGen.")]
    [InlineData("0", "netgen.format in __metadata__ is '0'; a whole number from 1 was expected.")]
    [InlineData("-1", "netgen.format in __metadata__ is '-1'; a whole number from 1 was expected.")]
    [InlineData("1.5", "netgen.format in __metadata__ is '1.5'; a whole number from 1 was expected.")]
    [InlineData("99999999999", "netgen.format in __metadata__ is '99999999999'; a whole number from 1 was expected.")]
    [InlineData("", "netgen.format in __metadata__ is ''; a whole number from 1 was expected.")]
    public void The_version_is_checked(string version, string? expected)
    {
        ParameterTable table = Network(("Dense", "a"));
        WriteWith(table, ",\"netgen.format\":\"" + version + "\"");
        if (expected is null) SafeTensors.Load(_folder["file"], table, new float[table.Count]);
        else Assert.Equal(expected, Assert.Single(Refusal(table).Faults));
    }

    [Fact]
    public void A_newer_version_is_not_read_for_other_faults()
    {
        WriteWith(Network(("Dense", "a")), ",\"netgen.format\":\"7\"");
        Assert.StartsWith("The file has version 7", Assert.Single(Refusal(Network(("Dense", "b"))).Faults));
    }

    [Theory]
    [InlineData("a.num_batches_tracked", "I64", "[]", 8, true)]
    [InlineData("b.num_batches_tracked", "I64", "[]", 8, false)]
    [InlineData("num_batches_tracked", "I64", "[]", 8, false)]
    [InlineData(".num_batches_tracked", "I64", "[]", 8, false)]
    [InlineData("a.weight.num_batches_tracked", "I64", "[]", 8, false)]
    [InlineData("a.num_batches_tracked", "I64", "[1]", 8, false)]
    [InlineData("a.num_batches_tracked", "I32", "[]", 4, false)]
    [InlineData("a.num_batches_tracked", "F32", "[]", 4, false)]
    [InlineData("a.num_batches", "I64", "[]", 8, false)]
    public void Counters_of_PyTorch_are_passed_over(string name, string type, string shape, int bytes, bool isAccepted)
    {
        // Types of eight bytes come first in a file of the reference implementation.
        string header = "{\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[0," + bytes + "]},"
            + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + bytes + "," + (bytes + 8) + "]},"
            + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[" + (bytes + 8) + "," + (bytes + 24) + "]}}";
        ParameterTable table = Network(("BatchNorm", "a"));
        File.WriteAllBytes(_folder["file"], SafeTensorsBytes.Of(header, bytes + 24));
        if (!isAccepted)
        {
            string found = shape == "[]" ? "[]" : shape;
            Assert.Equal($"'{name}' of shape {found} is no parameter of Net.", Assert.Single(Refusal(table).Faults));
            return;
        }

        float[] parameters = new float[6];
        SafeTensors.Load(_folder["file"], table, parameters);
        Assert.Equal([4, 6, 5, 7, 2, 3], parameters);
        parameters.AsSpan().Clear();
        SafeTensors.Load(new ShortReads(File.ReadAllBytes(_folder["file"])), table, parameters);
        Assert.Equal([4, 6, 5, 7, 2, 3], parameters);
    }

    [Fact]
    public void Two_counters_of_one_layer_are_refused()
    {
        const string Counter = """ "a.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]} """;
        File.WriteAllBytes(_folder["file"], SafeTensorsBytes.Of("{" + Counter + "," + Counter + "}", 8));
        Assert.Contains("'a.num_batches_tracked' occurs twice in the header.", Refusal(Network(("BatchNorm", "a"))).Message);
    }

    // Layers of one weight [2, 2] and one bias each.
    private static ParameterTable Network(params (string Kind, string Name)[] layers) => new(
        "Net", 6 * layers.Length,
        [.. layers.SelectMany((layer, i) => (ParameterInfo[])
        [
            new(layer.Name + ".weight", layer.Kind, 6 * i, WeightLayout.Dense(2, 2), Initializer.Zeros, 2, 2),
            new(layer.Name + ".bias", layer.Kind, (6 * i) + 4, WeightLayout.Vector(2), Initializer.Zeros, 2, 2),
        ])]);

    // A file as PyTorch writes it for layer a, with more metadata.
    private void WriteWith(ParameterTable table, string metadata)
    {
        Assert.Equal(6, table.Count);
        string header = "{\"__metadata__\":{\"format\":\"pt\"" + metadata + "},"
            + """ "a.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]}}""";
        File.WriteAllBytes(_folder["file"], SafeTensorsBytes.Of(Encoding.UTF8.GetBytes(header), 24));
    }

    private WeightFileException Refusal(ParameterTable saved, ParameterTable loaded)
    {
        SafeTensors.Save(_folder["file"], saved, new float[saved.Count]);
        return Refusal(loaded);
    }

    private WeightFileException Refusal(ParameterTable table) =>
        Assert.Throws<WeightFileException>(() => SafeTensors.Load(_folder["file"], table, new float[table.Count]));
}
