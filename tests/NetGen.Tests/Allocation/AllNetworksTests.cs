using System.Reflection;
using NetGen.CompilerServices;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Allocation;

/// <summary>No network that the tests have allocates anything in prediction or training steps, on any thread of the process.</summary>
/// <remarks>At one vector width only: where vectors are emulated, a call takes so long that the test runner always allocates meanwhile.</remarks>
[Collection(nameof(Alone))]
public sealed class AllNetworksTests
{
    private const int Threads = 3;

    private static readonly Dictionary<string, Type> s_networks = new[] { typeof(AllNetworksTests).Assembly, typeof(LeNetLike).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<NetworkAttribute>() is not null)
        .ToDictionary(type => type.FullName!);

    public static TheoryData<string> Names => [.. s_networks.Keys];

    [Fact]
    public void AllNetworksAreFound() => Assert.InRange(s_networks.Count, 80, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsAllocated(string name)
    {
        const int Batch = 13;
        AnyNetwork network = AnyNetwork.Create(s_networks[name], seed: 1);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        float[] outputs = new float[Batch * network.OutputLength];
        float[] targets = Draw.Probabilities(Batch, network.OutputLength, 2);
        int[] labels = Draw.Labels(Batch, network.OutputLength, 3);
        ITrainingPass pass = network.BeginTraining(Batch, seed: 1, Threads);
        var optimizer = new Adam(0.001f);

        Check("prediction of a sample", () => network.Predict(inputs.AsSpan(0, network.InputLength), outputs.AsSpan(0, network.OutputLength)));
        Check("prediction of a batch", () => network.Predict(inputs, outputs));
        Check("training step", () =>
        {
            if (network.Loss == Loss.CrossEntropy)
                pass.Forward(inputs, labels);
            pass.Forward(inputs, targets);
            pass.Backward();
            optimizer.Step(pass);
        });
    }

    /// <summary>
    /// Counts what the caller and the workers allocate in several calls, and the whole process in one; the least of some attempts, because
    /// others allocate too: the test runner, and the runtime, now and then 24 bytes on the thread on which it compiles methods again. The
    /// count of a thread may also jump by what it has reserved, up to 8 KB, when memory is collected.
    /// </summary>
    private static void Check(string what, Action action)
    {
        const int Calls = 5, Attempts = 20;
        action();
        action();
        long poolBytes = long.MaxValue;
        long processBytes = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && (poolBytes > 0 || processBytes > 0); attempt++)
        {
            long poolBefore = PoolBytes.Count();
            for (int call = 0; call < Calls; call++)
            {
                long processBefore = GC.GetTotalAllocatedBytes(precise: true);
                action();
                processBytes = Math.Min(processBytes, GC.GetTotalAllocatedBytes(precise: true) - processBefore);
            }

            poolBytes = Math.Min(poolBytes, PoolBytes.Count() - poolBefore);
        }

        Assert.True(poolBytes == 0, $"{what}: the caller and the workers allocated {poolBytes} bytes");
        Assert.True(processBytes == 0, $"{what}: the process allocated {processBytes} bytes in each call");
    }

    /// <summary>Counts what the caller and the workers have allocated since they began, without allocating anything.</summary>
    private sealed class PoolBytes : IParallelWork
    {
        private static readonly PoolBytes s_work = new();

        private readonly long[] _bytes = new long[Threads];
        private int _begun;

        public static long Count()
        {
            s_work._begun = 0;
            WorkerPool.Run(s_work, 0, Threads, Threads);
            long sum = 0;
            foreach (long bytes in s_work._bytes)
                sum += bytes;
            return sum;
        }

        public void Execute(int stage, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            // No item ends before all have begun, so that each is on another thread.
            Interlocked.Increment(ref _begun);
            SpinWait wait = default;
            while (Volatile.Read(ref _begun) < Threads)
                wait.SpinOnce(sleep1Threshold: -1);
            _bytes[worker] = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
