using System.Text.Json;

using Xunit;

namespace NetGen.Tests.Training;

/// <summary>
/// SGD and Adam against PyTorch's, bit for bit over several steps. The numbers come from tests/fixtures/make_optimizers.py,
/// whose cases are those below.
/// </summary>
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
        Assert.Equal(gradients.Length, expected.Length);
        for (int step = 0; step < expected.Length; step++)
        {
            optimizer.Step(parameters, Row(gradients[step]));
            Assert.Equal(Row(expected[step]), parameters);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsDoNotDependOnThePlaceOfAParameterNorOnThreads(string name)
    {
        // The fixture's parameters again and again, so that each stands at many places of vectors and of threads' parts.
        const int copies = 2000;
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
