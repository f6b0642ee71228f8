using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Repeats the few filters of a convolution, for kernels whose lanes are neighbouring outputs, positions and filters as they lie in memory: a vector may begin at any filter, and after the last
/// one comes the first one of the next position.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RepeatedFilters
{
    // What follows the filters: the lanes of the longest vector, less one.
    private const int MoreLanes = 15;

    // Rounding errors grow with the number of values that are added to one sum, so a long row is summed in runs.
    private const int Run = 64;

    /// <summary>Repeats filters.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="height">Lines of a filter.</param>
    /// <param name="width">Columns of a filter.</param>
    /// <param name="channels">Channels of a filter.</param>
    /// <param name="filters">The filters, fewer than 32.</param>
    /// <param name="repeated">The result: for each column, channel and line the weights of all filters, followed by 15 more from the first one on; then the biases in the same way.</param>
    public static void Write(ref float weights, ref float bias, int height, int width, int channels, int filters, ref float repeated)
    {
        for (int column = 0; column < width; column++)
        for (int channel = 0; channel < channels; channel++)
        for (int line = 0; line < height; line++)
            repeated = ref WriteRow(ref Unsafe.Add(ref weights, ((((line * width) + column) * channels) + channel) * filters), 1, filters, ref repeated);
        WriteRow(ref bias, 1, filters, ref repeated);
    }

    /// <summary>Repeats filters for the gradient with respect to the input: flipped, and with filters as channels and channels as filters.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="height">Lines of a filter.</param>
    /// <param name="width">Columns of a filter.</param>
    /// <param name="channels">Channels of a filter, fewer than 32.</param>
    /// <param name="filters">The filters, fewer than 32.</param>
    /// <param name="repeated">The result: for each column, filter and line, columns and lines from the last to the first, the weights of all channels, followed by 15 more.</param>
    public static void WriteFlipped(ref float weights, int height, int width, int channels, int filters, ref float repeated)
    {
        for (int column = width - 1; column >= 0; column--)
        for (int filter = 0; filter < filters; filter++)
        for (int line = height - 1; line >= 0; line--)
            repeated = ref WriteRow(ref Unsafe.Add(ref weights, (((line * width) + column) * channels * filters) + filter), filters, channels, ref repeated);
    }

    /// <summary>Adds the gradients with respect to the weights of repeated filters to those of the filters.</summary>
    /// <param name="sums">The gradients with respect to the repeated weights: for each channel, column and line of a filter as many values as there are filters, and 15 more, which belong to the filters from the first one on again.</param>
    /// <param name="height">Lines of a filter.</param>
    /// <param name="width">Columns of a filter.</param>
    /// <param name="channels">Channels of a filter.</param>
    /// <param name="filters">The filters, fewer than 32.</param>
    /// <param name="gradients">The gradients: a row for each line, column and channel, a column for each filter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddGradients(ref float sums, int height, int width, int channels, int filters, ref float gradients)
    {
        for (int channel = 0; channel < channels; channel++)
        for (int column = 0; column < width; column++)
        for (int line = 0; line < height; line++)
        {
            ref float target = ref Unsafe.Add(ref gradients, (((line * width) + column) * channels + channel) * filters);
            for (int lane = 0, filter = 0; lane < filters + MoreLanes; lane++)
            {
                Unsafe.Add(ref target, filter) += Unsafe.Add(ref sums, lane);
                filter = filter == filters - 1 ? 0 : filter + 1;
            }

            sums = ref Unsafe.Add(ref sums, filters + MoreLanes);
        }
    }

    /// <summary>Adds the sums of the gradients with respect to outputs to the gradients with respect to the biases.</summary>
    /// <param name="sums">The sums of each column of the image: those of all filters of a column, then those of the next one.</param>
    /// <param name="columns">The columns of the image.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="gradients">The gradients with respect to the biases.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddBias(ref float sums, int columns, int filters, ref float gradients)
    {
        int filter = 0;
        for (; filter <= filters - Vector<float>.Count; filter += Vector<float>.Count)
        {
            Vector<float> total = Vector<float>.Zero;
            for (int begin = 0; begin < columns; begin += Run)
            {
                Vector<float> sum = Vector<float>.Zero;
                for (int column = begin; column < Math.Min(begin + Run, columns); column++)
                    sum += Vector.LoadUnsafe(ref sums, (nuint)((column * filters) + filter));
                total += sum;
            }

            (Vector.LoadUnsafe(ref gradients, (nuint)filter) + total).StoreUnsafe(ref gradients, (nuint)filter);
        }

        for (; filter < filters; filter++)
        {
            float total = 0;
            for (int begin = 0; begin < columns; begin += Run)
            {
                float sum = 0;
                for (int column = begin; column < Math.Min(begin + Run, columns); column++)
                    sum += Unsafe.Add(ref sums, (column * filters) + filter);
                total += sum;
            }

            Unsafe.Add(ref gradients, filter) += total;
        }
    }

    private static ref float WriteRow(ref float values, int stride, int count, ref float repeated)
    {
        for (int lane = 0, i = 0; lane < count + MoreLanes; lane++)
        {
            Unsafe.Add(ref repeated, lane) = Unsafe.Add(ref values, i * stride);
            i = i == count - 1 ? 0 : i + 1;
        }

        return ref Unsafe.Add(ref repeated, count + MoreLanes);
    }
}
