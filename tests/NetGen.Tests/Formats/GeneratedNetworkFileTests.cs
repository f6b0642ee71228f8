using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>The network of tests/fixtures/safetensors_io.py, generated.</summary>
[Network]
[Input(6, 5, 2)]
[Conv2D(5, 3), ReLU, MaxPool2D(2)]
[Flatten, Dropout(0.3), Dense(37), ReLU]
[Dense(3), Softmax]
internal sealed partial class FixtureNet;

/// <summary>The same but for the number of units in the middle and the name of the head.</summary>
[Network]
[Input(6, 5, 2)]
[Conv2D(5, 3), ReLU, MaxPool2D(2)]
[Flatten, Dense(36), ReLU]
[Dense(3, Name = "head"), Softmax]
internal sealed partial class OtherNet;

/// <summary>Two layers of equal shape.</summary>
[Network]
[Input(4)]
[Dense(4, Name = "a"), ReLU, Dense(4, Name = "b")]
internal sealed partial class FirstANet;

/// <summary>The same layers, the other way round.</summary>
[Network]
[Input(4)]
[Dense(4, Name = "b"), ReLU, Dense(4, Name = "a")]
internal sealed partial class FirstBNet;

/// <summary>Weight files of generated networks, from PyTorch and back.</summary>
[Trait("Category", "Numeric")]
public sealed class GeneratedNetworkFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_state_dict_of_PyTorch_gives_the_outputs_of_PyTorch()
    {
        FixtureNet network = FixtureNet.Load(SafeTensorsFixture.Path("net.safetensors"));
        float[] expected = SafeTensorsFixture.Numbers("outputs"), actual = new float[expected.Length];
        network.Predict(SafeTensorsFixture.Numbers("inputs"), actual);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-7f);
    }

    [Fact]
    public void A_saved_network_is_the_file_that_PyTorch_writes_and_lists_its_layers()
    {
        FixtureNet network = FixtureNet.Load(SafeTensorsFixture.Path("net.safetensors"));
        network.Save(_folder["copy"]);
        const string Metadata = """
            {"format":"pt","netgen.format":"1","netgen.layers":"Conv2D conv1 [5, 2, 3, 3]; Dense dense1 [37, 10]; Dense dense2 [3, 37]"}
            """;
        Assert.Equal(SafeTensorsFixture.WithMetadata("net.safetensors", Metadata), File.ReadAllBytes(_folder["copy"]));
    }

    [Fact]
    public void The_views_show_the_tensors_of_PyTorch()
    {
        FixtureNet network = FixtureNet.Load(SafeTensorsFixture.Path("net.safetensors"));
        Assert.Equal(SafeTensorsFixture.Numbers("state", "conv1.weight"), network.Conv1Weight.ToArray());
        Assert.Equal(SafeTensorsFixture.Numbers("state", "dense1.weight"), network.Dense1Weight.ToArray());
        Assert.Equal(SafeTensorsFixture.Numbers("state", "dense2.bias"), network.Dense2Bias.ToArray());
        Assert.Equal(SafeTensorsFixture.Numbers("state", "dense1.weight")[(7 * 10) + 3], network.Dense1Weight[7, 3]);
        Assert.Equal([37, 10], network.Dense1Weight.Shape.ToArray());
    }

    [Fact]
    public void A_trained_network_comes_back_to_the_bit()
    {
        var network = new FixtureNet(seed: 3);
        float[] inputs = SafeTensorsFixture.Numbers("inputs");
        FixtureNet.TrainingPass pass = network.BeginTraining(batchSize: 4, seed: 1);
        var optimizer = new Adam(0.01f);
        for (int step = 0; step < 5; step++)
        {
            pass.Forward(inputs, [0, 1, 2, 0]);
            pass.Backward();
            optimizer.Step(pass);
        }

        network.Save(_folder["trained"]);
        FixtureNet loaded = FixtureNet.Load(_folder["trained"]);
        Assert.Equal(network.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.NotEqual(new FixtureNet(seed: 3).Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void Streams_and_bytes_hold_what_a_file_holds()
    {
        INetwork network = FixtureNet.Load(SafeTensorsFixture.Path("net.safetensors"));
        network.Save(_folder["file"]);
        byte[] file = File.ReadAllBytes(_folder["file"]);
        using var stream = new MemoryStream();
        network.Save(stream);
        Assert.Equal(file, stream.ToArray());

        stream.Position = 0;
        Assert.Equal(network.Parameters, FixtureNet.Load(stream).Parameters);
        Assert.Equal(network.Parameters, FixtureNet.Load(file).Parameters);
        stream.WriteByte(0);
        Assert.Throws<WeightFileException>(() => FixtureNet.Load(file.AsSpan(1)));
    }

    [Fact]
    public void The_file_of_another_network_is_refused_with_all_that_differs()
    {
        var error = Assert.Throws<WeightFileException>(() => OtherNet.Load(SafeTensorsFixture.Path("net.safetensors")));
        Assert.Equal(
            [
                "'dense1.bias' has shape [37]; OtherNet expects [36].",
                "'dense1.weight' has shape [37, 10]; OtherNet expects [36, 10].",
                "'dense2.bias' of shape [3] is no parameter of OtherNet.",
                "'dense2.weight' of shape [3, 37] is no parameter of OtherNet.",
                "'head.weight' of shape [3, 36] is missing.",
                "'head.bias' of shape [3] is missing.",
            ],
            error.Faults.ToArray());
    }

    [Fact]
    public void Equal_names_and_shapes_in_another_order_are_another_network()
    {
        new FirstANet(seed: 1).Save(_folder["first"]);
        var error = Assert.Throws<WeightFileException>(() => FirstBNet.Load(_folder["first"]));
        Assert.Contains(
            "In the file: Dense a [4, 4]; Dense b [4, 4]. In FirstBNet: Dense b [4, 4]; Dense a [4, 4].",
            Assert.Single(error.Faults));
    }

    [Fact]
    public void Two_samples_cannot_be_classified_at_once() => Assert.Equal(
        "FixtureNet classifies one sample of 60 values, but got 120. (Parameter 'input')",
        Assert.Throws<ArgumentException>(() => new FixtureNet().Classify(new float[120])).Message);

    [Fact]
    public void The_summary_is_that_of_the_declaration()
    {
        Assert.Equal(FixtureNet.ParameterCount, FixtureNet.Summary.Parameters);
        Assert.Equal(FixtureNet.ParameterCount, FixtureNet.ParameterTable.Count);
        Assert.Equal(FixtureNet.ParameterCount, FixtureNet.ParameterTable.Parameters.Sum(p => p.Length));
        Assert.StartsWith("Network: \"FixtureNet\"\n", FixtureNet.Summary.ToString());
    }
}
