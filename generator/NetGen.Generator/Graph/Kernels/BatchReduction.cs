namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// A reduction over the whole batch that an operation needs: one before its forward kernel, and one before the gradient with respect to its
/// input. Every shard stores sums over its samples; a call of the library reduces them to values of the batch, in the order of the shards.
/// </summary>
/// <param name="Operation">The operation.</param>
/// <param name="SumsLength">Floats that a shard stores in forward.</param>
/// <param name="Values">The names of the values of the batch: <c>Mean</c>.</param>
/// <param name="ValueLength">Floats of each of them.</param>
/// <param name="IsOfOneValue">Whether one sample has only a single value to reduce, so that the batch must have two samples or more.</param>
/// <param name="Forward">The call in forward, after the shards have stored their sums and before the forward kernel.</param>
/// <param name="Prediction">The call instead of that one in a pass that uses the running statistics, such as Monte Carlo prediction.</param>
/// <param name="Backward">The call in backward, after the shards have stored the gradients with respect to the parameters and before the gradient with respect to the input.</param>
internal sealed record BatchReduction(
    Operation Operation,
    int SumsLength,
    IReadOnlyList<string> Values,
    int ValueLength,
    bool IsOfOneValue,
    Func<ReductionPlace, LibraryCall> Forward,
    Func<ReductionPlace, LibraryCall> Prediction,
    Func<ReductionPlace, LibraryCall> Backward);

/// <summary>The variables that the call of a reduction can use.</summary>
internal sealed record ReductionPlace
{
    /// <summary>The sums of the first shard.</summary>
    public string Sums { get; init; } = "";

    /// <summary>Floats from one shard's sums to those of the next one.</summary>
    public string SumsStride { get; init; } = "";

    /// <summary>Floats from one shard's gradients with respect to parameters to those of the next one.</summary>
    public string GradientStride { get; init; } = "";

    /// <summary>Samples of a shard; the last one may have fewer.</summary>
    public string ShardSize { get; init; } = "";

    /// <summary>Samples of the batch.</summary>
    public string Samples { get; init; } = "";

    /// <summary>A value of the batch, by its name.</summary>
    public Func<string, string> Value { get; init; } = _ => "";

    /// <summary>A parameter, by its name.</summary>
    public Func<string, string> Parameter { get; init; } = _ => "";

    /// <summary>The first shard's gradient with respect to a parameter, by its name.</summary>
    public Func<string, string> ParameterGradient { get; init; } = _ => "";
}

/// <summary>The sums of the shard, which its operation's reduction reads.</summary>
/// <param name="Offset">Floats from the shard's first sum.</param>
internal sealed record ShardSumsOf(int Offset) : Operand;

/// <summary>A value of the batch.</summary>
/// <param name="Operation">The operation whose reduction computes it.</param>
/// <param name="Value">Its name.</param>
internal sealed record BatchValueOf(Operation Operation, string Value) : Operand;
