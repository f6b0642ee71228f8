using System.Text.Json;

using NetGen.Tests.Data;

using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Schedules against PyTorch's schedulers, whose rates tests/fixtures/make_schedules.py writes, and their edges.</summary>
public class SchedulesTests
{
    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "schedules.json"))).RootElement;

    // PyTorch's cycle of 12 steps turns at step 12 · 0.25 − 1 and ends at step 11.
    private static readonly Dictionary<string, LearningRateSchedule> Cases = new()
    {
        ["step"] = Schedules.Step(0.1f, every: 3, factor: 0.5f),
        ["exponential"] = Schedules.Exponential(0.1f, 0.9f),
        ["cosine"] = Schedules.Cosine(0.1f, epochs: 11, last: 0.001f),
        ["one cycle"] = Schedules.OneCycle(0.1f, epochs: 11, rising: 2 / 11f),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void EveryCaseOfTheFixtureIsTested() =>
        Assert.Equal(Fixture.EnumerateObject().Select(member => member.Name).Order(), Cases.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void RatesEqualPyTorch(string name)
    {
        double[] expected = [.. Fixture.GetProperty(name).EnumerateArray().Select(rate => rate.GetDouble())];
        for (int step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], Cases[name](step), 3e-6 * expected[step]);
    }

    [Fact]
    public void SmoothSchedulesGoOnBetweenEpochs()
    {
        foreach (string name in new[] { "exponential", "cosine", "one cycle" })
        {
            float between = Cases[name](4.5);
            Assert.InRange(between, Cases[name](5), Cases[name](4));
            Assert.NotEqual(between, Cases[name](4));
        }

        Assert.Equal(Cases["step"](4), Cases["step"](4.999));
    }

    [Fact]
    public void TheLastRateStays()
    {
        Assert.Equal(0.001f, Cases["cosine"](11));
        Assert.Equal(0.001f, Cases["cosine"](1000));
        Assert.Equal(Cases["one cycle"](11), Cases["one cycle"](12));
        Assert.Equal(0.25f, Schedules.Constant(0.25f)(1e9));
    }

    [Fact]
    public void WarmUpRisesInAStraightLineToTheOtherSchedule()
    {
        LearningRateSchedule schedule = Schedules.WarmUp(2, Schedules.Constant(0.5f));
        Assert.Equal([0f, 0.125f, 0.25f, 0.5f, 0.5f], new[] { 0, 0.5, 1, 2, 3 }.Select(epoch => schedule(epoch)));
        Assert.Equal(Cases["cosine"](3), Schedules.WarmUp(0.5, Cases["cosine"])(3));
    }

    [Fact]
    public void ArgumentsOutOfRangeAreNamed() => HostileCulture.Run(() =>
    {
        AssertRange("rate", "A learning rate must be finite and not negative, but got -0.5.", () => Schedules.Constant(-0.5f));
        AssertRange("rate", "A learning rate must be finite and not negative, but got NaN.", () => Schedules.Exponential(float.NaN, 1));
        AssertRange("last", "A learning rate must be finite and not negative, but got -1.", () => Schedules.Cosine(1, 2, -1));
        AssertRange("factor", "The factor must be from 0 to 1, but got 1.5.", () => Schedules.Step(1, 2, 1.5f));
        AssertRange("epochs", "The number of epochs must be finite and more than 0, but got 0.", () => Schedules.Cosine(1, 0));
        AssertRange("epochs", "The number of epochs must be finite and more than 0, but got NaN.", () => Schedules.WarmUp(double.NaN, Schedules.Constant(1)));
        AssertRange("rising", "The share must be more than 0 and less than 1, but got 1.", () => Schedules.OneCycle(1, 2, 1));
        AssertRange("firstDivisor", "The divisor must be finite and at least 1, but got 0.5.", () => Schedules.OneCycle(1, 2, 0.5f, 0.5f));
        Assert.Throws<ArgumentOutOfRangeException>("every", () => Schedules.Step(1, 0));
        Assert.Throws<ArgumentNullException>("schedule", () => Schedules.WarmUp(1, null!));
    });

    private static void AssertRange(string argument, string message, Func<LearningRateSchedule> call)
    {
        ArgumentOutOfRangeException fault = Assert.Throws<ArgumentOutOfRangeException>(argument, call);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }
}
