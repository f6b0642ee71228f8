using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The weights of a dense layer whose gradient is computed over the whole batch. They lie in panels of 32 columns, of which the last one may have fewer (<see cref="WeightLayout"/>).</summary>
/// <param name="offset">Where they begin among the trained parameters, in floats.</param>
/// <param name="rows">The inputs of the layer.</param>
/// <param name="columns">The outputs of the layer.</param>
/// <param name="blocks">Into how many blocks the rows are cut, in panels of 32. A work item computes the gradient of one block of rows and one panel of columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WholeBatchWeights(int offset, int rows, int columns, int blocks)
{
    /// <summary>The number of weights.</summary>
    internal int Count => rows * columns;

    /// <summary>The number of work items.</summary>
    internal int Items => blocks * Panels(columns);

    /// <summary>The largest number of weights of a work item.</summary>
    internal int LargestPart => (Panels(rows) + blocks - 1) / blocks * WeightLayout.PanelWidth * Math.Min(columns, WeightLayout.PanelWidth);

    /// <summary>The weights of a work item, which are contiguous. Items with the same block of rows follow each other: the inputs of the block stay in the L2 cache.</summary>
    /// <param name="item">The item.</param>
    internal WeightPart PartOf(int item)
    {
        (int block, int panel) = Math.DivRem(item, Panels(columns));
        int begin = FirstPanel(block), end = FirstPanel(block + 1);
        int firstRow = begin * WeightLayout.PanelWidth, endRow = Math.Min(rows, end * WeightLayout.PanelWidth);
        int firstColumn = panel * WeightLayout.PanelWidth, width = Math.Min(WeightLayout.PanelWidth, columns - firstColumn);
        return new WeightPart(offset + (firstColumn * rows) + (firstRow * width), (endRow - firstRow) * width, begin, end, panel);
    }

    private int FirstPanel(int block) => (int)((long)Panels(rows) * block / blocks);

    private static int Panels(int length) => (length + WeightLayout.PanelWidth - 1) / WeightLayout.PanelWidth;
}

/// <summary>A contiguous part of a layer's weights.</summary>
/// <param name="Offset">Where it begins among the trained parameters, in floats.</param>
/// <param name="Length">The number of weights.</param>
/// <param name="RowPanelBegin">The first panel of rows.</param>
/// <param name="RowPanelEnd">The panel of rows after the last one.</param>
/// <param name="Panel">The panel of columns.</param>
internal readonly record struct WeightPart(int Offset, int Length, int RowPanelBegin, int RowPanelEnd, int Panel);
