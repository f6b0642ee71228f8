using Xunit;

namespace NetGen.Tests.Display;

public class TerminalWidthTests
{
    [Fact]
    public void TheWindowDecides() => Assert.Equal(132, TerminalWidth.Of(redirected: false, () => 132));

    [Fact]
    public void AFileHas80Columns() => Assert.Equal(80, TerminalWidth.Of(redirected: true, () => 132));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void AWindowWithoutSizeHas80Columns(int width) => Assert.Equal(80, TerminalWidth.Of(redirected: false, () => width));

    [Fact]
    public void AConsoleThatFailsHas80Columns()
    {
        Assert.Equal(80, TerminalWidth.Of(redirected: false, () => throw new IOException()));
        Assert.Equal(80, TerminalWidth.Of(redirected: false, () => throw new PlatformNotSupportedException()));
    }
}
