using Xunit;

namespace NetGen.RandomNetworks;

/// <summary>A few random networks with fixed seeds. <see cref="Program"/> checks as many as it is told to.</summary>
public sealed class RandomNetworkTests
{
    [Fact]
    public void A_random_network_is_as_the_reference_for_any_number_of_threads()
    {
        var sweep = Sweep.Valid(count: 30, seed: 1);
        sweep.Check();

        // The others are too near a tie.
        Assert.InRange(sweep.Counts.Affirmed, 27, 30);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public void A_random_network_is_as_the_reference_with_Winograds_transforms(int tiles)
    {
        var sweep = Sweep.Valid(count: 20, seed: 4, winogradTiles: tiles);
        sweep.Check();
        Assert.InRange(sweep.Counts.Affirmed, 14, 20);
    }

    [Fact]
    public void Any_declaration_gives_a_network_or_an_error()
    {
        var sweep = Sweep.Any(count: 300, seed: 2);
        sweep.Check();

        // The others have an error.
        Assert.InRange(sweep.Counts.Affirmed, 50, 250);
    }
}
