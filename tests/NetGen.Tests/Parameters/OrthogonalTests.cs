using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>
/// <see cref="Initializer.Orthogonal"/> is torch.nn.init.orthogonal_: Q of the QR decomposition of a normal matrix [outputs, fan in], of its transpose
/// where it is wide, with the signs for which R has a positive diagonal.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class OrthogonalTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 1, 7 }, { 7, 1 }, { 20, 50 }, { 50, 20 }, { 33, 33 }, { 100, 64 }, { 64, 100 }, { 65, 300 }, { 300, 65 }, { 128, 128 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_shorter_side_is_orthonormal_times_the_scale(int rows, int columns)
    {
        const double Scale = 1.5;
        double[,] q = Matrix(Values(Initializer.Orthogonal, Scale, WeightLayout.Dense(columns, rows), seed: 4), rows, columns);
        double[,] gram = rows < columns ? Product(q, Transposed(q)) : Product(Transposed(q), q);
        for (int i = 0; i < gram.GetLength(0); i++)
        {
            for (int j = 0; j < gram.GetLength(1); j++) Assert.Equal(i == j ? Scale * Scale : 0, gram[i, j], 3e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_is_the_Q_whose_R_has_a_positive_diagonal(int rows, int columns)
    {
        WeightLayout layout = WeightLayout.Dense(columns, rows);
        double[,] normal = Matrix(Values(Initializer.Normal, 1, layout, seed: 4), rows, columns);
        double[,] q = Matrix(Values(Initializer.Orthogonal, 1, layout, seed: 4), rows, columns);
        double[,] r = rows < columns ? Product(q, Transposed(normal)) : Product(Transposed(q), normal);
        for (int i = 0; i < r.GetLength(0); i++)
        {
            Assert.True(r[i, i] > 0);
            for (int j = 0; j < i; j++) Assert.Equal(0, r[i, j], 1e-5);
        }
    }

    [Theory]
    [InlineData(3, 3, 16, 64)]
    [InlineData(3, 3, 4, 64)]
    public void The_matrix_of_a_kernel_is_filters_by_the_rest(int height, int width, int channels, int filters)
    {
        int fanIn = height * width * channels;
        float[] kernel = Values(Initializer.Orthogonal, 1, WeightLayout.Convolution(height, width, channels, filters), seed: 9);
        float[] dense = Values(Initializer.Orthogonal, 1, WeightLayout.Dense(fanIn, filters), seed: 9);
        float[] flattened = Values(Initializer.Orthogonal, 1, WeightLayout.DenseAfterFlatten(height, width, channels, filters), seed: 9);
        Assert.Equal(dense, kernel);
        Assert.Equal(dense, flattened);
    }

    /// <summary>The rotations of three dimensions: each entry is a coordinate of a random point on the sphere, uniform in [-1, 1] (Archimedes).</summary>
    [Fact]
    public void Every_rotation_is_as_likely_as_the_others()
    {
        float[][] rotations = [.. Enumerable.Range(0, 3000).Select(seed => Values(Initializer.Orthogonal, 1, WeightLayout.Dense(3, 3), (ulong)seed))];
        for (int entry = 0; entry < 9; entry++)
        {
            double distance = Distribution.Distance(rotations.Select(rotation => rotation[entry]), Distribution.Uniform(1));
            Assert.InRange(distance * Math.Sqrt(rotations.Length), 0, Distribution.Bound);
        }

        int turns = rotations.Count(rotation => Determinant(rotation) > 0);
        Assert.InRange(turns, 1400, 1600);

        static double Determinant(float[] m) =>
            (m[0] * ((m[4] * m[8]) - (m[5] * m[7]))) - (m[1] * ((m[3] * m[8]) - (m[5] * m[6]))) + (m[2] * ((m[3] * m[7]) - (m[4] * m[6])));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    public void A_matrix_of_zeros_becomes_orthonormal(int rows, int columns)
    {
        float[] matrix = new float[rows * columns];
        OrthogonalMatrix.Orthonormalize(matrix, rows, columns, 1);
        for (int i = 0; i < matrix.Length; i++) Assert.Equal(i / columns == i % columns ? 1 : 0, matrix[i]);
    }

    [Fact]
    public void Values_are_those_of_every_release_and_processor()
    {
        // Pinned, and computed by another program, by Gram-Schmidt: a change here changes what every user's seed means.
        float[] values = Values(Initializer.Orthogonal, 1, WeightLayout.Dense(70, 40), seed: 42);
        Assert.Equal([3183100214, 3187527492, 3193741125, 1018778801, 1022718136], values.TakeLast(5).Select(BitConverter.SingleToUInt32Bits));
    }

    private static float[] Values(Initializer initializer, double value, WeightLayout layout, ulong seed)
    {
        ParameterInfo info = new("a.weight", 0, layout, initializer, 1, 1) { InitializerValue = value };
        float[] parameters = new float[layout.Length];
        new ParameterTable("Net", layout.Length, info).Initialize(parameters, seed);
        return new ParameterView(info, parameters).ToArray();
    }

    private static double[,] Matrix(float[] values, int rows, int columns)
    {
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < values.Length; i++) matrix[i / columns, i % columns] = values[i];
        return matrix;
    }

    private static double[,] Transposed(double[,] a)
    {
        double[,] b = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) b[j, i] = a[i, j];
        }

        return b;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        double[,] c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
        {
            for (int j = 0; j < c.GetLength(1); j++)
            {
                for (int k = 0; k < a.GetLength(1); k++) c[i, j] += a[i, k] * b[k, j];
            }
        }

        return c;
    }
}
