using System.Text.Json;

using Xunit;

namespace NetGen.Tests.Training;

/// <summary>
/// The optimizers against PyTorch's, bit for bit over 50 steps. The numbers come from tests/fixtures/make_optimizers.py,
/// whose cases are those below.
/// </summary>
[Trait("Category", "Numeric")]
public class OptimizerParityTests
{
    private static readonly Dictionary<string, Func<Optimizer>> Cases = new()
    {
        ["sgd"] = () => new Sgd(0.1f),
        ["sgd decay"] = () => new Sgd(0.1f) { WeightDecay = 0.01f },
        ["momentum"] = () => new Sgd(0.05f) { Momentum = 0.9f },
        ["momentum decay"] = () => new Sgd(0.05f) { Momentum = 0.9f, WeightDecay = 0.003f },
        ["nesterov"] = () => new Sgd(0.03f) { Momentum = 0.8f, Nesterov = true },
        ["nesterov decay"] = () => new Sgd(0.03f) { Momentum = 0.8f, Nesterov = true, WeightDecay = 0.02f },
        ["adam"] = () => new Adam(0.001f),
        ["adam decay"] = () => new Adam(0.002f) { WeightDecay = 0.05f },
        ["adam settings"] = () => new Adam(0.01f) { Beta1 = 0.8f, Beta2 = 0.95f, Epsilon = 1e-3f },
        ["adamw"] = () => new AdamW(0.001f),
        ["adamw settings"] = () => new AdamW(0.02f) { Beta1 = 0.8f, Beta2 = 0.95f, Epsilon = 1e-3f, WeightDecay = 0.3f },
        ["rmsprop"] = () => new RmsProp(0.01f),
        ["rmsprop decay"] = () => new RmsProp(0.001f) { Alpha = 0.9f, Epsilon = 1e-6f, WeightDecay = 0.05f },
        ["rmsprop momentum"] = () => new RmsProp(0.001f) { Momentum = 0.9f },
        ["rmsprop centered"] = () => new RmsProp(0.002f) { Centered = true, Epsilon = 1e-5f },
        ["rmsprop all"] = () => new RmsProp(0.002f) { Alpha = 0.95f, Centered = true, Momentum = 0.8f, Epsilon = 1e-4f, WeightDecay = 0.01f },
        ["adagrad"] = () => new Adagrad(0.01f),
        ["adagrad settings"] = () =>
            new Adagrad(0.1f) { LearningRateDecay = 0.02f, WeightDecay = 0.03f, InitialAccumulator = 0.1f, Epsilon = 1e-6f },
    };

    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "optimizers.json"))).RootElement;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void EveryCaseOfTheFixtureIsTested() => Assert.Equal(
        Fixture.GetProperty("cases").EnumerateObject().Select(member => member.Name).Order(), Cases.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsEqualPyTorch(string name)
    {
        Optimizer optimizer = Cases[name]();
        float[] parameters = Row(Fixture.GetProperty("parameters"));
        JsonElement[] gradients = [.. Fixture.GetProperty("gradients").EnumerateArray()];
        JsonElement[] expected = [.. Fixture.GetProperty("cases").GetProperty(name).EnumerateArray()];
        int[] written = [.. Fixture.GetProperty("written").EnumerateArray().Select(step => step.GetInt32())];
        Assert.Equal(written.Length, expected.Length);
        Assert.Equal(gradients.Length, written[^1]);
        for (int step = 1; step <= gradients.Length; step++)
        {
            optimizer.Step(parameters, Row(gradients[step - 1]));
            if (Array.IndexOf(written, step) is >= 0 and var row)
                Assert.Equal(Row(expected[row]), parameters);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsDoNotDependOnThePlaceOfAParameterNorOnThreads(string name)
    {
        // The fixture's parameters again and again, so that each stands at many places of vectors and of threads' parts.
        const int copies = 1000;
        float[] start = Row(Fixture.GetProperty("parameters"));
        JsonElement[] gradients = [.. Fixture.GetProperty("gradients").EnumerateArray()];
        float[] expected = Row(Fixture.GetProperty("cases").GetProperty(name).EnumerateArray().Last());
        foreach (int threads in new[] { 1, 3 })
        {
            Optimizer optimizer = Cases[name]();
            float[] parameters = Repeat(start, copies);
            foreach (JsonElement gradient in gradients)
                optimizer.Step(parameters, Repeat(Row(gradient), copies), threads);
            Assert.Equal(Repeat(expected, copies), parameters);
        }
    }

    private static float[] Row(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetSingle())];

    private static float[] Repeat(float[] values, int copies) =>
        [.. Enumerable.Range(0, copies).SelectMany(_ => values)];
}
