namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Values that are computed from parameters before kernels read them, once for each version of the parameters: scale and shift of a
/// normalisation, or weights in the order in which backward reads them.
/// </summary>
/// <param name="owner">The name of the layer or operation in generated code: <c>Batchnorm1</c>.</param>
/// <param name="layers">The layers in words, for a comment.</param>
/// <param name="arrays">The names of the arrays that it computes: <c>Scale</c>, <c>Shift</c>.</param>
/// <param name="length">The number of floats of each array.</param>
/// <param name="items">How many work items compute them. Those for backward are shared among threads; those for forward are a single item.</param>
/// <param name="call">
/// Makes the library call that computes an item. Its arguments: a function from a parameter's name to the C# expression for it, the same for
/// an array, and the expression for the item's number.
/// </param>
internal sealed class Preparation(
    string owner,
    string layers,
    IReadOnlyList<string> arrays,
    int length,
    int items,
    Func<Func<string, string>, Func<string, string>, string, LibraryCall> call)
{
    /// <summary>The name of the layer or operation in generated code.</summary>
    public string Owner => owner;

    /// <summary>The layers in words.</summary>
    public string Layers => layers;

    /// <summary>The names of the arrays that it computes.</summary>
    public IReadOnlyList<string> Arrays => arrays;

    /// <summary>The number of floats of each array.</summary>
    public int Length => length;

    /// <summary>How many work items compute them.</summary>
    public int Items => items;

    /// <summary>The call that computes an item.</summary>
    /// <param name="parameter">From a parameter's name to the C# expression for it.</param>
    /// <param name="array">From an array's name to the C# expression for it.</param>
    /// <param name="item">The C# expression for the item's number.</param>
    public LibraryCall Call(Func<string, string> parameter, Func<string, string> array, string item) => call(parameter, array, item);
}

/// <summary>An array of prepared values.</summary>
/// <param name="Preparation">The preparation.</param>
/// <param name="Array">The name of the array.</param>
/// <param name="Offset">Floats from its start.</param>
internal sealed record PreparedOf(Preparation Preparation, string Array, int Offset = 0) : Operand
{
    /// <summary>Its name in generated code: <c>Batchnorm1Scale</c>.</summary>
    public string Name => Preparation.Owner + Array;
}
