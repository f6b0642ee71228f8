using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// How one weight tensor is stored for the kernels, and how that maps to PyTorch's order of the same tensor.
/// </summary>
/// <remarks>
/// A weight is a matrix of <c>K</c> rows (what one output sums over) and <c>N</c> columns (outputs), stored in panels of
/// <see cref="PanelWidth"/> columns: panel <c>j</c> holds the columns from <c>32 j</c>, <c>w = min(32, N - 32 j)</c> of
/// them, as <c>K</c> rows of <c>w</c> floats. Element <c>(k, n)</c> is therefore at <c>32 j K + k w + (n - 32 j)</c>. In
/// PyTorch's order the same tensor is <c>N</c> rows of <c>K</c> floats, with channels before positions instead of
/// positions before channels. The weight of a convolution with groups is such a matrix for each group, one after the other, in both orders.
/// </remarks>
public sealed record WeightLayout
{
    /// <summary>Columns in a full panel of a weight matrix.</summary>
    public const int PanelWidth = 32;

    // Torch elements converted at a time: a tile of this many rows by one panel stays in the L1 cache.
    private const int TileRows = 16;

    // Row k of the matrix is position * channels + channel; PyTorch counts channel * positions + position.
    // A vector is the matrix of one row: its single "row" is contiguous in either order.
    private readonly int _positions;
    private readonly int _channels;
    private readonly int _columns;
    private readonly bool _isVector;
    private readonly int _groups;

    private WeightLayout(ImmutableArray<int> shape, int positions, int channels, int columns, bool isVector = false, int groups = 1)
    {
        Shape = shape;
        _positions = positions;
        _channels = channels;
        _columns = columns;
        _isVector = isVector;
        _groups = groups;
        Length = checked(positions * channels * columns * groups);
    }

    /// <summary>The dimensions of the tensor in PyTorch, for example <c>[filters, channels, height, width]</c>.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>Rows of a matrix: what one output sums over.</summary>
    internal int Rows => _positions * _channels;

    /// <summary>Columns of a matrix: the outputs, or those of one group.</summary>
    internal int Columns => _columns;

    /// <summary>The number of matrices: 1, or the groups of a convolution.</summary>
    internal int Groups => _groups;

    /// <summary>A plain vector, as a bias.</summary>
    /// <param name="length">Number of floats.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public static WeightLayout Vector(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new WeightLayout([length], 1, 1, length, isVector: true);
    }

    /// <summary>One value for each feature of a flattened image; <c>[channels * height * width]</c> in PyTorch, where flattening puts the channels first.</summary>
    /// <param name="height">Height of the image that was flattened.</param>
    /// <param name="width">Width of the image that was flattened.</param>
    /// <param name="channels">Channels of the image that was flattened.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout VectorAfterFlatten(int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        int positions = checked(height * width);
        return new WeightLayout([checked(positions * channels)], positions, channels, 1);
    }

    /// <summary>The weight of a dense layer on flat features; <c>[units, inputs]</c> in PyTorch.</summary>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout Dense(int inputs, int units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        return new WeightLayout([units, inputs], 1, inputs, units);
    }

    /// <summary>
    /// The weight of a dense layer on a flattened image; <c>[units, channels * height * width]</c> in PyTorch, where
    /// flattening puts the channels first.
    /// </summary>
    /// <param name="height">Height of the image that was flattened.</param>
    /// <param name="width">Width of the image that was flattened.</param>
    /// <param name="channels">Channels of the image that was flattened.</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout DenseAfterFlatten(int height, int width, int channels, int units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        int positions = checked(height * width);
        return new WeightLayout([units, checked(positions * channels)], positions, channels, units);
    }

    /// <summary>The weight of a convolution; <c>[filters, channels, kernelHeight, kernelWidth]</c> in PyTorch.</summary>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="kernelWidth">Columns of the kernel.</param>
    /// <param name="channels">Channels of the layer's input.</param>
    /// <param name="filters">Channels of the layer's output.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout Convolution(int kernelHeight, int kernelWidth, int channels, int filters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        return new WeightLayout(
            [filters, channels, kernelHeight, kernelWidth], checked(kernelHeight * kernelWidth), channels, filters);
    }

    /// <summary>The weight of a convolution of a sequence; <c>[filters, channels, kernel]</c> in PyTorch.</summary>
    /// <param name="kernel">Steps of the kernel.</param>
    /// <param name="channels">Channels of the layer's input.</param>
    /// <param name="filters">Channels of the layer's output.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout Convolution1D(int kernel, int channels, int filters) => GroupedConvolution1D(1, kernel, channels, filters);

    /// <summary>The weight of a convolution with groups; <c>[groups * filters, channels, kernelHeight, kernelWidth]</c> in PyTorch.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="kernelWidth">Columns of the kernel.</param>
    /// <param name="channels">Channels of the input in one group.</param>
    /// <param name="filters">Channels of the output in one group.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout GroupedConvolution(int groups, int kernelHeight, int kernelWidth, int channels, int filters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        return new WeightLayout(
            [checked(groups * filters), channels, kernelHeight, kernelWidth], checked(kernelHeight * kernelWidth), channels, filters, groups: groups);
    }

    /// <summary>The weight of a convolution of a sequence with groups; <c>[groups * filters, channels, kernel]</c> in PyTorch.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="kernel">Steps of the kernel.</param>
    /// <param name="channels">Channels of the input in one group.</param>
    /// <param name="filters">Channels of the output in one group.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">There are more elements than an <see cref="int"/> counts.</exception>
    public static WeightLayout GroupedConvolution1D(int groups, int kernel, int channels, int filters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        return new WeightLayout([checked(groups * filters), channels, kernel], kernel, channels, filters, groups: groups);
    }

    /// <summary>Where an element lies in the stored tensor, counted from the tensor's own start.</summary>
    /// <param name="torchIndex">Its linear index in PyTorch's order, from 0 to <see cref="Length"/> less one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="torchIndex"/> is outside the tensor.</exception>
    public int StoredIndex(int torchIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(torchIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(torchIndex, Length);
        (int group, int inGroup) = Math.DivRem(torchIndex, Rows * _columns);
        (int column, int torchRow) = Math.DivRem(inGroup, Rows);
        int first = column / PanelWidth * PanelWidth;
        int width = Math.Min(PanelWidth, _columns - first);
        return (group * Rows * _columns) + (first * Rows) + (StoredRow(torchRow) * width) + (column - first);
    }

    /// <summary>Converts a tensor from the stored order to PyTorch's.</summary>
    /// <param name="stored">The tensor as stored; <see cref="Length"/> floats.</param>
    /// <param name="torch">Receives it in PyTorch's order; <see cref="Length"/> floats that do not overlap
    /// <paramref name="stored"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap.</exception>
    public void ToTorch(ReadOnlySpan<float> stored, Span<float> torch)
    {
        CheckSpans(stored, torch, nameof(stored), nameof(torch));
        if (_isVector)
        {
            stored.CopyTo(torch);
            return;
        }

        int length = Rows * _columns;
        for (int group = 0; group < _groups; group++)
            MatrixToTorch(stored.Slice(group * length, length), torch.Slice(group * length, length));
    }

    private void MatrixToTorch(ReadOnlySpan<float> stored, Span<float> torch)
    {
        int rows = Rows;
        Span<int> offsets = stackalloc int[TileRows];
        for (int first = 0; first < _columns; first += PanelWidth)
        {
            int width = Math.Min(PanelWidth, _columns - first);
            ReadOnlySpan<float> panel = stored.Slice(first * rows, rows * width);
            for (int row = 0; row < rows; row += TileRows)
            {
                Span<int> tile = FillOffsets(offsets, row, width);
                for (int n = 0; n < width; n++)
                {
                    Span<float> line = torch.Slice(((first + n) * rows) + row, tile.Length);
                    for (int i = 0; i < tile.Length; i++) line[i] = panel[tile[i] + n];
                }
            }
        }
    }

    /// <summary>Converts a tensor from PyTorch's order to the stored one.</summary>
    /// <param name="torch">The tensor in PyTorch's order; <see cref="Length"/> floats.</param>
    /// <param name="stored">Receives it as the kernels read it; <see cref="Length"/> floats that do not overlap
    /// <paramref name="torch"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap.</exception>
    public void FromTorch(ReadOnlySpan<float> torch, Span<float> stored)
    {
        CheckSpans(torch, stored, nameof(torch), nameof(stored));
        if (_isVector)
        {
            torch.CopyTo(stored);
            return;
        }

        int length = Rows * _columns;
        for (int group = 0; group < _groups; group++)
            MatrixFromTorch(torch.Slice(group * length, length), stored.Slice(group * length, length));
    }

    private void MatrixFromTorch(ReadOnlySpan<float> torch, Span<float> stored)
    {
        int rows = Rows;
        Span<int> offsets = stackalloc int[TileRows];
        for (int first = 0; first < _columns; first += PanelWidth)
        {
            int width = Math.Min(PanelWidth, _columns - first);
            Span<float> panel = stored.Slice(first * rows, rows * width);
            for (int row = 0; row < rows; row += TileRows)
            {
                Span<int> tile = FillOffsets(offsets, row, width);
                for (int n = 0; n < width; n++)
                {
                    ReadOnlySpan<float> line = torch.Slice(((first + n) * rows) + row, tile.Length);
                    for (int i = 0; i < tile.Length; i++) panel[tile[i] + n] = line[i];
                }
            }
        }
    }

    /// <summary>Two layouts are equal when they store tensors of the same shape in the same way.</summary>
    /// <param name="other">The layout to compare with.</param>
    public bool Equals(WeightLayout? other) =>
        other is not null
        && _positions == other._positions
        && _isVector == other._isVector
        && _groups == other._groups
        && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_positions);
        foreach (int dimension in Shape) hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>The shape as text, for example <c>[32, 1, 3, 3]</c>.</summary>
    public override string ToString() => ShapeText.Brackets(Shape.AsSpan());

    private int StoredRow(int torchRow)
    {
        (int channel, int position) = Math.DivRem(torchRow, _positions);
        return (position * _channels) + channel;
    }

    // The starts of the stored rows that hold the torch rows from firstRow on.
    private Span<int> FillOffsets(Span<int> offsets, int firstRow, int width)
    {
        int count = Math.Min(offsets.Length, Rows - firstRow);
        for (int i = 0; i < count; i++) offsets[i] = StoredRow(firstRow + i) * width;
        return offsets[..count];
    }

    private void CheckSpans(ReadOnlySpan<float> source, ReadOnlySpan<float> target, string sourceName, string targetName)
    {
        if (source.Length != Length) throw WrongLength(source.Length, sourceName);
        if (target.Length != Length) throw WrongLength(target.Length, targetName);
        if (source.Overlaps(target)) throw new ArgumentException("The two spans overlap; the conversion cannot work in place.", targetName);
    }

    private ArgumentException WrongLength(int length, string name) =>
        new(FormattableString.Invariant($"A tensor of shape {this} has {Length} floats, but got {length}."), name);
}
