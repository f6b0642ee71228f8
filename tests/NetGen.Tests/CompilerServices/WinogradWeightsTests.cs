using NetGen.CompilerServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class WinogradWeightsTests
{
    /// <summary>The gradient of a filter from one tile, by the three steps of the algorithm in double precision, against the sums that define it.</summary>
    [Theory]
    [InlineData(3, 4, 1, 1)]
    [InlineData(3, 2, 1, 1)]
    [InlineData(3, 4, 3, 37)]
    [InlineData(3, 2, 3, 37)]
    [InlineData(3, 4, 16, 64)]
    [InlineData(3, 2, 5, 8)]
    [InlineData(5, 2, 1, 1)]
    [InlineData(5, 2, 3, 37)]
    [InlineData(5, 2, 16, 64)]
    public void The_sums_of_a_tile_become_the_gradients_of_the_weights(int filter, int outputs, int channels, int filters)
    {
        int inputs = outputs + filter - 1;
        double[,,] x = Tile(inputs, channels, seed: 1), dz = Tile(outputs, filters, seed: 2);
        double[,,] left = Transformed(x, inputs, channels, Inputs(inputs)), right = Transformed(dz, inputs, filters, Values(inputs, outputs));
        WeightLayout matrix = WeightLayout.Convolution(1, 1, channels, filters), weights = WeightLayout.Convolution(filter, filter, channels, filters);
        float[] sums = new float[inputs * inputs * matrix.Length];
        for (int place = 0; place < inputs * inputs; place++)
        for (int n = 0; n < filters; n++)
        for (int c = 0; c < channels; c++)
            sums[(place * matrix.Length) + matrix.StoredIndex((n * channels) + c)] = (float)(left[place / inputs, place % inputs, c] * right[place / inputs, place % inputs, n]);
        float[] gradients = new float[weights.Length];
        Array.Fill(gradients, 0.5f);
        WinogradWeights.AddGradients(ref sums[0], filter, outputs, channels, filters, ref gradients[0]);
        for (int n = 0; n < filters; n++)
        for (int c = 0; c < channels; c++)
        for (int i = 0; i < filter; i++)
        for (int j = 0; j < filter; j++)
        {
            double expected = 0.5;
            for (int row = 0; row < outputs; row++)
            for (int column = 0; column < outputs; column++)
                expected += x[row + i, column + j, c] * dz[row, column, n];
            Assert.Equal(expected, gradients[weights.StoredIndex((((((n * channels) + c) * filter) + i) * filter) + j)], 2e-5);
        }

        if (filter == 3)
        {
            float[] same = new float[gradients.Length];
            Array.Fill(same, 0.5f);
            WinogradWeights.AddGradients(ref sums[0], outputs, channels, filters, ref same[0]);
            Close.SameBits("The method for 3×3", gradients, same);
        }
    }

    /// <summary>The weights at each place of a tile against the transform in double precision, and the same for the flipped weights of backward.</summary>
    [Theory]
    [InlineData(3, 4, 0, 1, 1)]
    [InlineData(3, 2, 0, 3, 37)]
    [InlineData(3, 4, 0, 16, 64)]
    [InlineData(3, 4, 2, 3, 37)]
    [InlineData(3, 4, 2, 17, 6)]
    [InlineData(5, 2, 0, 1, 1)]
    [InlineData(5, 2, 0, 3, 37)]
    [InlineData(5, 2, 0, 16, 64)]
    public void Weights_are_transformed_as_the_matrices_say(int filter, int outputs, int others, int channels, int filters)
    {
        int inputs = outputs + filter - 1;
        WeightLayout layout = WeightLayout.Convolution(filter, filter, channels, filters), flippedLayout = WeightLayout.Convolution(filter, filter, filters, channels);
        float[] weights = Draw.Normal(layout.Length, seed: 3);
        float[] packed = new float[inputs * inputs * channels * filters], flipped = new float[layout.Length + packed.Length];
        int otherInputs = others + filter - 1;
        Array.Resize(ref flipped, flipped.Length + (others > 0 ? otherInputs * otherInputs * channels * filters : 0));
        WinogradWeights.Transform(ref weights[0], filter, outputs, channels, filters, ref packed[0]);
        WinogradWeights.TransformFlipped(ref weights[0], filter, channels, filters, ref flipped[0], outputs, others);
        AssertTransformed(weights, layout, filter, inputs, channels, filters, packed);
        AssertTransformed(flipped[..layout.Length], flippedLayout, filter, inputs, filters, channels, flipped[layout.Length..]);
        if (others > 0)
            AssertTransformed(flipped[..layout.Length], flippedLayout, filter, otherInputs, filters, channels, flipped[(layout.Length + packed.Length)..]);
        for (int n = 0; n < filters; n++)
        for (int c = 0; c < channels; c++)
        for (int i = 0; i < filter * filter; i++)
        {
            float weight = weights[layout.StoredIndex((((n * channels) + c) * filter * filter) + i)];
            Assert.Equal(weight, flipped[flippedLayout.StoredIndex((((c * filters) + n) * filter * filter) + (filter * filter) - 1 - i)]);
        }

        if (filter == 3)
        {
            float[] same = new float[packed.Length], sameFlipped = new float[flipped.Length];
            WinogradWeights.Transform(ref weights[0], outputs, channels, filters, ref same[0]);
            WinogradWeights.TransformFlipped(ref weights[0], channels, filters, ref sameFlipped[0], outputs, others);
            Close.SameBits("The method for 3×3", packed, same);
            Close.SameBits("The method for flipped 3×3", flipped, sameFlipped);
        }
    }

    private static void AssertTransformed(float[] weights, WeightLayout layout, int filter, int inputs, int channels, int filters, float[] packed)
    {
        WeightLayout matrix = WeightLayout.Convolution(1, 1, channels, filters);
        for (int n = 0; n < filters; n++)
        for (int c = 0; c < channels; c++)
        {
            double[,,] weight = new double[filter, filter, 1];
            for (int i = 0; i < filter * filter; i++)
                weight[i / filter, i % filter, 0] = weights[layout.StoredIndex((((n * channels) + c) * filter * filter) + i)];
            double[,,] expected = Transformed(weight, inputs, 1, Values(inputs, filter));
            for (int place = 0; place < inputs * inputs; place++)
                Assert.Equal(expected[place / inputs, place % inputs, 0], packed[(place * matrix.Length) + matrix.StoredIndex((n * channels) + c)], 5e-6);
        }
    }

    private static double[,,] Tile(int size, int channels, int seed)
    {
        float[] values = Draw.Normal(size * size * channels, seed);
        double[,,] tile = new double[size, size, channels];
        for (int i = 0; i < values.Length; i++)
            tile[i / channels / size, i / channels % size, i % channels] = values[i];
        return tile;
    }

    /// <summary>M T Mᵀ for each channel.</summary>
    private static double[,,] Transformed(double[,,] tile, int size, int channels, double[][] matrix)
    {
        double[,,] result = new double[size, size, channels];
        for (int c = 0; c < channels; c++)
        for (int p = 0; p < size; p++)
        for (int q = 0; q < size; q++)
        for (int i = 0; i < matrix[0].Length; i++)
        for (int j = 0; j < matrix[0].Length; j++)
            result[p, q, c] += matrix[p][i] * matrix[q][j] * tile[i, j, c];
        return result;
    }

    /// <summary>The transform of the inputs: the coefficients of the product of (t - p) over all other points p.</summary>
    private static double[][] Inputs(int inputs) => inputs == 4
        ? [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]]
        : [.. Points.Select(point => Others(point)), [0, 1, 0, -2.5, 0, 1]];

    /// <summary>The transform of a polynomial's coefficients, which are weights or gradients, to its values at the points, divided by the product of the distances to the others.</summary>
    private static double[][] Values(int inputs, int coefficients)
    {
        double[] points = inputs == 4 ? [0, 1, -1] : Points;
        return
        [
            .. points.Select(point => Enumerable.Range(0, coefficients).Select(power => Math.Pow(point, power) / (inputs == 4 ? Math.Max(1, 2 * Math.Abs(point)) : Distances(point))).ToArray()),
            [.. Enumerable.Range(0, coefficients).Select(power => power == coefficients - 1 ? 1.0 : 0)],
        ];
    }

    private static double[] Points => [0, Math.Sqrt(0.5), -Math.Sqrt(0.5), Math.Sqrt(2), -Math.Sqrt(2)];

    private static double Distances(double point) => Points.Where(other => other != point).Aggregate(1.0, (product, other) => product * (point - other));

    private static double[] Others(double point)
    {
        double[] product = [1];
        foreach (double other in Points.Where(other => other != point))
        {
            double[] next = new double[product.Length + 1];
            for (int i = 0; i < product.Length; i++)
            {
                next[i] -= other * product[i];
                next[i + 1] += product[i];
            }

            product = next;
        }

        return [.. product, 0];
    }
}
