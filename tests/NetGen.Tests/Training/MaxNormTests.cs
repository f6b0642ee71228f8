using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>The largest norm of each unit's weights, against Keras' formula in PyTorch's order of the weights.</summary>
[Trait("Category", "Numeric")]
public class MaxNormTests
{
    private static readonly ParameterTable Table = LayerTable.Mixed;

    private static readonly string[] Kernels = ["conv1.weight", "dense1.weight", "dense3.weight"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void EachUnitIsScaledAsInKeras(int threads)
    {
        TableNetwork network = new(Table), plain = new(Table);
        float[] start = Draw.Normal(Table.Count, seed: 1);
        network.SetAll(start);
        plain.SetAll(start);
        const float limit = 14.5f;
        var optimizer = new AdamW(0.01f) { MaxNorm = limit };
        float[] gradients = Draw.Normal(Table.TrainedCount, seed: 2);
        network.Step(optimizer, gradients, threads);
        plain.Step(new AdamW(0.01f), gradients, threads);
        foreach (ParameterInfo parameter in Table.Parameters)
        {
            float[] weights = plain.Get(parameter.Name);
            float[] actual = network.Get(parameter.Name);
            if (!Kernels.Contains(parameter.Name))
            {
                Close.SameBits(parameter.Name, weights, actual);
                continue;
            }

            int units = parameter.Shape[0];
            int inputs = parameter.Length / units;
            int above = 0;
            for (int unit = 0; unit < units; unit++)
            {
                double[] row = [.. weights.AsSpan(unit * inputs, inputs).ToArray().Select(weight => (double)weight)];
                double norm = Math.Sqrt(row.Sum(weight => weight * weight));
                double scale = Math.Clamp(norm, 0, limit) / (1e-7 + norm);
                above += norm > limit ? 1 : 0;
                Close.Check($"{parameter.Name}, unit {unit}", [.. row.Select(weight => weight * scale)], actual.AsSpan(unit * inputs, inputs), 1e-6, 0);
                if (norm <= limit)
                    Close.SameBits($"{parameter.Name}, unit {unit}", weights.AsSpan(unit * inputs, inputs), actual.AsSpan(unit * inputs, inputs));
            }

            // The norm of 210 normal numbers is about 14.5, of 250 about 15.8, of 18 about 4.2.
            Assert.InRange(above, parameter.Name == "conv1.weight" ? 0 : 1, parameter.Name == "conv1.weight" ? 0 : units - 1);
        }
    }

    [Fact]
    public void UnitsAboveAndBelowStandSideBySide()
    {
        // Unit n of 40 has the weights n, n and n.
        ParameterTable table = LayerTable.Of([("dense1.weight", [40, 3]), ("dense1.bias", [40])]);
        var network = new TableNetwork(table);
        float[] torch = [.. Enumerable.Range(0, 120).Select(i => (float)(i / 3))];
        float[] start = new float[160];
        table["dense1.weight"].Layout.FromTorch(torch, start.AsSpan(0, 120));
        start.AsSpan(120).Fill(1000);
        network.SetAll(start);
        network.Step(new Sgd(1) { MaxNorm = 20 }, new float[160]);

        double most = 20 / Math.Sqrt(3);
        Close.Check("weights", [.. torch.Select(weight => Math.Min(weight, most))], network.Get("dense1.weight"), 1e-6, 0);
        Assert.All(network.Get("dense1.bias"), bias => Assert.Equal(1000, bias));
    }

    [Fact]
    public void ThreadsAndVectorsDoNotChangeABit()
    {
        float[]? first = null;
        foreach (int threads in new[] { 1, 2, 8 })
        {
            var network = new TableNetwork(Table);
            var optimizer = new Sgd(0.5f) { MaxNorm = 3, Momentum = 0.9f };
            for (int step = 0; step < 3; step++)
                network.Step(optimizer, Draw.Normal(Table.TrainedCount, step), threads);
            Close.SameBits($"{threads} threads", first ??= network.Parameters.ToArray(), network.Parameters);
        }

        // The sums of a unit in their order: the bits at every width of vectors.
        var last = new TableNetwork(Table);
        last.Step(new Sgd(0), new float[Table.TrainedCount]);
        float[] weights = last.Get("dense3.weight");
        int[] order = [.. Enumerable.Range(0, 250)];
        last.Step(new Sgd(0) { MaxNorm = 0.5f }, new float[Table.TrainedCount]);
        float[] limited = last.Get("dense3.weight");
        for (int unit = 0; unit < 70; unit++)
        {
            double sum = order.Aggregate(0.0, (total, i) => total + Math.Pow(weights[(unit * 250) + i], 2));
            float factor = (float)(0.5 / Math.Sqrt(sum));
            Close.SameBits(
                $"unit {unit}", [.. order.Select(i => weights[(unit * 250) + i] * factor)], limited.AsSpan(unit * 250, 250));
        }
    }

    [Fact]
    public void AFactorOfZeroLeavesTheWeights()
    {
        var network = new TableNetwork(Table);
        float[] before = network.Get("dense1.weight");
        network.Step(new Sgd(1) { MaxNorm = 1e-3f, LearningRateFactors = { ["dense1"] = 0 } }, new float[Table.TrainedCount]);
        Assert.Equal(before, network.Get("dense1.weight"));
        Assert.All(network.Get("conv1.weight"), weight => Assert.InRange(MathF.Abs(weight), 0, 1e-3f));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void ALimitIsMoreThanZero(float limit) => Assert.StartsWith(
        FormattableString.Invariant($"MaxNorm must be more than 0, but got {limit}."),
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1).MaxNorm = limit).Message);

    [Fact]
    public void TheLimitIsText() => Assert.EndsWith("WeightDecay = 0, MaxNorm = 3.5 }", new Sgd(1) { MaxNorm = 3.5f }.ToString());

    [Fact]
    public void StepsAfterTheFirstAllocateNothing()
    {
        var optimizer = new Sgd(0.1f) { MaxNorm = 0.5f, L1 = 0.1f, L2 = 0.1f, ClipNorm = 1 };
        float[] parameters = Draw.Normal(Table.TrainedCount, seed: 1);
        float[] gradients = Draw.Normal(Table.TrainedCount, seed: 2);
        Assert.Equal(0, Allocated.ByThread(() => optimizer.Step(parameters, gradients, 1, Table)));
    }
}
