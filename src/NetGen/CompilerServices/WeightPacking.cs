using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Packs weights for the gradient with respect to the input. That gradient is computed by the forward kernel, with transposed weights; those
/// of a convolution are also flipped. Source and result are stored in panels (<see cref="WeightLayout"/>).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightPacking
{
    private const int Width = WeightLayout.PanelWidth;

    /// <summary>Rows and columns that are transposed in registers.</summary>
    private const int Square = 4;

    /// <summary>Writes one panel of the transpose of a dense layer's weights.</summary>
    /// <param name="weights">The weights, <paramref name="inputs"/> rows by <paramref name="units"/> columns.</param>
    /// <param name="inputs">The inputs of the layer; the columns of the transpose.</param>
    /// <param name="units">The units of the layer; the rows of the transpose.</param>
    /// <param name="packed">The transpose.</param>
    /// <param name="panel">Which panel of the transpose to write; a panel has 32 inputs.</param>
    public static void TransposeDense(ref float weights, int inputs, int units, ref float packed, int panel)
    {
        ref float destination = ref Unsafe.Add(ref packed, (nint)panel * Width * units);

        // All threads have read the transpose in the last step.
        CacheLines.Own(ref destination, Math.Min(Width, inputs - (panel * Width)) * units);
        TransposePanel(ref weights, inputs, units, ref destination, panel);
    }

    /// <summary>Writes one panel of the transpose of a dense layer's weights to a memory of its own.</summary>
    /// <param name="weights">The weights, <paramref name="inputs"/> rows by <paramref name="units"/> columns.</param>
    /// <param name="inputs">The inputs of the layer; the columns of the transpose.</param>
    /// <param name="units">The units of the layer; the rows of the transpose.</param>
    /// <param name="destination">The panel of the transpose.</param>
    /// <param name="panel">Which panel of the transpose to write; a panel has 32 inputs.</param>
    public static void TransposePanel(ref float weights, int inputs, int units, ref float destination, int panel)
    {
        int first = panel * Width;
        int columns = Math.Min(Width, inputs - first);
        for (int unit = 0; unit < units; unit += Width)
        {
            int rows = Math.Min(Width, units - unit);
            ref float block = ref Unsafe.Add(ref weights, ((nint)unit * inputs) + ((nint)first * rows));

            // The next block lies on another page, where the processor does not look ahead by itself; large weights come from far caches.
            if (unit + (2 * Width) <= units)
                Prefetch(ref block, (nint)Width * inputs, columns * Width);
            TransposeBlock(ref block, columns, rows, rows, ref Unsafe.Add(ref destination, (nint)unit * columns), columns);
        }
    }

    /// <summary>Writes the last filters of a convolution one after the other, so that the weights of a line are contiguous.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="lines">Lines of a filter.</param>
    /// <param name="lineLength">The weights of a line.</param>
    /// <param name="filters">All filters.</param>
    /// <param name="first">The first filter to write; none after it is in another panel.</param>
    /// <param name="stride">Floats from a line to the next one; those after its weights are set to 0.</param>
    /// <param name="packed">The result.</param>
    public static void FilterLines(ref float weights, int lines, int lineLength, int filters, int first, int stride, ref float packed)
    {
        int panel = first / Width * Width;
        int panelWidth = Math.Min(Width, filters - panel);
        ref float source = ref Unsafe.Add(ref weights, (nint)panel * lines * lineLength);
        for (int filter = first; filter < filters; filter++)
        {
            for (int line = 0; line < lines; line++)
            {
                for (int k = 0; k < stride; k++)
                {
                    packed = k < lineLength ? Unsafe.Add(ref source, (((line * lineLength) + k) * panelWidth) + filter - panel) : 0;
                    packed = ref Unsafe.Add(ref packed, 1);
                }
            }
        }
    }

    /// <summary>Writes a convolution's weights flipped and transposed: filters become channels, and channels become filters.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="positions">Kernel height times kernel width.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="packed">The result: a row for each kernel position, from the last to the first, and filter; a column for each channel.</param>
    public static void FlipConvolution(ref float weights, int positions, int channels, int filters, ref float packed)
    {
        for (int position = 0; position < positions; position++)
            TransposePosition(ref weights, position, positions, channels, filters, ref packed, positions - 1 - position, positions);
    }

    /// <summary>Writes the weights of one group of a convolution flipped and transposed. The weights of every group are a block of their own.</summary>
    /// <param name="weights">The weights of all groups.</param>
    /// <param name="positions">Kernel height times kernel width.</param>
    /// <param name="channels">Channels of one group.</param>
    /// <param name="filters">Filters of one group.</param>
    /// <param name="packed">The results of all groups; each as <see cref="FlipConvolution"/> writes it.</param>
    /// <param name="group">Which group.</param>
    public static void FlipGroup(ref float weights, int positions, int channels, int filters, ref float packed, int group)
    {
        nint first = (nint)group * positions * channels * filters;
        FlipConvolution(ref Unsafe.Add(ref weights, first), positions, channels, filters, ref Unsafe.Add(ref packed, first));
    }

    /// <summary>
    /// Writes the weights of one group of a convolution with strides flipped and transposed. The inputs that lie a whole number of strides apart
    /// meet only some lines and columns of the filters; those stand together, so that the gradient with respect to these inputs is a convolution with them.
    /// </summary>
    /// <param name="weights">The weights of all groups.</param>
    /// <param name="height">Kernel height.</param>
    /// <param name="width">Kernel width.</param>
    /// <param name="channels">Channels of one group.</param>
    /// <param name="filters">Filters of one group.</param>
    /// <param name="stride">Pixels from one position of the filters to the next one.</param>
    /// <param name="dilation">Pixels from one line or column of a filter to the next one.</param>
    /// <param name="packed">
    /// The results: for each of stride × stride phases those of all groups. Phase (i, j) has the lines l for which l · dilation - i is a multiple of the stride, and
    /// the columns likewise for j, from the last to the first; each group as <see cref="FlipConvolution"/> writes it.
    /// </param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="group">Which group.</param>
    public static void FlipPhases(
        ref float weights, int height, int width, int channels, int filters, int stride, int dilation, ref float packed, int groups, int group)
    {
        nint length = (nint)channels * filters;
        ref float source = ref Unsafe.Add(ref weights, group * height * width * length);
        ref float phase = ref packed;
        for (int i = 0; i < stride; i++)
        {
            int lines = Met(height, stride, dilation, i);
            for (int j = 0; lines > 0 && j < stride; j++)
            {
                int columns = Met(width, stride, dilation, j);
                if (columns == 0)
                    continue;
                int positions = lines * columns;
                ref float destination = ref Unsafe.Add(ref phase, group * positions * length);
                int place = positions - 1;
                for (int line = 0; line < height; line++)
                {
                    if (((line * dilation) - i) % stride != 0)
                        continue;
                    for (int column = 0; column < width; column++)
                    {
                        if (((column * dilation) - j) % stride == 0)
                            TransposePosition(ref source, (line * width) + column, height * width, channels, filters, ref destination, place--, positions);
                    }
                }

                phase = ref Unsafe.Add(ref phase, groups * positions * length);
            }
        }
    }

    /// <summary>
    /// Writes the weights that the gradients with respect to the last channels of the input read, so that those of a line are contiguous: for each phase
    /// (<see cref="FlipPhases"/>; a single one without strides) one channel after the other, each with its lines from the last to the first, and in a line
    /// the kernel columns from the last to the first, with the weights of all filters.
    /// </summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="height">Kernel height.</param>
    /// <param name="width">Kernel width.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="stride">Pixels from one position of the filters to the next one.</param>
    /// <param name="dilation">Pixels from one line or column of a filter to the next one.</param>
    /// <param name="first">The first channel to write.</param>
    /// <param name="multiple">Each line is filled up with zeros to a multiple of so many floats.</param>
    /// <param name="packed">The result.</param>
    public static void FlippedLines(
        ref float weights, int height, int width, int channels, int filters, int stride, int dilation, int first, int multiple, ref float packed)
    {
        nint rows = (nint)height * width * channels;
        for (int i = 0; i < stride; i++)
        for (int j = 0; j < stride && Met(height, stride, dilation, i) > 0; j++)
        {
            int zeros = (multiple - (Met(width, stride, dilation, j) * filters % multiple)) % multiple;
            for (int channel = first; channel < channels; channel++)
            for (int line = height - 1; line >= 0; line--)
            {
                if (((line * dilation) - i) % stride != 0)
                    continue;
                for (int column = width - 1; column >= 0; column--)
                {
                    if (((column * dilation) - j) % stride != 0)
                        continue;
                    nint row = ((((nint)line * width) + column) * channels) + channel;
                    for (int filter = 0; filter < filters; filter++)
                    {
                        int panel = filter / Width * Width;
                        packed = Unsafe.Add(ref weights, (panel * rows) + (row * Math.Min(Width, filters - panel)) + (filter - panel));
                        packed = ref Unsafe.Add(ref packed, 1);
                    }
                }

                for (int k = 0; k < zeros; k++)
                {
                    packed = 0;
                    packed = ref Unsafe.Add(ref packed, 1);
                }
            }
        }
    }

    /// <summary>How many lines of a filter lie, dilated, a whole number of strides from an offset.</summary>
    private static int Met(int lines, int stride, int dilation, int offset)
    {
        int count = 0;
        for (int line = 0; line < lines; line++)
            count += ((line * dilation) - offset) % stride == 0 ? 1 : 0;
        return count;
    }

    /// <summary>Transposes the weights of one kernel position.</summary>
    private static void TransposePosition(
        ref float weights, int position, int positions, int channels, int filters, ref float packed, int place, int places)
    {
        nint rows = (nint)positions * channels;
        nint packedRows = (nint)places * filters;
        for (int filter = 0; filter < filters; filter += Width)
        {
            int filterCount = Math.Min(Width, filters - filter);
            ref float source = ref Unsafe.Add(ref weights, (filter * rows) + ((nint)position * channels * filterCount));
            for (int channel = 0; channel < channels; channel += Width)
            {
                int channelCount = Math.Min(Width, channels - channel);
                nint row = ((nint)place * filters) + filter;
                TransposeBlock(
                    ref Unsafe.Add(ref source, (nint)channel * filterCount), channelCount, filterCount, filterCount,
                    ref Unsafe.Add(ref packed, (channel * packedRows) + (row * channelCount)), channelCount);
            }
        }
    }

    /// <summary>Prefetches some values, whose number is a multiple of a cache line.</summary>
    private static void Prefetch(ref float source, nint first, int count)
    {
        const int CacheLine = 16;
        for (nint value = first; value < first + count; value += CacheLine)
            Simd128.Prefetch(ref source, value);
    }

    /// <summary>Transposes a block of at most 32 by 32 values: source and destination both fit in the L1 cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransposeBlock(ref float source, int rows, int columns, int sourceStride, ref float destination, int stride)
    {
        int column = 0;
        if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; column <= columns - Square; column += Square)
            {
                ref float from = ref Unsafe.Add(ref source, column);
                ref float to = ref Unsafe.Add(ref destination, column * stride);
                int row = 0;
                if (Avx512F.IsSupported)
                {
                    for (; row <= rows - (4 * Square); row += 4 * Square)
                        TransposeFourSquares(ref Unsafe.Add(ref from, row * sourceStride), sourceStride, ref Unsafe.Add(ref to, row), stride);
                }

                for (; row <= rows - Square; row += Square)
                    TransposeSquare(ref Unsafe.Add(ref from, row * sourceStride), sourceStride, ref Unsafe.Add(ref to, row), stride);
                CopyColumns(ref from, row, rows, Square, sourceStride, ref to, stride);
            }
        }

        CopyColumns(ref Unsafe.Add(ref source, column), 0, rows, columns - column, sourceStride, ref Unsafe.Add(ref destination, column * stride), stride);
    }

    /// <summary>Transposes 16 rows of 4 values: four squares, each in a quarter of the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFourSquares(ref float source, int sourceStride, ref float destination, int stride)
    {
        Vector512<float> a = RowOfSquares(ref source, sourceStride);
        Vector512<float> b = RowOfSquares(ref Unsafe.Add(ref source, sourceStride), sourceStride);
        Vector512<float> c = RowOfSquares(ref Unsafe.Add(ref source, 2 * sourceStride), sourceStride);
        Vector512<float> d = RowOfSquares(ref Unsafe.Add(ref source, 3 * sourceStride), sourceStride);
        Vector512<float> acLow = Avx512F.UnpackLow(a, c), acHigh = Avx512F.UnpackHigh(a, c);
        Vector512<float> bdLow = Avx512F.UnpackLow(b, d), bdHigh = Avx512F.UnpackHigh(b, d);
        Avx512F.UnpackLow(acLow, bdLow).StoreUnsafe(ref destination);
        Avx512F.UnpackHigh(acLow, bdLow).StoreUnsafe(ref destination, (nuint)stride);
        Avx512F.UnpackLow(acHigh, bdHigh).StoreUnsafe(ref destination, (nuint)(2 * stride));
        Avx512F.UnpackHigh(acHigh, bdHigh).StoreUnsafe(ref destination, (nuint)(3 * stride));
    }

    /// <summary>The same row of four squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> RowOfSquares(ref float source, int sourceStride)
    {
        nuint square = (nuint)(Square * sourceStride);
        return Vector512.Create(
            Vector256.Create(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, square)),
            Vector256.Create(Vector128.LoadUnsafe(ref source, 2 * square), Vector128.LoadUnsafe(ref source, 3 * square)));
    }

    /// <summary>Transposes 4 by 4 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(ref float source, int sourceStride, ref float destination, int stride)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref source);
        Vector128<float> b = Vector128.LoadUnsafe(ref source, (nuint)sourceStride);
        Vector128<float> c = Vector128.LoadUnsafe(ref source, (nuint)(2 * sourceStride));
        Vector128<float> d = Vector128.LoadUnsafe(ref source, (nuint)(3 * sourceStride));
        (Vector128<float> acLow, Vector128<float> acHigh) = Interleave(a, c);
        (Vector128<float> bdLow, Vector128<float> bdHigh) = Interleave(b, d);
        (Vector128<float> first, Vector128<float> second) = Interleave(acLow, bdLow);
        (Vector128<float> third, Vector128<float> fourth) = Interleave(acHigh, bdHigh);
        first.StoreUnsafe(ref destination);
        second.StoreUnsafe(ref destination, (nuint)stride);
        third.StoreUnsafe(ref destination, (nuint)(2 * stride));
        fourth.StoreUnsafe(ref destination, (nuint)(3 * stride));
    }

    /// <summary>The values of two vectors in turn: those of their lower halves, and those of their upper halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Lower, Vector128<float> Upper) Interleave(Vector128<float> even, Vector128<float> odd) => Sse.IsSupported
        ? (Sse.UnpackLow(even, odd), Sse.UnpackHigh(even, odd))
        : (AdvSimd.Arm64.ZipLow(even, odd), AdvSimd.Arm64.ZipHigh(even, odd));

    /// <summary>Transposes the columns of the rows from <paramref name="row"/> on, value by value.</summary>
    private static void CopyColumns(ref float source, int row, int rows, int columns, int sourceStride, ref float destination, int stride)
    {
        for (int column = 0; column < columns && row < rows; column++)
        {
            for (int i = row; i < rows; i++)
                Unsafe.Add(ref destination, (column * stride) + i) = Unsafe.Add(ref source, (i * sourceStride) + column);
        }
    }
}
