using System.Collections.Immutable;

namespace NetGen;

/// <summary>The description of one layer, made when the project is built.</summary>
/// <param name="Name">Its name, for example <c>conv1</c>.</param>
/// <param name="Kind">Its kind, for example <c>Conv2D</c>.</param>
/// <param name="Description">Its settings in words, for example <c>3×3, 32 filters, valid</c>; may be empty.</param>
/// <param name="OutputShape">The shape of its output for one sample, channels last.</param>
/// <param name="Parameters">Number of weights, biases and statistics.</param>
/// <param name="Flops">Floating-point operations for one sample at inference; a multiply-add counts as two, and only
/// convolutions and dense layers count.</param>
/// <param name="Lowering">How its code is written, for example <c>8×2 register tile</c>; may be empty.</param>
public sealed record LayerSummary(
    string Name,
    string Kind,
    string Description,
    ImmutableArray<int> OutputShape,
    int Parameters,
    long Flops,
    string Lowering)
{
    /// <summary>How many of its <see cref="Parameters"/> optimizers do not change: frozen ones and statistics.</summary>
    public int NonTrainableParameters { get; init; }
}
