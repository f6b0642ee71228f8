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
        ["Load"] = ["string"],
        ["Save"] = ["string"],
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
    public static bool Contains(string name, EquatableArray<Layer> layers) =>
        Others.Contains(name) || Methods.ContainsKey(name) || IsView(name, layers);

    /// <summary>Whether the generated part has a method of that name and these parameter types, separated by commas.</summary>
    public static bool ContainsMethod(string name, string parameterTypes) =>
        Methods.TryGetValue(name, out string[] signatures) && signatures.Contains(parameterTypes);

    /// <summary>Whether methods of that name can stand beside the generated ones.</summary>
    public static bool IsMethod(string name) => Methods.ContainsKey(name);

    private static bool IsView(string name, EquatableArray<Layer> layers)
    {
        foreach (Layer layer in layers)
        {
            // Most names differ at their beginning: then no name of a view need be made.
            if (name.StartsWith(ParameterNames.Pascal(layer.Name), StringComparison.Ordinal)
                && layer.Parameters.Items.Any(parameter => ParameterNames.View(layer.Name, parameter.Name) == name))
                return true;
        }

        return false;
    }
}
