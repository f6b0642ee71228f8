using Xunit;

namespace NetGen.Tests.Parameters;

public sealed class WeightLayoutTests
{
    public static TheoryData<string, WeightLayout> Layouts => new()
    {
        { "a bias", WeightLayout.Vector(37) },
        { "a value for each pixel", WeightLayout.VectorAfterFlatten(5, 3, 7) },
        { "one weight", WeightLayout.Dense(1, 1) },
        { "less than a panel", WeightLayout.Dense(5, 10) },
        { "exactly one panel", WeightLayout.Dense(17, 32) },
        { "one column over", WeightLayout.Dense(16, 33) },
        { "several panels", WeightLayout.Dense(31, 100) },
        { "flattened image", WeightLayout.DenseAfterFlatten(5, 3, 7, 45) },
        { "flattened column", WeightLayout.DenseAfterFlatten(9, 1, 2, 64) },
        { "flattened single channel", WeightLayout.DenseAfterFlatten(4, 4, 1, 3) },
        { "first convolution", WeightLayout.Convolution(3, 3, 1, 32) },
        { "oblong kernel", WeightLayout.Convolution(5, 2, 3, 41) },
        { "pointwise", WeightLayout.Convolution(1, 1, 19, 65) },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void There_and_back_again_is_the_identity(string what, WeightLayout layout)
    {
        float[] torch = [.. Enumerable.Range(0, layout.Length).Select(i => (float)i)];
        float[] stored = new float[layout.Length], back = new float[layout.Length];
        layout.FromTorch(torch, stored);
        Assert.True(torch.SequenceEqual(stored.Order()), $"{what}: an element was lost");
        layout.ToTorch(stored, back);
        Assert.Equal(torch, back);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Single_indices_agree_with_whole_tensors(string what, WeightLayout layout)
    {
        float[] torch = [.. Enumerable.Range(0, layout.Length).Select(i => (float)i)];
        float[] stored = new float[layout.Length];
        layout.FromTorch(torch, stored);
        for (int i = 0; i < layout.Length; i++)
            Assert.True(stored[layout.StoredIndex(i)] == i, $"{what}: element {i}");
    }

    [Fact]
    public void Dense_panels_are_where_the_kernels_look()
    {
        const int Inputs = 3, Units = 40;
        WeightLayout layout = WeightLayout.Dense(Inputs, Units);
        for (int n = 0; n < Units; n++)
        {
            for (int k = 0; k < Inputs; k++)
                Assert.Equal(n < 32 ? (k * 32) + n : (32 * Inputs) + (k * 8) + (n - 32), layout.StoredIndex((n * Inputs) + k));
        }
    }

    [Fact]
    public void Convolution_rows_count_position_before_channel()
    {
        const int Height = 2, Width = 3, Channels = 4, Filters = 5;
        WeightLayout layout = WeightLayout.Convolution(Height, Width, Channels, Filters);
        Assert.Equal([Filters, Channels, Height, Width], layout.Shape.ToArray());
        int torch = 0;
        for (int o = 0; o < Filters; o++)
        for (int c = 0; c < Channels; c++)
        for (int y = 0; y < Height; y++)
        for (int x = 0; x < Width; x++)
            Assert.Equal(((((y * Width) + x) * Channels) + c) * Filters + o, layout.StoredIndex(torch++));
    }

    [Fact]
    public void Dense_after_flatten_turns_channels_first_into_channels_last()
    {
        const int Height = 2, Width = 3, Channels = 4, Units = 5;
        WeightLayout layout = WeightLayout.DenseAfterFlatten(Height, Width, Channels, Units);
        Assert.Equal([Units, Channels * Height * Width], layout.Shape.ToArray());
        int torch = 0;
        for (int n = 0; n < Units; n++)
        for (int c = 0; c < Channels; c++)
        for (int h = 0; h < Height; h++)
        for (int w = 0; w < Width; w++)
            Assert.Equal(((((h * Width) + w) * Channels) + c) * Units + n, layout.StoredIndex(torch++));
    }

    [Fact]
    public void Equality_is_by_shape_and_order()
    {
        Assert.Equal(WeightLayout.Convolution(3, 3, 2, 4), WeightLayout.Convolution(3, 3, 2, 4));
        Assert.Equal(WeightLayout.Dense(6, 4).GetHashCode(), WeightLayout.Dense(6, 4).GetHashCode());
        Assert.NotEqual(WeightLayout.Dense(6, 4), WeightLayout.Dense(4, 6));
        Assert.NotEqual(WeightLayout.Dense(6, 4), WeightLayout.DenseAfterFlatten(3, 1, 2, 4));
        Assert.NotEqual(WeightLayout.Vector(4), WeightLayout.Vector(5));
        Assert.Equal("[4, 2, 3, 3]", WeightLayout.Convolution(3, 3, 2, 4).ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Dimensions_below_one_are_refused(int bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.Vector(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.Dense(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.Dense(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.DenseAfterFlatten(1, bad, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.Convolution(1, 1, bad, 1));
    }

    [Fact]
    public void A_tensor_too_large_to_count_is_refused()
    {
        Assert.Throws<OverflowException>(() => WeightLayout.Dense(1 << 16, 1 << 16));
        Assert.Throws<OverflowException>(() => WeightLayout.Convolution(1 << 12, 1 << 12, 1 << 4, 1 << 4));
        Assert.Throws<OverflowException>(() => WeightLayout.DenseAfterFlatten(1 << 16, 1 << 16, 1, 1));
    }

    [Fact]
    public void An_index_outside_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.Dense(3, 2).StoredIndex(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.Dense(3, 2).StoredIndex(-1));
    }

    [Fact]
    public void Wrong_lengths_and_overlap_are_refused()
    {
        WeightLayout layout = WeightLayout.Dense(3, 2);
        float[] six = new float[6], seven = new float[7];
        Assert.Equal(
            "A tensor of shape [2, 3] has 6 floats, but got 7. (Parameter 'torch')",
            Assert.Throws<ArgumentException>(() => layout.FromTorch(seven, six)).Message);
        Assert.Equal("stored", Assert.Throws<ArgumentException>(() => layout.FromTorch(six, seven)).ParamName);
        Assert.Equal("stored", Assert.Throws<ArgumentException>(() => layout.ToTorch(seven, six)).ParamName);
        Assert.Throws<ArgumentException>(() => layout.ToTorch(seven.AsSpan(0, 6), seven.AsSpan(1)));
    }
}
