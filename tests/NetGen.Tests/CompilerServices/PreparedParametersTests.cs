using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>Values that are computed once for each version of the parameters, and shared by all threads without locks.</summary>
public sealed class PreparedParametersTests
{
    private const int Length = 64;

    [Fact]
    public void ABlockIsFilledOnceForAVersion()
    {
        var prepared = new PreparedParameters();
        PreparedParameters.Block first = Fill(prepared, 1);
        Assert.Same(first, prepared.Take(1, Length, out bool isFilled));
        Assert.True(isFilled);
    }

    [Fact]
    public void ABlockThatIsReadIsNotWritten()
    {
        var prepared = new PreparedParameters();
        PreparedParameters.Block first = Fill(prepared, 1);
        Fill(prepared, 2).EndReading();
        PreparedParameters.Block third = Fill(prepared, 3);
        Assert.NotSame(first, third);
        Assert.All(first.Values.Span.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void BlocksAreUsedAgain()
    {
        var prepared = new PreparedParameters();
        HashSet<PreparedParameters.Block> blocks = [];
        for (int version = 1; version <= 20; version++)
        {
            PreparedParameters.Block block = Fill(prepared, version);
            block.EndReading();
            blocks.Add(block);
        }

        Assert.Equal(2, blocks.Count);
    }

    [Fact]
    public void ThreadsThatReadSeeOneVersionWhole()
    {
        const int versions = 20_000;
        var prepared = new PreparedParameters();
        long current = 1;
        int torn = 0;
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref current) < versions)
            {
                long version = Volatile.Read(ref current);
                PreparedParameters.Block block = prepared.Take(version, Length, out bool isFilled);
                if (!isFilled)
                    Publish(prepared, block, version);
                foreach (float value in block.Values.Span)
                {
                    if (value != version)
                        Interlocked.Increment(ref torn);
                }

                block.EndReading();
            }
        }))];
        foreach (Thread reader in readers)
            reader.Start();
        while (Volatile.Read(ref current) < versions)
            Volatile.Write(ref current, current + 1);
        foreach (Thread reader in readers)
            reader.Join();
        Assert.Equal(0, torn);
    }

    private static PreparedParameters.Block Fill(PreparedParameters prepared, long version)
    {
        PreparedParameters.Block block = prepared.Take(version, Length, out bool isFilled);
        Assert.False(isFilled);
        Publish(prepared, block, version);
        return block;
    }

    private static void Publish(PreparedParameters prepared, PreparedParameters.Block block, long version)
    {
        block.Values.Span.Fill(version);
        prepared.Publish(block, version);
    }
}
