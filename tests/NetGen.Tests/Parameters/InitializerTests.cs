using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>
/// What every initialiser draws. The bounds and deviations are those of torch.nn.init, computed from the fans that it gives to the shape:
/// kaiming_* has the gain sqrt(2) for ReLU and 1 for linear, xavier_* the gain 1, and a uniform limit is sqrt(3) deviations.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class InitializerTests
{
    private static readonly WeightLayout Dense = WeightLayout.Dense(300, 200);
    private static readonly WeightLayout Convolution = WeightLayout.Convolution(3, 3, 16, 64);

    public static TheoryData<Initializer, double, bool, bool, double> Drawn => new()
    {
        // Of a linear layer [200, 300]: fan_in 300, fan_out 200.
        { Initializer.HeNormal, 0, false, true, 0.0816496580927726 },
        { Initializer.HeUniform, 0, false, false, 0.1414213562373095 },
        { Initializer.GlorotNormal, 0, false, true, 0.0632455532033676 },
        { Initializer.GlorotUniform, 0, false, false, 0.1095445115010332 },
        { Initializer.LeCunNormal, 0, false, true, 0.0577350269189626 },
        { Initializer.LeCunUniform, 0, false, false, 0.1 },
        { Initializer.Normal, 0.02, false, true, 0.02 },
        { Initializer.Uniform, 0.05, false, false, 0.05 },

        // Of a convolution [64, 16, 3, 3]: fan_in 144, fan_out 576.
        { Initializer.HeNormal, 0, true, true, 0.1178511301977579 },
        { Initializer.HeUniform, 0, true, false, 0.2041241452319315 },
        { Initializer.GlorotNormal, 0, true, true, 0.0527046276694730 },
        { Initializer.GlorotUniform, 0, true, false, 0.0912870929175277 },
        { Initializer.LeCunNormal, 0, true, true, 0.0833333333333333 },
        { Initializer.LeCunUniform, 0, true, false, 0.1443375672974065 },
        { Initializer.Normal, 3, true, true, 3 },
        { Initializer.Uniform, 1e-3, true, false, 1e-3 },
    };

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Draws_its_distribution(Initializer initializer, double value, bool convolution, bool normal, double scale)
    {
        float[] values = Values(initializer, value, convolution ? Convolution : Dense, seed: 8);
        double root = Math.Sqrt(values.Length);
        double variance = normal ? scale * scale : scale * scale / 3;

        // A mean is off by one deviation over the root of the number, a variance by sqrt(2) (normal) or sqrt(4/5) (uniform) of itself over it.
        Assert.Equal(0, values.Average(x => (double)x), 4 * Math.Sqrt(variance) / root);
        Assert.Equal(1, values.Average(x => (double)x * x) / variance, 4 * Math.Sqrt(normal ? 2 : 0.8) / root);
        Assert.InRange(
            Distribution.Distance(values, normal ? Distribution.Normal(scale) : Distribution.Uniform(scale)) * root, 0, Distribution.Bound);
        if (!normal) Assert.All(values, x => Assert.InRange(x, -(float)scale, (float)scale));
    }

    [Fact]
    public void The_test_of_a_distribution_tells_near_ones_apart()
    {
        float[] uniform = Values(Initializer.Uniform, 1, Dense, seed: 8), normal = Values(Initializer.Normal, 1, Dense, seed: 8);
        double root = Math.Sqrt(uniform.Length);
        Assert.True(Distribution.Distance(uniform, Distribution.Uniform(1.03)) * root > Distribution.Bound);
        Assert.True(Distribution.Distance(normal, Distribution.Normal(1.03)) * root > Distribution.Bound);
        Assert.True(Distribution.Distance(normal.Where(x => Math.Abs(x) < 2), Distribution.Normal(1)) * root > Distribution.Bound);
    }

    [Theory]
    [InlineData(Initializer.Zeros, 5, 0)]
    [InlineData(Initializer.Ones, 5, 1)]
    [InlineData(Initializer.Constant, -0.1, -0.1f)]
    public void Constants_overwrite_what_was_there(Initializer initializer, double value, float expected)
    {
        float[] parameters = [.. Enumerable.Repeat(float.NaN, 40)];
        Table(Info(initializer, value, WeightLayout.Dense(8, 5))).Initialize(parameters, 1);
        Assert.All(parameters, x => Assert.Equal(expected, x));
    }

    [Theory]
    [InlineData(Initializer.HeNormal, 0, Initializer.Normal, 0.0816496580927726)]
    [InlineData(Initializer.GlorotNormal, 0, Initializer.Normal, 0.06324555320336758)]
    [InlineData(Initializer.LeCunUniform, 0, Initializer.Uniform, 0.1)]
    [InlineData(Initializer.GlorotUniform, 0, Initializer.Uniform, 0.10954451150103323)]
    public void The_named_ones_are_the_general_ones_with_their_scale(Initializer named, double none, Initializer general, double scale) =>
        Assert.Equal(Values(general, scale, Dense, seed: 3), Values(named, none, Dense, seed: 3));

    [Theory]
    [InlineData(Initializer.HeNormal)]
    [InlineData(Initializer.HeUniform)]
    [InlineData(Initializer.GlorotNormal)]
    [InlineData(Initializer.GlorotUniform)]
    [InlineData(Initializer.LeCunNormal)]
    [InlineData(Initializer.LeCunUniform)]
    [InlineData(Initializer.Orthogonal)]
    [InlineData(Initializer.Uniform)]
    [InlineData(Initializer.Normal)]
    public void Layers_of_one_shape_and_a_seed_do_not_share_a_stream(Initializer initializer)
    {
        WeightLayout square = WeightLayout.Dense(100, 100);
        ParameterInfo first = Info(initializer, 1, square);
        ParameterInfo second = first with { Name = "b.weight", Offset = square.Length };
        ParameterInfo bias = Info(Initializer.Uniform, 1, WeightLayout.Vector(5000)) with { Name = "b.bias", Offset = 2 * square.Length };
        ParameterTable table = new("Net", (2 * square.Length) + 5000, first, second, bias);
        float[] all = Draw(5), weight = all[..10_000], other = all[10_000..20_000], biases = all[20_000..];
        Assert.Equal(all, Draw(5));
        Assert.NotEqual(all, Draw(6));
        Assert.Equal(0, Correlation(weight, other), 0.05);
        Assert.Equal(0, Correlation(weight[..5000], biases), 0.07);
        Assert.Equal(0, Correlation(weight, Draw(6)[..10_000]), 0.05);

        float[] Draw(ulong seed)
        {
            float[] parameters = new float[table.Count];
            table.Initialize(parameters, seed);
            return parameters;
        }
    }

    [Fact]
    public void What_older_networks_describe_has_no_number()
    {
        Assert.Equal(0, Describe.Parameter("w", "Dense", 0, Dense, Initializer.HeNormal, 300, 200).InitializerValue);
        Assert.Equal(0, Describe.Parameter("w", "Dense", 0, Dense, Initializer.HeNormal, 300, 200, ParameterRole.Frozen).InitializerValue);
        Assert.Equal(
            new ParameterInfo("w", "Dense", 0, Dense, Initializer.Normal, 300, 200) { Role = ParameterRole.Frozen, InitializerValue = 0.5 },
            Describe.Parameter("w", "Dense", 0, Dense, Initializer.Normal, 300, 200, ParameterRole.Frozen, 0.5));
    }

    /// <summary>Networks that were compiled earlier hold the numbers of the first four.</summary>
    [Fact]
    public void The_numbers_of_the_names_stay() => Assert.Equal(
        ["Zeros", "HeNormal", "GlorotUniform", "Ones", "HeUniform", "GlorotNormal", "LeCunNormal", "LeCunUniform", "Orthogonal", "Constant", "Uniform", "Normal", "Default"],
        Enumerable.Range(0, 13).Select(number => ((Initializer)number).ToString()));

    [Theory]
    [InlineData(Initializer.Default)]
    [InlineData((Initializer)13)]
    public void What_is_no_distribution_is_refused(Initializer initializer)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Values(initializer, 1, Dense, seed: 1));
        Assert.StartsWith("a.weight has an unknown initialiser.", error.Message);
    }

    private static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, squares = 0, others = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            squares += (double)a[i] * a[i];
            others += (double)b[i] * b[i];
        }

        return product / Math.Sqrt(squares * others);
    }

    private static float[] Values(Initializer initializer, double value, WeightLayout layout, ulong seed)
    {
        float[] parameters = new float[layout.Length];
        Table(Info(initializer, value, layout)).Initialize(parameters, seed);
        return parameters;
    }

    private static ParameterTable Table(ParameterInfo info) => new("Net", info.Length, info);

    private static ParameterInfo Info(Initializer initializer, double value, WeightLayout layout) =>
        new("a.weight", 0, layout, initializer, layout.Shape[^1] == 3 ? 144 : 300, layout.Shape[^1] == 3 ? 576 : 200) { InitializerValue = value };
}
