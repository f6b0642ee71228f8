using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a work item computes of the gradient with respect to a layer's weights: which part of it, where it goes, and what an optimizer updates with it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct GradientPart
{
    /// <summary>The first panel of rows.</summary>
    public int RowPanelBegin { get; internal init; }

    /// <summary>The panel of rows after the last one.</summary>
    public int RowPanelEnd { get; internal init; }

    /// <summary>The panel of columns.</summary>
    public int Panel { get; internal init; }

    /// <summary>Where the gradient goes, first row first.</summary>
    public FloatRef Gradient { get; internal init; }

    /// <summary>
    /// The weights, from the first one of the part, if an optimizer updates them as soon as their gradient is computed; otherwise <see cref="Gradient"/>. The kernel prefetches this memory and that of the state.
    /// </summary>
    public FloatRef Updated { get; internal init; }

    /// <summary>The same of the first block of the optimizer's state; if it has none, <see cref="Updated"/>.</summary>
    public FloatRef State { get; internal init; }

    /// <summary>The same of the second block.</summary>
    public FloatRef SecondState { get; internal init; }
}
