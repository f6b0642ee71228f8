using Xunit;

namespace NetGen.Tests.Parameters;

[Trait("Category", "Numeric")]
public sealed class InitialValuesTests
{
    private static readonly ParameterTable Table = new(
        "TestNet", 40_000 + 200 + 40_000 + 200 + 45,
        new ParameterInfo("dense1.weight", 0, WeightLayout.Dense(200, 200), Initializer.HeNormal, 200, 200),
        new ParameterInfo("dense1.bias", 40_000, WeightLayout.Vector(200), Initializer.Zeros, 200, 200),
        new ParameterInfo("dense2.weight", 40_200, WeightLayout.Dense(200, 200), Initializer.GlorotUniform, 200, 200),
        new ParameterInfo("dense2.bias", 80_200, WeightLayout.Vector(200), Initializer.Zeros, 200, 200),
        new ParameterInfo("conv1.weight", 80_400, WeightLayout.Convolution(3, 3, 1, 5), Initializer.HeNormal, 9, 45));

    [Fact]
    public void He_has_the_variance_of_its_paper_and_is_not_truncated()
    {
        float[] values = Draw(1, "dense1.weight");
        double deviation = Math.Sqrt(2.0 / 200);
        Assert.Equal(0, values.Average(), 5 * deviation / 200);
        Assert.Equal(1, values.Average(x => (double)x * x) / (deviation * deviation), 5 * Math.Sqrt(2) / 200);

        // A normal distribution cut at two deviations would have none of these 4.55 %.
        Assert.Equal(0.0455, values.Count(x => Math.Abs(x) > 2 * deviation) / 40_000.0, 0.006);
    }

    [Fact]
    public void Glorot_is_uniform_between_its_limits()
    {
        float[] values = Draw(1, "dense2.weight");
        double limit = Math.Sqrt(6.0 / 400);
        Assert.All(values, x => Assert.InRange(x, -limit, limit));
        var bins = new int[10];
        foreach (float x in values) bins[Math.Min(9, (int)((x + limit) / (2 * limit) * 10))]++;
        Assert.All(bins, n => Assert.InRange(n, 3700, 4300));
    }

    [Fact]
    public void Zeros_overwrites_what_was_there()
    {
        float[] parameters = [.. Enumerable.Repeat(float.NaN, Table.Count)];
        Table.Initialize(parameters, 1);
        Assert.All(parameters[40_000..40_200], x => Assert.Equal(0, x));
        Assert.DoesNotContain(parameters, float.IsNaN);
    }

    [Fact]
    public void Ones_overwrites_what_was_there()
    {
        ParameterTable table = new("TestNet", 33, new ParameterInfo("batchnorm1.weight", 0, WeightLayout.Vector(33), Initializer.Ones, 1, 1));
        float[] parameters = [.. Enumerable.Repeat(float.NaN, 33)];
        table.Initialize(parameters, 1);
        Assert.All(parameters, x => Assert.Equal(1, x));
    }

    [Fact]
    public void Equal_seeds_repeat_and_others_do_not()
    {
        Assert.Equal(Draw(3, "dense1.weight"), Draw(3, "dense1.weight"));
        Assert.True(Draw(3, "dense1.weight").Zip(Draw(4, "dense1.weight")).Count(pair => pair.First == pair.Second) < 20);
    }

    [Fact]
    public void Tensors_of_one_shape_do_not_share_a_stream()
    {
        ParameterInfo first = new("a.weight", 0, WeightLayout.Dense(100, 100), Initializer.HeNormal, 100, 100);
        ParameterInfo second = first with { Name = "b.weight", Offset = 10_000 };
        float[] parameters = new float[20_000];
        new ParameterTable("Twins", 20_000, first, second).Initialize(parameters, 5);
        double correlation = Enumerable.Range(0, 10_000).Sum(i => (double)parameters[i] * parameters[10_000 + i]) / 10_000 / (2.0 / 100);
        Assert.Equal(0, correlation, 0.05);
    }

    [Fact]
    public void A_value_does_not_depend_on_how_its_tensor_is_stored()
    {
        // Five hundred rows of forty: two panels, the second narrow; the same numbers in PyTorch's order everywhere.
        ParameterInfo dense = new("w", 0, WeightLayout.Dense(500, 40), Initializer.HeNormal, 500, 40);
        ParameterInfo flattened = dense with { Layout = WeightLayout.DenseAfterFlatten(10, 10, 5, 40) };
        ParameterInfo elsewhere = dense with { Offset = 16 };
        float[] expected = Torch(dense, 20_000);
        Assert.Equal(expected, Torch(flattened, 20_000));
        Assert.Equal(expected, Torch(elsewhere, 20_016));

        static float[] Torch(ParameterInfo info, int count)
        {
            float[] parameters = new float[count];
            new ParameterTable("Net", count, info).Initialize(parameters, 11);
            return new ParameterView(info, parameters).ToArray();
        }
    }

    [Fact]
    public void Values_are_those_of_every_release_and_processor()
    {
        // Pinned, and computed by another program from the published definitions: a change here changes what every user's seed means.
        float[] he = Draw(42, "conv1.weight"), glorot = Draw(42, "dense2.weight");
        Assert.Equal([3201982348, 3199149727, 1050510330, 3191790416, 1039163147], he.Take(5).Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal([1037825708, 1032893636, 1026173961, 1032902669, 3163694744], glorot.Take(5).Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Parameters_of_another_length_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Table.Initialize(new float[3], 1));
        Assert.Equal("The parameters of TestNet are 80445 floats, but got 3. (Parameter 'parameters')", error.Message);
    }

    private static float[] Draw(ulong seed, string name)
    {
        float[] parameters = new float[Table.Count];
        Table.Initialize(parameters, seed);
        return new ParameterView(Table[name], parameters).ToArray();
    }
}
