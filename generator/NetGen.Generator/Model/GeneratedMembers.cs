namespace NetGen.Generator.Model;

/// <summary>The members that the generated part of every network has, and so the user's part cannot have.</summary>
internal static class GeneratedMembers
{
    private const string Values = "System.ReadOnlySpan<float>";

    /// <summary>
    /// The methods with the types of their parameters: overloads with other parameters are the user's to add.
    /// </summary>
    private static readonly Dictionary<string, string[]> Methods = new(StringComparer.Ordinal)
    {
        ["Load"] = ["string", "System.IO.Stream", "System.ReadOnlySpan<byte>"],
        ["Save"] = ["string", "System.IO.Stream"],
        ["Predict"] = [Values + ", System.Span<float>", Values + ", System.Span<float>, int"],
        ["Classify"] = [Values],
        ["PredictMonteCarlo"] = [Values + ", int, ulong, System.Span<float>, System.Span<float>"],
        ["BeginTraining"] = ["int, ulong, int", "NetGen.TrainingOptions"],
        ["CreatePredictor"] = ["int, int"],
        ["EditParameters"] = [""],
    };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "InputLength", "OutputLength", "ParameterCount", "Summary", "ParameterTable", "Parameters", "ParameterVersion", "TrainingPass",
        "_parameters",
    };

    /// <summary>Whether the generated part has a member of that name, whatever its kind.</summary>
    public static bool Contains(string name, IEnumerable<Layer> layers) =>
        Others.Contains(name) || Methods.ContainsKey(name) || Views(layers).Contains(name);

    /// <summary>Whether the generated part has a method of that name and these parameter types, separated by commas.</summary>
    public static bool ContainsMethod(string name, string parameterTypes) =>
        Methods.TryGetValue(name, out string[] signatures) && signatures.Contains(parameterTypes);

    /// <summary>Whether methods of that name can stand beside the generated ones.</summary>
    public static bool IsMethod(string name) => Methods.ContainsKey(name);

    private static IEnumerable<string> Views(IEnumerable<Layer> layers) =>
        from layer in layers
        from parameter in layer.Parameters.Items
        select ParameterNames.View(layer.Name, parameter.Name);
}
