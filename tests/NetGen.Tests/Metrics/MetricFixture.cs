using System.Text.Json;

namespace NetGen.Tests.Metrics;

/// <summary>The cases of tests/fixtures/make_metrics.py.</summary>
internal static class MetricFixture
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "metrics.json"))).RootElement;

    /// <summary>The cases of a kind, <c>classification</c> or <c>regression</c>, by name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Cases(string kind) =>
        Root.GetProperty(kind).EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);

    /// <summary>A number; NaN for null.</summary>
    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    /// <summary>A row of numbers.</summary>
    public static float[] Row(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetSingle())];
}
