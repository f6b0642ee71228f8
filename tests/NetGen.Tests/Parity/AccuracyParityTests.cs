using System.Text.Json;

using Xunit;

namespace NetGen.Tests.Parity;

/// <summary>
/// Trainings with dropout against PyTorch's. Masks, orders and first weights are random and differ, so 10 trainings with different seeds are compared
/// as a whole: their accuracies and losses on the test samples. PyTorch's numbers come from tests/fixtures/make_accuracies.py.
/// </summary>
public sealed class AccuracyParityTests
{
    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "accuracies.json"))).RootElement;

    [Fact]
    public void SpiralsAreLearntAsWellAsInPyTorch() => Compare(
        "spirals", AccuracyData.Spirals(1000), 200, seed => new SpiralNet(seed), () => new Adam(0.01f), epochs: 60);

    [Fact]
    public void GlyphsAreLearntAsWellAsInPyTorch() => Compare(
        "glyphs", AccuracyData.DrawnGlyphs(1600), 600, seed => new GlyphNet(seed), () => new Adam(0.004f), epochs: 20);

    private static void Compare(string name, Dataset data, int trained, Func<ulong, INetwork> create, Func<Optimizer> optimizer, int epochs)
    {
        // All products and sums are exact.
        Assert.Equal(
            Fixture.GetProperty(name).GetProperty("checksum").GetDouble(),
            Enumerable.Range(0, data.Count).SelectMany(i => data.Input(i).ToArray()).Select((value, place) => (double)value * (place % 101)).Sum());
        var results = new List<EvaluationResult>();
        for (ulong seed = 1; seed <= 10; seed++)
        {
            INetwork network = create(seed);
            network.Fit(data.Take(trained), new FitOptions
            {
                Epochs = epochs,
                BatchSize = 20,
                Optimizer = optimizer(),
                Seed = seed,
                Threads = 1,
            });
            results.Add(network.Evaluate(data.Slice(trained, data.Count - trained), threads: 1));
        }

        WelchTest.SameDistribution($"accuracy of {name}", Expected("accuracies"), [.. results.Select(result => result.Accuracy!.Value)]);
        WelchTest.SameDistribution($"loss of {name}", Expected("losses"), [.. results.Select(result => result.Loss)]);

        double[] Expected(string what) => [.. Fixture.GetProperty(name).GetProperty(what).EnumerateArray().Select(number => number.GetDouble())];
    }
}
