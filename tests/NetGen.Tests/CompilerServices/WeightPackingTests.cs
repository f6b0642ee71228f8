using NetGen.CompilerServices;
using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class WeightPackingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 40)]
    [InlineData(40, 5)]
    [InlineData(32, 64)]
    [InlineData(70, 33)]
    public void The_transpose_of_dense_weights_is_in_panels_itself(int inputs, int units)
    {
        WeightLayout layout = WeightLayout.Dense(inputs, units), transposed = WeightLayout.Dense(units, inputs);
        float[] weights = Numbered(layout.Length), packed = new float[layout.Length];
        for (int panel = 0; 32 * panel < inputs; panel++)
            WeightPacking.TransposeDense(ref weights[0], inputs, units, ref packed[0], panel);
        for (int unit = 0; unit < units; unit++)
        {
            for (int input = 0; input < inputs; input++)
                Assert.Equal(weights[layout.StoredIndex((unit * inputs) + input)], packed[transposed.StoredIndex((input * units) + unit)]);
        }
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 3, 1, 32)]
    [InlineData(2, 3, 5, 40)]
    [InlineData(3, 1, 40, 3)]
    [InlineData(5, 5, 33, 34)]
    public void A_convolution_is_flipped_and_its_filters_become_channels(int height, int width, int channels, int filters)
    {
        WeightLayout layout = WeightLayout.Convolution(height, width, channels, filters);
        WeightLayout flipped = WeightLayout.Convolution(height, width, filters, channels);
        float[] weights = Numbered(layout.Length), packed = new float[layout.Length];
        WeightPacking.FlipConvolution(ref weights[0], height * width, channels, filters, ref packed[0]);
        for (int o = 0; o < filters; o++)
        for (int c = 0; c < channels; c++)
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            int from = (((((o * channels) + c) * height) + y) * width) + x;
            int to = (((((c * filters) + o) * height) + (height - 1 - y)) * width) + (width - 1 - x);
            Assert.Equal(weights[layout.StoredIndex(from)], packed[flipped.StoredIndex(to)]);
        }
    }

    [Theory]
    [InlineData(3, 3, 5, 40, 2, 1, 1)]
    [InlineData(1, 1, 33, 3, 2, 1, 1)]
    [InlineData(5, 4, 3, 2, 3, 1, 2)]
    [InlineData(4, 7, 2, 3, 2, 3, 3)]
    [InlineData(5, 5, 2, 2, 4, 2, 1)]
    public void With_strides_the_weights_that_an_input_meets_stand_together(int height, int width, int channels, int filters, int stride, int dilation, int groups)
    {
        WeightLayout layout = WeightLayout.Convolution(height, width, channels, filters);
        float[] weights = Numbered(groups * layout.Length), packed = new float[groups * layout.Length];
        for (int group = 0; group < groups; group++)
            WeightPacking.FlipPhases(ref weights[0], height, width, channels, filters, stride, dilation, ref packed[0], groups, group);

        int begin = 0;
        for (int i = 0; i < stride; i++)
        for (int j = 0; j < stride; j++)
        {
            // Line l multiplies the inputs whose row, counted in the padded image, is a multiple of the stride plus l · dilation.
            int[] lines = [.. Enumerable.Range(0, height).Where(l => l * dilation % stride == i % stride).Reverse()];
            int[] columns = [.. Enumerable.Range(0, width).Where(c => c * dilation % stride == j % stride).Reverse()];
            if (lines.Length * columns.Length == 0)
                continue;
            WeightLayout flipped = WeightLayout.Convolution(lines.Length, columns.Length, filters, channels);
            for (int group = 0; group < groups; group++, begin += flipped.Length)
            for (int o = 0; o < filters; o++)
            for (int c = 0; c < channels; c++)
            for (int y = 0; y < lines.Length; y++)
            for (int x = 0; x < columns.Length; x++)
            {
                int from = (((((o * channels) + c) * height) + lines[y]) * width) + columns[x];
                int to = (((((c * filters) + o) * lines.Length) + y) * columns.Length) + x;
                Assert.Equal(weights[(group * layout.Length) + layout.StoredIndex(from)], packed[begin + flipped.StoredIndex(to)]);
            }
        }

        Assert.Equal(packed.Length, begin);
    }

    [Theory]
    [InlineData(1, 2, 3, 0)]
    [InlineData(3, 9, 33, 32)]
    [InlineData(5, 40, 60, 48)]
    public void The_last_filters_stand_line_by_line(int lines, int lineLength, int filters, int first)
    {
        const int stride = 48;
        var layout = WeightLayout.Dense(lines * lineLength, filters);
        float[] weights = Numbered(layout.Length);
        float[] packed = [.. Enumerable.Repeat(float.NaN, ((filters - first) * lines * stride) + 1)];
        WeightPacking.FilterLines(ref weights[0], lines, lineLength, filters, first, stride, ref packed[0]);
        for (int filter = first; filter < filters; filter++)
        for (int line = 0; line < lines; line++)
        for (int k = 0; k < stride; k++)
        {
            int row = (line * lineLength) + k;
            float expected = k < lineLength ? weights[layout.StoredIndex((filter * lines * lineLength) + row)] : 0;
            Assert.Equal(expected, packed[((((filter - first) * lines) + line) * stride) + k]);
        }

        Assert.Equal(float.NaN, packed[^1]);
    }

    [Theory]
    [InlineData(3, 3, 5, 40, 1, 1, 0)]
    [InlineData(3, 2, 37, 33, 2, 1, 32)]
    [InlineData(4, 5, 3, 2, 3, 1, 0)]
    [InlineData(5, 3, 18, 4, 2, 3, 16)]
    public void The_lines_of_the_last_channels_are_those_of_the_flipped_weights(
        int height, int width, int channels, int filters, int stride, int dilation, int first)
    {
        const int multiple = 16;
        float[] weights = Numbered(WeightLayout.Convolution(height, width, channels, filters).Length), flipped = new float[weights.Length];
        WeightPacking.FlipPhases(ref weights[0], height, width, channels, filters, stride, dilation, ref flipped[0], groups: 1, group: 0);
        var packed = new float[stride * stride * channels * height * ((width * filters) + multiple)];
        packed.AsSpan().Fill(float.NaN);
        WeightPacking.FlippedLines(ref weights[0], height, width, channels, filters, stride, dilation, first, multiple, ref packed[0]);
        int begin = 0, end = 0;
        for (int i = 0; i < stride; i++)
        for (int j = 0; j < stride; j++)
        {
            int lines = Enumerable.Range(0, height).Count(l => l * dilation % stride == i);
            int length = filters * Enumerable.Range(0, width).Count(c => c * dilation % stride == j);
            var layout = WeightLayout.Dense(lines * length, channels);
            for (int channel = first; channel < channels; channel++)
            for (int line = 0; line < lines; line++)
            {
                for (int k = 0; k < length; k++)
                    Assert.Equal(flipped[begin + layout.StoredIndex((channel * lines * length) + (line * length) + k)], packed[end++]);
                for (; end % multiple != 0; end++)
                    Assert.Equal(0, packed[end]);
            }

            begin += layout.Length;
        }

        Assert.Equal(float.NaN, packed[end]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 3)]
    [InlineData(ShardGradients.Block, 2)]
    [InlineData((2 * ShardGradients.Block) + 11, 5)]
    public void Shards_are_summed_in_their_order(int length, int count)
    {
        var random = new CounterRandom(1);
        float[] shards = [.. Enumerable.Range(0, length * count).Select(_ => (float)random.NextNormal())];
        float[] actual = new float[length], expected = new float[length];
        for (int shard = 0; shard < count; shard++)
        {
            for (int i = 0; i < length; i++) expected[i] += shards[(shard * length) + i];
        }

        for (int block = 0; block * ShardGradients.Block < length; block++) ShardGradients.Sum(shards, length, count, block, actual);
        Assert.Equal(expected, actual);
    }

    private static float[] Numbered(int length) => [.. Enumerable.Range(0, length).Select(i => (float)i)];
}
