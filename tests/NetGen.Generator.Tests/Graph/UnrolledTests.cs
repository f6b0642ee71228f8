using System.Text.RegularExpressions;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which networks are unrolled over inputs and outputs, and which loops their kernels still have.</summary>
public class UnrolledTests
{
    [Theory]
    [InlineData("Input(4), Dense(2)")]
    [InlineData("Input(4), Dense(2), ReLU")]
    [InlineData("Input(8), Dense(16), ReLU, Dense(16), ReLU, Dense(1)")]
    [InlineData("Input(8), Dense(16), LeakyReLU(0.1), Dropout(0.5), Dense(3), Softmax")]
    [InlineData("Input(4), Dense(4, Name = \"a\"), Dense(4), Add(\"a\"), ReLU, Dense(2)")]
    [InlineData("Input(16), Dense(32), ReLU, Dense(16)")]
    [InlineData("Input(64), Dense(16)")]
    public void Tiny_networks_loop_only_over_samples(string layers)
    {
        GeneratorRun run = Run(layers);
        NetworkPlan plan = new(Assert.Single(run.Models));
        Assert.All(plan.Model.Layers.Items.OfType<DenseLayer>(), layer => Assert.Equal("unrolled", SurfaceEmitter.Lowered(plan, layer)));
        foreach (string kernels in Kernels(run))
        {
            // The mask of a tile's samples: m counts them.
            string[] loops = [.. Regex.Matches(kernels, @"for \((nint \w+ = \d+)?; (\w+) ").Select(loop => loop.Groups[2].Value).Distinct().Order()];
            Assert.Contains("sample", loops);
            Assert.Empty(loops.Except(["sample", "m"]));
        }
    }

    // Larger than a panel of 32 columns, or more multiply-adds than fit in a method.
    [Theory]
    [InlineData("Input(4), Dense(40)", "Dense1(")]
    [InlineData("Input(256), Dense(4)", "Dense1(")]
    [InlineData("Input(1), Dense(300), ReLU", "Dense1PreActivationGradient(")]
    [InlineData("Input(1024), Dense(1)", "Dense1WeightGradient(")]
    public void Methods_without_room_have_loops(string layers, string method)
    {
        foreach (string kernels in Kernels(Run(layers)))
        {
            string body = kernels[kernels.IndexOf("void " + method, StringComparison.Ordinal)..];
            body = body[..body.IndexOf("\n    }", StringComparison.Ordinal)];
            Assert.Matches(@"for \(nint (k|n|row|rowTile|panel|tile) = ", body);
        }
    }

    // An operation that is no dense layer.
    [Theory]
    [InlineData("Input(4), Dropout(0.5), Dense(8), ReLU, Dense(2)")]
    public void Only_prediction_is_unrolled(string layers)
    {
        NetworkPlan plan = new(Assert.Single(Run(layers).Models));
        Assert.True(plan.IsUnrolled);
        Assert.False(plan.TrainingMemory.IsUnrolled);
        Assert.Equal("unrolled prediction", SurfaceEmitter.Lowered(plan, plan.Model.Layers.Items.OfType<DenseLayer>().First()));
    }

    // Outputs count in fours: 17 rows of 60 columns are 255 vectors, and 61 columns are one more for each row.
    [Theory]
    [InlineData("Input(17), Dense(60)", true)]
    [InlineData("Input(17), Dense(61)", false)]
    [InlineData("Input(16), Dense(32), ReLU, Dense(16)", true)]
    [InlineData("Input(16), Dense(32), ReLU, Dense(17)", false)]
    [InlineData("Input(4), ReLU, Dense(2)", false)]
    public void Nothing_larger_is_unrolled(string layers, bool isUnrolled)
    {
        NetworkPlan plan = new(Assert.Single(Run(layers).Models));
        Assert.Equal(isUnrolled, plan.IsUnrolled);
        Assert.Equal(isUnrolled, plan.TrainingMemory.IsUnrolled);
    }

    private static GeneratorRun Run(string layers) => GeneratorRun.Of($"[Network, {layers}] public partial class Net;");

    private static IEnumerable<string> Kernels(GeneratorRun run)
    {
        string[] files = [.. run.Sources.Values.Where(file => file.Contains("struct Kernels", StringComparison.Ordinal))];
        Assert.Equal(3, files.Length);
        return files;
    }
}
