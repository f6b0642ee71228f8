namespace NetGen;

/// <summary>Values that a checkpoint has for each parameter, such as the momentum of an optimizer.</summary>
/// <param name="Prefix">Stands before the names of the parameters.</param>
/// <param name="IsOfTrained">Whether only trained parameters have such a value.</param>
/// <param name="Values">The values, in the order of the parameters; empty where they are still to be read.</param>
internal sealed record ParameterGroup(string Prefix, bool IsOfTrained, ReadOnlyMemory<float> Values = default)
{
    /// <summary>Whether the group has a value for a parameter.</summary>
    public bool Includes(ParameterInfo parameter) => !IsOfTrained || parameter.Role == ParameterRole.Trained;

    /// <summary>Number of values.</summary>
    public int Length(ParameterTable table) => IsOfTrained ? table.TrainedCount : table.Count;
}
