using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>How the weights of a layer are cut into parts, whose gradients are computed one by one.</summary>
public sealed class WholeBatchWeightsTests
{
    /// <summary>The parts of the weights cover them, without overlap.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(33, 70, 2)]
    [InlineData(784, 1024, 3)]
    [InlineData(64, 10, 2)]
    [InlineData(100, 33, 4)]
    [InlineData(300, 5, 8)]
    [InlineData(5_000_000, 1, 156_250 / 8)]
    public void PartsCoverTheWeights(int rows, int columns, int blocks)
    {
        const int offset = 100;
        var weights = new WholeBatchWeights(offset, rows, columns, blocks);
        int end = offset;
        foreach (WeightPart part in Enumerable.Range(0, weights.Items).Select(weights.PartOf).OrderBy(part => part.Offset))
        {
            Assert.Equal(end, part.Offset);
            Assert.InRange(part.Length, 1, weights.LargestPart);
            end += part.Length;
        }

        Assert.Equal(offset + (rows * columns), end);
    }
}
