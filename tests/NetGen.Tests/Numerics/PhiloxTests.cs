using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.Numerics;

public sealed class PhiloxTests
{
    // The philox4x32-10 lines of tests/kat_vectors in Random123 (D. E. Shaw Research), the authors' own library.
    [Theory]
    [InlineData(
        0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x0000000000000000ul,
        0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xfffffffffffffffful,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Gives_the_published_known_answers(
        uint c0, uint c1, uint c2, uint c3, ulong key, uint r0, uint r1, uint r2, uint r3)
    {
        Philox.Block(key, ref c0, ref c1, ref c2, ref c3);
        Assert.Equal([r0, r1, r2, r3], new[] { c0, c1, c2, c3 });
    }
}
