using NetGen.CompilerServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class WinogradWeightsTests
{
    /// <summary>The gradient of a 3×3 filter from one tile, by the three steps of the algorithm in double precision, against the sums that define it.</summary>
    [Theory]
    [InlineData(4, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(4, 3, 37)]
    [InlineData(2, 3, 37)]
    [InlineData(4, 16, 64)]
    [InlineData(2, 5, 8)]
    public void The_sums_of_a_tile_become_the_gradients_of_the_weights(int outputs, int channels, int filters)
    {
        int inputs = outputs + 2;
        double[,,] x = Tile(inputs, channels, seed: 1), dz = Tile(outputs, filters, seed: 2);
        double[,,] left = Transformed(x, inputs, channels, Inputs(outputs)), right = Transformed(dz, inputs, filters, Gradients(outputs));
        WeightLayout matrix = WeightLayout.Convolution(1, 1, channels, filters), weights = WeightLayout.Convolution(3, 3, channels, filters);
        float[] sums = new float[inputs * inputs * matrix.Length];
        for (int place = 0; place < inputs * inputs; place++)
        for (int n = 0; n < filters; n++)
        for (int c = 0; c < channels; c++)
            sums[(place * matrix.Length) + matrix.StoredIndex((n * channels) + c)] = (float)(left[place / inputs, place % inputs, c] * right[place / inputs, place % inputs, n]);
        float[] gradients = new float[weights.Length];
        Array.Fill(gradients, 0.5f);
        WinogradWeights.AddGradients(ref sums[0], outputs, channels, filters, ref gradients[0]);
        for (int n = 0; n < filters; n++)
        for (int c = 0; c < channels; c++)
        for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
        {
            double expected = 0.5;
            for (int row = 0; row < outputs; row++)
            for (int column = 0; column < outputs; column++)
                expected += x[row + i, column + j, c] * dz[row, column, n];
            Assert.Equal(expected, gradients[weights.StoredIndex((((((n * channels) + c) * 3) + i) * 3) + j)], 2e-5);
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
    private static double[][] Inputs(int outputs) => outputs == 2
        ? [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]]
        : [.. Points.Select(point => Others(point)), [0, 1, 0, -2.5, 0, 1]];

    /// <summary>The transform of a polynomial's coefficients to its values at the points, divided by the product of the distances to the others.</summary>
    private static double[][] Gradients(int outputs) => outputs == 2
        ? [[1, 0], [0.5, 0.5], [0.5, -0.5], [0, 1]]
        : [.. Points.Select(point => new[] { 1, point, point * point, point * point * point }.Select(power => power / Distances(point)).ToArray()), [0, 0, 0, 1]];

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
