using NetGen.Tests.Data;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

public class OptimizerTests
{
    public static TheoryData<Func<Optimizer>> All =>
    [
        () => new Sgd(0.1f),
        () => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true },
        () => new Adam(0.1f),
    ];

    [Theory]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void ALearningRateMustBeFiniteAndNotNegative(float rate, string text)
    {
        string expected = $"LearningRate must be finite and not negative, but got {text}. (Parameter ";
        Assert.Equal(expected + "'learningRate')", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(rate)).Message);
        Assert.Equal(expected + "'learningRate')", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(rate)).Message);
        Assert.Equal(expected + "'value')", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1).LearningRate = rate).Message);
    }

    [Fact]
    public void SettingsOutOfRangeAreNamed()
    {
        AssertRange("Momentum must be at least 0 and less than 1, but got 1.", () => new Sgd(1) { Momentum = 1 });
        AssertRange("Momentum must be at least 0 and less than 1, but got -0.1.", () => new Sgd(1) { Momentum = -0.1f });
        AssertRange("WeightDecay must be finite and not negative, but got -1.", () => new Sgd(1) { WeightDecay = -1 });
        AssertRange("WeightDecay must be finite and not negative, but got NaN.", () => new Adam(1) { WeightDecay = float.NaN });
        AssertRange("Beta1 must be at least 0 and less than 1, but got 1.5.", () => new Adam(1) { Beta1 = 1.5f });
        AssertRange("Beta2 must be at least 0 and less than 1, but got NaN.", () => new Adam(1) { Beta2 = float.NaN });
        AssertRange("Epsilon must be finite and not negative, but got -1E-08.", () => new Adam(1) { Epsilon = -1e-8f });
    }

    [Fact]
    public void SettingsAreText() => HostileCulture.Run(() =>
    {
        Assert.Equal(
            "Sgd { LearningRate = 0.1, Momentum = 0.9, Nesterov = True, WeightDecay = 0 }",
            new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true }.ToString());
        Assert.Equal(
            "Adam { LearningRate = 0.001, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08, WeightDecay = 0.5 }",
            new Adam(1e-3f) { WeightDecay = 0.5f }.ToString());
        Assert.Equal(
            "Sgd { LearningRate = 0.1, Momentum = 0, Nesterov = False, WeightDecay = 0, ClipValue = 0.5, ClipNorm = 1.5 }",
            new Sgd(0.1f) { ClipNorm = 1.5f, ClipValue = 0.5f }.ToString());
    });

    [Fact]
    public void SettersNameTheirValue()
    {
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1).Momentum = 1);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new Adam(1).Epsilon = -1);
    }

    [Fact]
    public void NesterovWithoutMomentumIsAnErrorBeforeAnythingChanges()
    {
        var optimizer = new Sgd(0.1f) { Nesterov = true };
        float[] parameters = [1];
        var fault = Assert.Throws<InvalidOperationException>(() => optimizer.Step(parameters, [1]));
        Assert.Equal("Sgd has Nesterov = true but Momentum = 0; Nesterov's method needs a momentum, 0.9 say.", fault.Message);
        Assert.Equal([1f], parameters);
        Assert.Equal(0, optimizer.StepCount);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LengthsMustAgree(Func<Optimizer> make)
    {
        Optimizer optimizer = make();
        var fault = Assert.Throws<ArgumentException>(() => optimizer.Step(new float[3], new float[2]));
        Assert.Equal("There are 3 parameters but 2 gradients. (Parameter 'gradients')", fault.Message);

        optimizer.Step(new float[3], new float[3]);
        optimizer.Step(new float[3], new float[3]);
        fault = Assert.Throws<ArgumentException>(() => optimizer.Step(new float[4], new float[4]));
        Assert.Equal(
            $"This {optimizer.GetType().Name} has done 2 steps with 3 parameters; now there are 4. " +
            "Use one optimizer for each network, or call Reset before its first step on another network. (Parameter 'parameters')",
            fault.Message);
        Assert.Equal(2, optimizer.StepCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step(new float[3], new float[3], -1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ResetForgetsEverythingButTheSettings(Func<Optimizer> make)
    {
        Optimizer used = make();
        used.Step(new float[5], [1, 2, 3, 4, 5]);
        used.Reset();
        Assert.Equal(0, used.StepCount);

        float[] again = [1, 1, 1];
        float[] fresh = [1, 1, 1];
        Optimizer other = make();
        for (int step = 0; step < 3; step++)
        {
            used.Step(again, [0.5f, -2, 0]);
            other.Step(fresh, [0.5f, -2, 0]);
        }
        Assert.Equal(fresh, again);
        Assert.Equal(3, used.StepCount);
    }

    [Fact]
    public void MomentumCanBeTurnedOnBetweenSteps()
    {
        var optimizer = new Sgd(1);
        float[] parameters = [0];
        optimizer.Step(parameters, [1]);
        optimizer.Momentum = 0.5f;
        optimizer.Step(parameters, [1]);
        optimizer.Step(parameters, [1]);
        Assert.Equal(-1 - 1 - 1.5f, parameters[0]);
    }

    [Fact]
    public void ALearningRateOfZeroLeavesTheParameters()
    {
        float[] parameters = [1, 2];
        new Adam(0).Step(parameters, [3, 4]);
        new Sgd(0).Step(parameters, [3, 4]);
        Assert.Equal([1f, 2f], parameters);
    }

    [Fact]
    public void NaNGradientsAreNotHidden()
    {
        float[] parameters = new float[20];
        float[] gradients = new float[20];
        gradients[3] = gradients[19] = float.NaN;
        new Adam(0.1f).Step(parameters, gradients);
        Assert.Equal([3, 19], Enumerable.Range(0, 20).Where(i => float.IsNaN(parameters[i])));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void StepsAfterTheFirstAllocateNothing(Func<Optimizer> make)
    {
        Optimizer optimizer = make();
        float[] parameters = new float[1000];
        float[] gradients = new float[1000];
        Assert.Equal(0, Allocated.ByThread(() => optimizer.Step(parameters, gradients)));
    }

    private static void AssertRange(string message, Func<Optimizer> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(make).Message);
}
