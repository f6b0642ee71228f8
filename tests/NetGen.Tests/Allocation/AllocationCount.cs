using System.Reflection;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;

namespace NetGen.Tests.Allocation;

/// <summary>
/// Counts, in a process of its own and with tiered compilation off, what each call of each network allocates on any thread. Only then is it
/// exactly zero, because the test runner and two threads of the runtime allocate, too. Traces show the finalizer's: 24 bytes for each method
/// that reflection had emitted (<c>DynamicResolver.Finalize</c>), some hundred for trimming array pools; so finalizers run before the count.
/// The other is the one that compiles methods again: now and then 24 bytes, and never any with tiered compilation off.
/// </summary>
internal static class AllocationCount
{
    /// <summary>The argument that starts it.</summary>
    public const string Command = "allocations";

    private const int Calls = 20;

    public static IReadOnlyList<Type> Networks { get; } =
    [
        .. new[] { typeof(AllocationCount).Assembly, typeof(LeNetLike).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<NetworkAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Writes a line for each call that allocates, and the number of networks; or only counts one that does.</summary>
    /// <param name="control">The thread of an allocation to count: "own" or "other"; null for the networks.</param>
    public static void Run(string? control)
    {
        if (control is not null)
        {
            CountControl(control);
            return;
        }

        foreach (Type type in Networks)
            Count(type);
        Console.Write($"{Networks.Count} networks\n");
    }

    private static void Count(Type type)
    {
        const int Batch = 13, Threads = 3;
        AnyNetwork network = AnyNetwork.Create(type, seed: 1);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        float[] outputs = new float[Batch * network.OutputLength];
        float[] targets = Draw.Probabilities(Batch, network.OutputLength, 2);
        int[] labels = Draw.Labels(Batch, network.OutputLength, 3);
        ITrainingPass pass = network.BeginTraining(Batch, seed: 1, Threads);
        var optimizer = new Adam(0.001f);
        Predictor predictor = network.Network.CreatePredictor(Batch, Threads);

        Count($"{type.Name}, a sample", () => network.Predict(inputs.AsSpan(0, network.InputLength), outputs.AsSpan(0, network.OutputLength)));
        Count($"{type.Name}, a batch", () => network.Network.Predict(inputs, outputs, Threads));
        Count($"{type.Name}, a predictor", () => predictor.Predict(inputs, outputs));
        Count($"{type.Name}, a training step", () =>
        {
            if (network.Loss == Loss.CrossEntropy)
                pass.Forward(inputs, labels);
            pass.Forward(inputs, targets);
            pass.Backward();
            optimizer.Step(pass);
        });
    }

    private static void CountControl(string thread)
    {
        object? kept = null;
        int calls = 0;
        using SemaphoreSlim asked = new(0), done = new(0);
        Thread other = new(() =>
        {
            asked.Wait();
            kept = new object();
            done.Release();
        }) { IsBackground = true };
        other.Start();
        Count(thread, () =>
        {
            // The two calls before the count are calls, too.
            if (++calls != 9)
                return;
            if (thread == "own")
            {
                kept = new object();
                return;
            }

            asked.Release();
            while (!done.Wait(0))
                Thread.SpinWait(1);
        });
        GC.KeepAlive(kept);
    }

    private static void Count(string what, Action action)
    {
        action();
        action();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Span<long> bytes = stackalloc long[Calls];
        for (int call = 0; call < Calls; call++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            bytes[call] = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        for (int call = 0; call < Calls; call++)
        {
            if (bytes[call] != 0)
                Console.Write($"{what}, call {call + 1}: {bytes[call]} bytes\n");
        }
    }
}
