using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class RepeatedFiltersTests
{
    private const int MoreLanes = 15;

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 3, 3, 3)]
    [InlineData(5, 2, 1, 6)]
    [InlineData(2, 4, 5, 17)]
    [InlineData(1, 3, 2, 31)]
    public void Filters_follow_each_other_again_and_again(int height, int width, int channels, int filters)
    {
        float[] weights = Numbered(height * width * channels * filters), bias = Numbered(filters, 0.5f);
        int length = filters + MoreLanes;
        float[] repeated = new float[((height * width * channels) + 1) * length];
        RepeatedFilters.Write(ref weights[0], ref bias[0], height, width, channels, filters, ref repeated[0]);
        int i = 0;
        for (int column = 0; column < width; column++)
        for (int channel = 0; channel < channels; channel++)
        for (int line = 0; line < height; line++)
        for (int lane = 0; lane < length; lane++)
            Assert.Equal(weights[((((line * width) + column) * channels) + channel) * filters + (lane % filters)], repeated[i++]);
        for (int lane = 0; lane < length; lane++)
            Assert.Equal(bias[lane % filters], repeated[i++]);
        Assert.Equal(repeated.Length, i);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 3, 3, 3)]
    [InlineData(5, 2, 1, 6)]
    [InlineData(2, 4, 5, 17)]
    [InlineData(3, 1, 7, 31)]
    public void Flipped_filters_have_the_channels_as_filters(int height, int width, int channels, int filters)
    {
        float[] weights = Numbered(height * width * channels * filters);
        int length = channels + MoreLanes;
        float[] repeated = new float[height * width * filters * length];
        RepeatedFilters.WriteFlipped(ref weights[0], height, width, channels, filters, ref repeated[0]);
        int i = 0;
        for (int column = 0; column < width; column++)
        for (int filter = 0; filter < filters; filter++)
        for (int line = 0; line < height; line++)
        for (int lane = 0; lane < length; lane++)
            Assert.Equal(weights[(((((height - 1 - line) * width) + width - 1 - column) * channels) + (lane % channels)) * filters + filter], repeated[i++]);
        Assert.Equal(repeated.Length, i);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 2, 3, 3)]
    [InlineData(2, 4, 5, 17)]
    public void Gradients_of_repeated_filters_are_added_up(int height, int width, int channels, int filters)
    {
        int length = filters + MoreLanes;
        float[] sums = Numbered(height * width * channels * length), gradients = Numbered(height * width * channels * filters), before = [.. gradients];
        RepeatedFilters.AddGradients(ref sums[0], height, width, channels, filters, ref gradients[0]);
        for (int line = 0; line < height; line++)
        for (int column = 0; column < width; column++)
        for (int channel = 0; channel < channels; channel++)
        for (int filter = 0; filter < filters; filter++)
        {
            int row = ((((channel * width) + column) * height) + line) * length;
            int place = ((((line * width) + column) * channels) + channel) * filters + filter;
            Assert.Equal(before[place] + Enumerable.Range(0, length).Where(lane => lane % filters == filter).Sum(lane => sums[row + lane]), gradients[place]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 3)]
    [InlineData(200, 10)]
    public void Gradients_of_biases_are_those_of_all_columns(int columns, int filters)
    {
        float[] sums = Numbered(columns * filters), gradients = Numbered(filters, 0.25f);
        RepeatedFilters.AddBias(ref sums[0], columns, filters, ref gradients[0]);
        for (int filter = 0; filter < filters; filter++)
            Assert.Equal(filter + 1.25f + Enumerable.Range(0, columns).Sum(column => sums[(column * filters) + filter]), gradients[filter]);
    }

    // Whole numbers, or with the same fraction: their sums are exact.
    private static float[] Numbered(int length, float fraction = 0) => [.. Enumerable.Range(1, length).Select(i => i + fraction)];
}
