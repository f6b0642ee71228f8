using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Allocation;

/// <summary>No network that the tests have allocates anything in prediction or training steps, on any thread of its process.</summary>
public sealed class AllNetworksTests
{
    [Fact]
    public void NothingIsAllocated()
    {
        using TestProcess process = new([AllocationCount.Command], ("DOTNET_TieredCompilation", "0"));
        string[] lines = process.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal([$"{AllocationCount.Networks.Count} networks"], lines);
        Assert.InRange(AllocationCount.Networks.Count, 80, int.MaxValue);
    }

    /// <summary>The count itself: an allocation on the caller's thread, or on another, in one of the calls.</summary>
    [Theory]
    [InlineData("own")]
    [InlineData("other")]
    public void AnAllocationIsSeen(string thread)
    {
        using TestProcess process = new([AllocationCount.Command, thread], ("DOTNET_TieredCompilation", "0"));
        string[] lines = process.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([$"{thread}, call 7: 24 bytes"], lines);
    }
}
