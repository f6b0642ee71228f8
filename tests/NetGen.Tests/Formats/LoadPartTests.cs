using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>A network begins with some weights of another.</summary>
public sealed class LoadPartTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public LoadPartTests() => new TenClasses(1).Save(_file);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void WhatFitsIsLoadedAndTheRestKept()
    {
        TenClasses old = new(1);
        ThreeClasses network = new(2), initial = new(2);
        WeightReport report = network.LoadPart(_file);
        Close.SameBits("conv1.weight", old.Conv1Weight.ToArray(), network.Conv1Weight.ToArray());
        Close.SameBits("dense1.bias", old.Dense1Bias.ToArray(), network.Dense1Bias.ToArray());
        Close.SameBits("dense2.weight", initial.Dense2Weight.ToArray(), network.Dense2Weight.ToArray());
        Assert.Equal(
            """
            loaded: conv1.weight, conv1.bias, dense1.weight, dense1.bias
            kept: dense2.weight, dense2.bias
            ignored: dense2.bias (has shape [10]; ThreeClasses expects [3]), dense2.weight (has shape [10, 8]; ThreeClasses expects [3, 8])

            """,
            report.ToString());
    }

    [Fact]
    public void NamedLayersAndParametersAreLoadedAlone()
    {
        ThreeClasses network = new(2), initial = new(2);
        WeightReport report = network.LoadPart(_file, "conv1", "dense1.bias");
        Assert.Equal(["conv1.weight", "conv1.bias", "dense1.bias"], report.Loaded.AsEnumerable());
        Assert.Equal(["dense1.weight", "dense2.weight", "dense2.bias"], report.Kept.AsEnumerable());
        Assert.Contains("dense1.weight (was not asked for)", report.Ignored);
        Close.SameBits("dense1.weight", initial.Dense1Weight.ToArray(), network.Dense1Weight.ToArray());
    }

    [Fact]
    public void PredictionsUseTheLoadedWeights()
    {
        TenClasses old = new(1), network = new(2);
        float[] input = [.. Enumerable.Range(0, 36).Select(i => i / 36f)], expected = new float[10], actual = new float[10];
        network.Predict(input, actual);
        network.LoadPart(_file);
        old.Predict(input, expected);
        network.Predict(input, actual);
        Close.SameBits("outputs", expected, actual);
    }

    [Fact]
    public void WhatIsNamedMustBeThere()
    {
        AssertRefused("'dense2.weight' has shape [10, 8]; ThreeClasses expects [3, 8].", "dense2");
        AssertRefused("ThreeClasses has no layer with weights and no parameter named 'conv9'; it has conv1, dense1, dense2.", "conv9");
        new Other(1).Save(_file);
        AssertRefused("'conv1.weight' of shape [4, 1, 3, 3] is missing.", "conv1");
        AssertRefused("'conv1.bias' of shape [4] is missing.", "conv1");
        AssertRefused("No tensor of the file has the name and the shape of a parameter of ThreeClasses.");

        void AssertRefused(string message, params string[] names)
        {
            var network = new ThreeClasses(2);
            float[] before = network.Parameters.ToArray();
            Assert.Contains(message, Assert.Throws<WeightFileException>(() => network.LoadPart(_file, names)).Faults);
            Assert.Equal(before, network.Parameters.ToArray());
        }
    }

    [Fact]
    public void ADamagedFileChangesNothing()
    {
        using (FileStream file = File.OpenWrite(_file))
            file.SetLength(file.Length - 4);
        var network = new ThreeClasses(2);
        float[] before = network.Parameters.ToArray();
        Assert.Throws<WeightFileException>(() => network.LoadPart(_file));
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Throws<FileNotFoundException>(() => network.LoadPart(_file + ".none"));
    }

    [Fact]
    public void ACheckpointGivesItsWeights()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-part-").FullName;
        try
        {
            var trained = new TenClasses(1);
            trained.Fit(Dataset.FromLabels(new float[72], 36, [0, 1], 10), new FitOptions { Callbacks = [new Checkpoints(folder)] });
            var network = new ThreeClasses(2);
            Assert.Equal(4, network.LoadPart(Checkpoints.Latest(folder)!).Loaded.Length);
            Close.SameBits("conv1.weight", trained.Conv1Weight.ToArray(), network.Conv1Weight.ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

[Network, Input(6, 6, 1), Conv2D(4, 3), ReLU, Flatten, Dense(8), ReLU, Dense(10), Softmax]
internal sealed partial class TenClasses;

[Network, Input(6, 6, 1), Conv2D(4, 3), ReLU, Flatten, Dense(8), ReLU, Dense(3), Softmax]
internal sealed partial class ThreeClasses;

[Network, Input(4), Dense(3, Name = "other")]
internal sealed partial class Other;
