using NetGen.CompilerServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Bytes;

/// <summary>Bytes become floats, rounded once.</summary>
[Trait("Category", "Numeric")]
public sealed class ByteCopyTests
{
    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(1 / 255f, 0f)]
    [InlineData(1 / 127.5f, -1f)]
    [InlineData(-0.1f, 1e6f)]
    public void EveryLengthHasTheBitsOfOneByte(float scale, float offset)
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)(i * 91))];
        float[] expected = [.. bytes.Select(value => MathF.FusedMultiplyAdd(value, scale, offset))];
        foreach (int length in Enumerable.Range(0, 70).Append(256))
        {
            float[] actual = new float[length + 1];
            actual[length] = float.NaN;
            ByteCopy.Run(ref bytes[0], ref actual[0], length, scale, offset);
            Close.SameBits("values", expected.AsSpan(0, length), actual.AsSpan(0, length));
            Assert.True(float.IsNaN(actual[length]));
        }
    }

    [Fact]
    public void BytesInASpanOfFloatsStayWhatTheyAre()
    {
        byte[] bytes = [3, 1, 4, 1, 5];
        Assert.Equal(bytes, ByteSpan.Unwrap(ByteSpan.Wrap(bytes)).ToArray());
        Assert.Equal([4, 1], ByteSpan.Unwrap(ByteSpan.Slice(ByteSpan.Wrap(bytes), 2, 2)).ToArray());
        Assert.True(ByteSpan.Wrap(default).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteSpan.Slice(ByteSpan.Wrap(bytes), 4, 2).Length);
    }
}
