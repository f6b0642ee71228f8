namespace NetGen.Generator.Graph.Kernels;

/// <summary>Values that are computed from parameters before the kernels of a pass read them, as the scale and shift of a normalisation.</summary>
/// <param name="layer">The layer that has the parameters.</param>
/// <param name="parts">What the values are: <c>Scale</c>, <c>Shift</c>.</param>
/// <param name="length">The number of floats of each part.</param>
/// <param name="call">The call of the library that computes them, from what refers to a parameter by its name, and from what refers to a part.</param>
internal sealed class Preparation(
    string layer, IReadOnlyList<string> parts, int length, Func<Func<string, string>, Func<string, string>, LibraryCall> call)
{
    /// <summary>The layer that has the parameters.</summary>
    public string Layer => layer;

    /// <summary>What the values are.</summary>
    public IReadOnlyList<string> Parts => parts;

    /// <summary>The number of floats of each part.</summary>
    public int Length => length;

    /// <summary>The call that computes them.</summary>
    /// <param name="parameter">What refers to a parameter, by its name.</param>
    /// <param name="part">What refers to a part, by its name.</param>
    public LibraryCall Call(Func<string, string> parameter, Func<string, string> part) => call(parameter, part);
}

/// <summary>Prepared values.</summary>
/// <param name="Preparation">Which.</param>
/// <param name="Part">Which part of them.</param>
internal sealed record PreparedOf(Preparation Preparation, string Part) : Operand;
