using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class MonteCarloTests
{
    [Fact]
    public void Gives_mean_and_sample_variance()
    {
        var spread = new MonteCarlo(2);
        spread.Add([1, 10, 2, 10]);
        spread.Add([3, 10]);
        spread.Add([]);
        spread.Add([6, 10]);
        float[] mean = new float[2], variance = new float[2];
        spread.CopyTo(mean, variance);
        Assert.Equal([3, 10], mean);
        Assert.Equal((4 + 1 + 0 + 9) / 3f, variance[0], 1e-6f);
        Assert.Equal(0, variance[1]);
    }

    [Fact]
    public void A_small_spread_around_a_large_mean_is_not_lost()
    {
        var spread = new MonteCarlo(1);
        for (int i = 0; i < 1000; i++) spread.Add([i % 2 == 0 ? 4096.5f : 4095.5f]);
        float[] mean = new float[1], variance = new float[1];
        spread.CopyTo(mean, variance);
        Assert.Equal(4096f, mean[0]);
        Assert.Equal(0.25 * 1000 / 999, variance[0], 1e-6);
    }

    [Fact]
    public void Messages_say_what_was_expected_and_what_they_got()
    {
        Assert.Equal("Net takes 3 values, but got 6. (Parameter 'input')", Fault(6, 2, 1, 1));
        Assert.Equal("Net gives 1 values, but got 2. (Parameter 'mean')", Fault(3, 2, 2, 1));
        Assert.Equal("Net gives 1 values, but got 0. (Parameter 'variance')", Fault(3, 2, 1, 0));
        Assert.StartsWith("A mean and a variance need 2 passes or more", Fault(3, 1, 1, 1));
    }

    private static string Fault(int input, int passes, int mean, int variance) => Assert.ThrowsAny<ArgumentException>(
        () => MonteCarlo.Check("Net", new float[input], 3, passes, new float[mean], new float[variance], 1)).Message;
}
