using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Networks;

/// <summary>How batches are cut into shards.</summary>
public sealed class ShardTests
{
    private const int Largest = 2000;

    [Theory]
    [InlineData(8, 1)]
    [InlineData(32, 1)]
    [InlineData(32, 4)]
    public void ThreadsGetEquallyManyAndALargerBatchHasNoFewer(int shardSize, int minShards)
    {
        TrainingPlan plan = Plan(shardSize, minShards);
        int before = 1;
        for (int samples = 1; samples <= Largest; samples++)
        {
            int shards = plan.Shards(samples);
            Assert.True(shards == 1 || shards % 2 == 0, $"{samples} samples: {shards} shards");
            Assert.InRange(shards, before, Math.Min(32, samples));
            Assert.True(shards == 32 || shards * shardSize >= samples, $"{samples} samples: {shards} shards");
            Assert.Equal(0, plan.FixedShardSize(samples));
            before = shards;
        }
    }

    [Fact]
    public void LargeShardsAreCutForThreads() =>
        Assert.Equal([1, 2, 4, 4, 4, 6], new[] { 15, 16, 24, 64, 128, 129 }.Select(Plan(shardSize: 32, minShards: 4).Shards));

    /// <summary>Kernels that were generated earlier have tiles for just the shard size.</summary>
    [Fact]
    public void OlderNetworksHaveShardsOfOneSize()
    {
        TrainingPlan plan = Plan(shardSize: 8, minShards: 0);
        Assert.Equal([8, 8, 8, 9], new[] { 1, 50, 256, 257 }.Select(plan.FixedShardSize));
        Assert.Equal([1, 7, 32, 32], new[] { 1, 50, 256, 257 }.Select(plan.Shards));
    }

    /// <summary>Reductions merge the shards of a batch by one size.</summary>
    [Fact]
    public void NetworksWithReductionsHaveShardsOfOneSize()
    {
        TrainingPlan plan = Plan(shardSize: 8, minShards: 1, reductions: 2);
        for (int samples = 1; samples <= Largest; samples++)
        {
            int size = plan.FixedShardSize(samples);
            Assert.InRange((samples + size - 1) / size, 1, plan.Shards(samples));
        }
    }

    private static TrainingPlan Plan(int shardSize, int minShards, int reductions = 0) => new()
    {
        Network = "Net",
        Loss = Loss.MeanSquaredError,
        InputLength = 1,
        OutputLength = 1,
        ShardSize = shardSize,
        MinShards = minShards,
        MaxShards = 32,
        Reductions = reductions,
        ActivationsLength = 1,
        TrainedParameters = 0,
        ShardedParameters = 0,
        Output = 0,
        OutputGradient = 0,
    };
}
