using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>The steps of a training allocate nothing, whatever is switched on.</summary>
public class FitAllocationTests
{
    [Fact]
    public void NoStepAllocates()
    {
        // In a process of its own, because the test runner allocates, too.
        using TestProcess process = new([FitAllocation.Command], ("DOTNET_TieredCompilation", "0"));
        string text = process.ReadToEnd();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("0 bytes in 600 steps", text.Trim());
    }
}

/// <summary>The program of <see cref="FitAllocationTests"/>.</summary>
internal static class FitAllocation
{
    /// <summary>The argument that starts it.</summary>
    public const string Command = "fit allocations";

    /// <summary>Counts what all threads allocate in the steps of trainings, but for the first two epochs, in which the runtime allocates, and what happens between epochs.</summary>
    public static void Run()
    {
        long bytes = 0;
        int steps = 0;
        foreach (ISampleSource source in new ISampleSource[] { FitData.Images(160, 1), new Endless() })
        {
            long before = 0;
            new ImageNet(1).Fit(source, new FitOptions
            {
                Epochs = 32,
                BatchSize = 16,
                Threads = 2,
                Optimizer = new AdamW(1e-3f) { ClipNorm = 1, ClipValue = 0.5f, L1 = 1e-5f },
                Schedule = Schedules.Cosine(1e-3f, 31),
                ClassWeights = [1, 2, 1, 1],
                AccumulatedBatches = 2,
                NonFinite = NonFiniteAction.SkipBatch,
                Metrics = [new F1Score(), new TopKAccuracy(2), new RocAuc()],
                Callbacks =
                [
                    new LearningRateLog(),
                    new ProgressReport(steps: new Nothing()),
                    new EventCount
                    {
                        OnEpoch = () => before = GC.GetTotalAllocatedBytes(precise: true),
                        OnStep = training =>
                        {
                            if (training.Epoch <= 2 || training.Step < training.Steps)
                                return;
                            bytes += GC.GetTotalAllocatedBytes(precise: true) - before;
                            steps += training.Steps;
                        },
                    },
                ],
            });
        }

        Console.WriteLine(FormattableString.Invariant($"{bytes} bytes in {steps} steps"));
    }

    private sealed class Nothing : IProgress<StepResult>
    {
        public void Report(StepResult value)
        {
        }
    }

    private sealed class EventCount : TrainingCallback
    {
        public required Action OnEpoch { get; init; }

        public required Action<TrainingContext> OnStep { get; init; }

        public override void EpochStarted(TrainingContext training) => OnEpoch();

        public override void StepCompleted(TrainingContext training) => OnStep(training);
    }

    /// <summary>Samples that are computed when they are read.</summary>
    private sealed class Endless : ISampleSource
    {
        public int Count => 160;

        public int InputLength => 36;

        public int ClassCount => 4;

        public int TargetLength => 0;

        public void Read(Sample sample)
        {
            sample.Label = sample.Index % 4;
            for (int i = 0; i < sample.Input.Length; i++)
                sample.Input[i] = i % 4 == sample.Label ? 1 : 0.01f * (sample.Epoch % 7);
        }
    }
}
