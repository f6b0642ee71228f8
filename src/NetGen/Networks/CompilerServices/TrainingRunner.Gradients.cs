namespace NetGen.CompilerServices;

/// <content>
/// The gradients with respect to the parameters. Those of large weights are computed over the whole batch, from packed panels that stay as they are until the next forward computation. So they can wait until
/// an optimizer's step: it computes a part of them in memory of the thread, and updates the weights while the part is in the cache. Who reads <see cref="Gradients"/> has them stored instead.
/// </content>
public abstract partial class TrainingRunner
{
    /// <summary>If no value of the panels is larger, the sum of the products of two of them over a batch, which has less than 2^31 samples, is finite.</summary>
    private const float LargestSafeValue = 1e14f;

    private readonly WorkGroups _wholeBatch;
    private readonly AlignedBuffer _parts;
    private readonly int _partLength;
    private WholeBatchState _wholeBatchState;
    private bool _storesGradients;
    private bool _panelsAreSafe;

    // Where the gradients over the whole batch are.
    private enum WholeBatchState
    {
        /// <summary>In the memory of the gradients.</summary>
        Stored,

        /// <summary>They can be computed from the panels.</summary>
        Waiting,

        /// <summary>They can be computed from the panels, and an optimizer has used them.</summary>
        Used,

        /// <summary>An optimizer has used them, and forward has overwritten panels since.</summary>
        Gone,
    }

    /// <summary>The gradients of the last backward computation. From the first call on, each backward computation stores all of them, because the caller may keep the span.</summary>
    /// <exception cref="InvalidOperationException">A step of an optimizer has used them without storing them, and the next forward computation has begun.</exception>
    public Span<float> Gradients
    {
        get
        {
            RequireGradients();
            _storesGradients = true;
            return StoredGradients();
        }
    }

    /// <summary>Whether the gradients over the whole batch are not stored, but can be computed part by part (<see cref="GradientOfPart"/>).</summary>
    internal bool GradientsWait => _wholeBatchState is WholeBatchState.Waiting or WholeBatchState.Used;

    /// <summary>Throws if the gradients of the last backward computation no longer exist.</summary>
    internal void RequireGradients() => PassChecks.GradientsExist(_plan.Network, _wholeBatchState != WholeBatchState.Gone);

    /// <summary>The gradients, for somebody who does not keep the span: the next backward computation need not store them.</summary>
    internal Span<float> StoredGradients()
    {
        StoreGradients();
        return _gradients.Span;
    }

    /// <summary>The gradients that shards have computed. Their parameters are the first ones.</summary>
    internal ReadOnlySpan<float> ShardedGradients => _gradients.Span[.._plan.ShardedParameters];

    /// <summary>The number of parts of the gradients over the whole batch.</summary>
    internal int GradientParts => _wholeBatch.Items;

    /// <summary>Computes a part of the gradients that wait, in memory of the worker.</summary>
    /// <param name="item">Which part.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="parameters">The trained parameters. These and the next two are prefetched, because the update reads them.</param>
    /// <param name="state">A value for each parameter.</param>
    /// <param name="secondState">A value for each parameter.</param>
    /// <param name="offset">The offset of the part among the trained parameters.</param>
    internal ReadOnlySpan<float> GradientOfPart(
        int item, int worker, ReadOnlySpan<float> parameters, ReadOnlySpan<float> state, ReadOnlySpan<float> secondState, out int offset)
    {
        (int layer, int index) = _wholeBatch.Find(item);
        WeightPart part = _plan.WholeBatchWeights[layer].PartOf(index);
        offset = part.Offset;
        Span<float> gradient = _parts.Span.Slice(worker * _partLength, part.Length);
        Compute(layer, part, new(gradient), new(parameters[offset..]), new(state[offset..]), new(secondState[offset..]));
        return gradient;
    }

    /// <summary>An optimizer has used the gradients that wait, unless they were stored meanwhile.</summary>
    internal void MarkUsed()
    {
        if (_wholeBatchState == WholeBatchState.Waiting)
            _wholeBatchState = WholeBatchState.Used;
    }

    /// <summary>Looks through the packed panels: whether the gradients that wait are certainly finite, because the values that they are computed from are finite and not very large.</summary>
    internal bool CheckPanels()
    {
        _panelsAreSafe = true;
        Run(Work.CheckPanels, _plan.PanelsLength / WeightLayout.PanelWidth);
        return _panelsAreSafe;
    }

    // How many parts of the gradients over the whole batch backward computes.
    private int StoredParts => _storesGradients ? _wholeBatch.Items : 0;

    private void StoreGradients()
    {
        if (!GradientsWait)
            return;
        Run(Work.StoreGradients, _wholeBatch.Items);
        _wholeBatchState = WholeBatchState.Stored;
    }

    private void StorePart(int item)
    {
        (int layer, int index) = _wholeBatch.Find(item);
        if (_plan.WholeBatchWeights.Count == 0)
        {
            WholeBatchGradient(layer, index);
            return;
        }

        WeightPart part = _plan.WholeBatchWeights[layer].PartOf(index);
        FloatRef gradient = new(_gradients.Span.Slice(part.Offset, part.Length));
        Compute(layer, part, gradient, gradient, gradient, gradient);
    }

    private void Compute(int layer, WeightPart part, FloatRef gradient, FloatRef updated, FloatRef state, FloatRef secondState) => WholeBatchGradient(layer, new GradientPart
    {
        RowPanelBegin = part.RowPanelBegin,
        RowPanelEnd = part.RowPanelEnd,
        Panel = part.Panel,
        Gradient = gradient,
        Updated = updated,
        State = state,
        SecondState = secondState,
    });

    // All panels have the same size, and where the last panel of a layer has fewer columns, the others are 0.
    private void CheckPanel(int panel)
    {
        if (!FiniteCheck.AreAtMost(_panels.Span.Slice(panel * BatchSize * WeightLayout.PanelWidth, _samples * WeightLayout.PanelWidth), LargestSafeValue))
            Volatile.Write(ref _panelsAreSafe, false);
    }
}
