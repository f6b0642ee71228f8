using System.Collections.Immutable;

using NetGen.Tests.Kernels;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>
/// Gradients of large weights wait until an optimizer's step, which uses each part at once, or until somebody reads them. Numbers must not depend on it: they are compared, bit for bit, with those of a
/// pass whose gradients were read before, so that it stores them.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class WaitingGradientsTests
{
    private const int Batch = 21;

    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["sgd"] = () => new Sgd(0.1f),
        ["momentum"] = () => new Sgd(0.05f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.01f },
        ["adam"] = () => new Adam(0.001f),
        ["adamw"] = () => new AdamW(0.003f) { WeightDecay = 0.3f },
        ["rmsprop"] = () => new RmsProp(0.003f) { Momentum = 0.5f, Centered = true },
        ["adagrad"] = () => new Adagrad(0.05f),
        ["value"] = () => new Adam(0.01f) { ClipValue = 0.001f },
        ["norm"] = () => new Sgd(0.1f) { ClipNorm = 0.5f },
        ["penalties"] = () => new Sgd(0.1f) { Momentum = 0.5f, L1 = 0.01f, L2 = 0.03f },
        ["largest norm"] = () => new Sgd(0.1f) { MaxNorm = 0.5f },
        ["factors"] = () => new Adam(0.01f) { L2 = 0.1f, LearningRateFactors = { ["dense1"] = 0.1f, ["dense2.weight"] = 3, ["dense2.bias"] = 0 } },
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void StepsHaveTheSameBits(string name) => SameBits<Large>(Optimizers[name], Batch, threads: 1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(7, 2)]
    [InlineData(40, 3)]
    public void BatchesAndThreadsHaveTheSameBits(int batch, int threads)
    {
        SameBits<Large>(Optimizers["momentum"], batch, threads);
        SameBits<Large>(Optimizers["momentum"], batch, threads, capacity: batch + 13);
        SameBits<LargeWithDropout>(Optimizers["adam"], batch, threads);
        SameBits<LargeAlone>(Optimizers["momentum"], batch, threads);
        SameBits<LargeLast>(Optimizers["adam"], batch, threads);
        SameBits<LargeOfFewInputs>(Optimizers["momentum"], batch, threads);
    }

    [Fact]
    public void OnlyLargeWeightsWait()
    {
        Assert.True(Waits(new Large(Trial.InitialSeed)));
        Assert.True(Waits(new LargeOfFewInputs(Trial.InitialSeed)));
        Assert.False(Waits(new LongRows(Trial.InitialSeed)));
        Assert.False(Waits(new LargeFrozenFirst(Trial.InitialSeed)));

        static bool Waits<TNetwork>(TNetwork network) where TNetwork : class, INetwork<TNetwork>
        {
            var trial = new Trial(AnyNetwork.Of(network), Batch);
            trial.Differentiate(0);
            return ((IRunnerPass)trial.Pass).Runner.GradientsWait;
        }
    }

    [Fact]
    public void TheyCanBeReadBeforeAndAfterTheStep()
    {
        Trial stored = Trial.Of<Large>(Batch, stores: true), before = Trial.Of<Large>(Batch), after = Trial.Of<Large>(Batch);
        foreach (Trial trial in (Trial[])[stored, before, after]) trial.Differentiate(0);
        Close.SameBits("before the step", stored.Pass.Gradients, before.Pass.Gradients);
        foreach (Trial trial in (Trial[])[stored, before, after]) trial.Optimizer.Step(trial.Pass);
        Close.SameBits("after the step", stored.Pass.Gradients, after.Pass.Gradients);
        Close.SameBits("parameters", stored.Network.Parameters, before.Network.Parameters);
        Close.SameBits("parameters", stored.Network.Parameters, after.Network.Parameters);
    }

    [Fact]
    public void TheyCanBeReadAfterTheNextForwardIfNoStepUsedThem()
    {
        SameGradients<Large>(trial =>
        {
            trial.Differentiate(0);
            trial.Forward(1);
        });
    }

    /// <summary>A step that evaluates another batch between backward and the update.</summary>
    [Fact]
    public void AStepAfterTheNextForwardUsesThem()
    {
        SameParameters<Large>(trial =>
        {
            trial.Differentiate(0);
            trial.Forward(1);
            trial.Optimizer.Step(trial.Pass);
        });
    }

    [Fact]
    public void TwoStepsUseTheSameGradients()
    {
        SameParameters<Large>(trial =>
        {
            trial.Differentiate(0);
            trial.Optimizer.Step(trial.Pass);
            trial.Optimizer.Step(trial.Pass);
        });
    }

    [Fact]
    public void GradientsWithRespectToTheInputsLeaveThemAsTheyAre()
    {
        SameParameters<LargeWithDropout>(trial =>
        {
            trial.Differentiate(0);
            trial.Pass.InputGradients(new float[Batch * trial.Network.InputLength]);
            trial.Optimizer.Step(trial.Pass);
        });
    }

    /// <summary>Who has read the gradients once may keep the span: it has the gradients of each backward computation, and the step uses what is written to it.</summary>
    [Fact]
    public void ASpanThatWasReadEarlierStaysInUse()
    {
        Trial stored = Trial.Of<Large>(Batch, stores: true), kept = Trial.Of<Large>(Batch);
        Span<float> gradients = kept.Pass.Gradients;
        for (int step = 0; step < 3; step++)
        {
            stored.Differentiate(step);
            kept.Differentiate(step);
            Close.SameBits("gradients", stored.Pass.Gradients, gradients);
        }

        gradients.Clear();
        float[] parameters = kept.Network.Parameters.ToArray();
        kept.Optimizer.Step(kept.Pass);
        Close.SameBits("parameters after a step with gradients that are all 0", parameters, kept.Network.Parameters);
    }

    [Fact]
    public void TheyDoNotExistBetweenForwardAndBackwardAfterAStep()
    {
        Trial trial = Trial.Of<Large>(Batch);
        trial.Differentiate(0);
        trial.Optimizer.Step(trial.Pass);
        trial.Forward(1);
        float[] parameters = trial.Network.Parameters.ToArray();

        Assert.Contains("no longer exist", Assert.Throws<InvalidOperationException>(() => trial.Pass.Gradients.Length).Message, StringComparison.Ordinal);
        Assert.Contains("Call Backward first", Assert.Throws<InvalidOperationException>(() => trial.Optimizer.Step(trial.Pass)).Message, StringComparison.Ordinal);
        Close.SameBits("parameters", parameters, trial.Network.Parameters);
        Assert.Equal(1, trial.Optimizer.StepCount);

        trial.Pass.Backward();
        trial.Optimizer.Step(trial.Pass);
        Assert.Equal(2, trial.Optimizer.StepCount);
    }

    /// <summary>An optimizer that does not belong to the network changes nothing, and the gradients still wait.</summary>
    [Fact]
    public void AStepThatFailsLeavesThem()
    {
        Trial stored = Trial.Of<Large>(Batch, stores: true), waiting = Trial.Of<Large>(Batch);
        Trial other = Trial.Of<Large>(Batch);
        other.Differentiate(0);
        other.Optimizer.Step(other.Pass);
        foreach (Trial trial in (Trial[])[stored, waiting]) trial.Differentiate(0);
        Assert.Throws<InvalidOperationException>(() => other.Optimizer.Step(waiting.Pass));
        foreach (Trial trial in (Trial[])[stored, waiting]) trial.Forward(1);
        Close.SameBits("gradients", stored.Pass.Gradients, waiting.Pass.Gradients);
    }

    [Fact]
    public void AnOptimizerOfTheUserUpdatesEveryParameterOnce()
    {
        Trial trial = Trial.Of<Large>(Batch, threads: 3);
        var counting = new Counting();
        trial.Differentiate(0);
        counting.Step(trial.Pass);
        foreach (ParameterInfo parameter in trial.Network.Trained)
        {
            Assert.All(counting.Counts.Slice(parameter.Offset, parameter.Length).ToArray(), count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        Trial trial = Trial.Of<Large>(Batch, threads: 2);
        trial.Differentiate(0);
        trial.Optimizer.Step(trial.Pass);
        float[] inputs = trial.Inputs(1), targets = trial.Targets(1);
        Assert.Equal(0, Allocated.ByThread(() =>
        {
            trial.Pass.Forward(inputs, targets);
            trial.Pass.Backward();
            trial.Optimizer.Step(trial.Pass);
        }));
    }

    /// <summary>The optimizer of the user reads and changes the gradients at the beginning of the step, or limits their norm.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatAnOptimizerDoesAtTheBeginningOfAStepCounts(bool stores)
    {
        Trial trial = Trial.Of<Large>(Batch, stores: stores), limited = Trial.Of<Large>(Batch, stores: stores);
        float[] before = trial.Network.Parameters.ToArray();
        trial.Differentiate(0);
        new Changing(() => trial.Pass.Gradients.Clear()).Step(trial.Pass);
        Close.SameBits("parameters after a step with gradients that are all 0", before, trial.Network.Parameters);
        trial.Forward(1);
        Assert.Equal(-1, trial.Pass.Gradients.IndexOfAnyExcept(0));

        limited.Differentiate(0);
        var limiting = new Changing(null);
        limiting.Step(limited.Pass);
        Assert.True(limiting.GradientNorm > 0);
    }

    [Fact]
    public void AnOptimizerThatFailsInTheMiddleOfAStepLeavesThem()
    {
        SameGradients<Large>(trial =>
        {
            trial.Differentiate(0);
            Assert.Throws<NotSupportedException>(() => new Failing().Step(trial.Pass));
            trial.Forward(1);
        });
    }

    [Fact]
    public void SeveralOptimizersUseThem()
    {
        SameParameters<Large>(trial =>
        {
            trial.Differentiate(0);
            trial.Optimizer.Step(trial.Pass);
            new Adam(0.01f).Step(trial.Pass);
        });
    }

    /// <summary>
    /// Fit asks before the step whether all gradients are finite. Packed values of moderate size answer that; a large one in any panel has the gradients stored, but only those of this batch.
    /// </summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(13, 299, 0)]
    [InlineData(5, 32, 0)]
    [InlineData(0, 0, 9)]
    [InlineData(13, 0, 3)]
    public void OnlyModerateValuesAreSafe(int sample, int input, int target)
    {
        const int samples = 14;
        Trial trial = Trial.Of<LargeAlone>(Batch, threads: 2);
        var check = new GradientCheck(2);
        trial.Network.SetAll(new float[trial.Network.Parameters.Length]);
        float[] inputs = Draw.Normal(samples * trial.Network.InputLength, 3), targets = Draw.Normal(samples * trial.Network.OutputLength, 4);
        Check(waits: true);

        ref float large = ref (target == 0 ? ref inputs[(sample * trial.Network.InputLength) + input] : ref targets[(sample * trial.Network.OutputLength) + target]);
        float moderate = large;
        large = target == 0 ? 1e15f : 1e19f;
        Check(waits: false);
        Assert.True(trial.Pass.Gradients.IndexOfAnyExcept(0) >= 0);
        large = moderate;

        // A smaller batch: what the larger one has left in the panels does not count.
        Trial other = Trial.Of<LargeAlone>(Batch);
        other.Network.SetAll(new float[other.Network.Parameters.Length]);
        float[] huge = new float[Batch * other.Network.InputLength];
        Array.Fill(huge, 1e15f, huge.Length - 1, 1);
        other.Pass.Forward(huge, new float[Batch * other.Network.OutputLength]);
        other.Pass.Backward();
        Assert.True(check.AllFinite(other.Pass));
        Assert.False(((IRunnerPass)other.Pass).Runner.GradientsWait);
        other.Pass.Forward(inputs, targets);
        other.Pass.Backward();
        Assert.True(check.AllFinite(other.Pass));
        Assert.True(((IRunnerPass)other.Pass).Runner.GradientsWait);

        void Check(bool waits)
        {
            trial.Pass.Forward(inputs, targets);
            trial.Pass.Backward();
            Assert.True(check.AllFinite(trial.Pass));
            Assert.Equal(waits, ((IRunnerPass)trial.Pass).Runner.GradientsWait);
        }
    }

    [Fact]
    public void FitAddsUpTheGradientsOfSeveralBatches()
    {
        Dataset data = Dataset.FromTargets(Draw.Normal(12 * LargeAlone.InputLength, 1), LargeAlone.InputLength, Draw.Normal(12 * LargeAlone.OutputLength, 2), LargeAlone.OutputLength);
        LargeAlone network = new(1), whole = new(1);
        network.Fit(data, new FitOptions { BatchSize = 4, AccumulatedBatches = 3, Shuffle = false, Optimizer = new Sgd(0.1f) });
        whole.Fit(data, new FitOptions { BatchSize = 12, Shuffle = false, Optimizer = new Sgd(0.1f) });
        Close.Check("parameters", [.. whole.Parameters.ToArray().Select(value => (double)value)], network.Parameters);
    }

    /// <summary>Does the same with a pass that stores gradients and with one where they wait, and compares the parameters.</summary>
    private static void SameParameters<TNetwork>(Action<Trial> run)
        where TNetwork : class, INetwork<TNetwork>
    {
        (Trial stored, Trial waiting) = RunBoth<TNetwork>(run);
        Close.SameBits("parameters", stored.Network.Parameters, waiting.Network.Parameters);
    }

    /// <summary>The same, and compares the gradients.</summary>
    private static void SameGradients<TNetwork>(Action<Trial> run)
        where TNetwork : class, INetwork<TNetwork>
    {
        (Trial stored, Trial waiting) = RunBoth<TNetwork>(run);
        Close.SameBits("gradients", stored.Pass.Gradients, waiting.Pass.Gradients);
    }

    private static (Trial Stored, Trial Waiting) RunBoth<TNetwork>(Action<Trial> run)
        where TNetwork : class, INetwork<TNetwork>
    {
        Trial stored = Trial.Of<TNetwork>(Batch, stores: true), waiting = Trial.Of<TNetwork>(Batch);
        run(stored);
        run(waiting);
        return (stored, waiting);
    }

    private static void SameBits<TNetwork>(Func<Optimizer> optimizer, int batch, int threads, int capacity = 0)
        where TNetwork : class, INetwork<TNetwork>
    {
        Trial stored = Trial.Of<TNetwork>(batch, stores: true, optimizer: optimizer()), waiting = Trial.Of<TNetwork>(batch, threads, optimizer: optimizer(), capacity: capacity);
        for (int step = 0; step < 3; step++)
        {
            stored.Differentiate(step);
            waiting.Differentiate(step);
            Assert.Equal(step == 0 || waiting.Optimizer.ClipNorm == float.PositiveInfinity, ((IRunnerPass)waiting.Pass).Runner.GradientsWait);
            stored.Optimizer.Step(stored.Pass);
            waiting.Optimizer.Step(waiting.Pass);
            string what = $"{typeof(TNetwork).Name}, step {step}";
            Close.SameBits(what, stored.Network.Parameters, waiting.Network.Parameters);
            foreach (string block in stored.Optimizer.StateNames)
                Close.SameBits($"{what}, {block}", stored.Optimizer.State(block), waiting.Optimizer.State(block));
            Assert.Equal(stored.Optimizer.GradientNorm, waiting.Optimizer.GradientNorm);
        }
    }

    /// <summary>Changes something at the beginning of a step; if there is nothing to change, it limits the norm.</summary>
    private sealed class Changing(Action? change) : Optimizer(1)
    {
        protected override void BeginStep()
        {
            if (change is null)
                ClipNorm = 1;
            else
                change();
        }

        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
        {
            for (int i = 0; i < parameters.Length; i++) parameters[i] -= gradients[i];
        }
    }

    private sealed class Failing() : Optimizer(1)
    {
        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate) => throw new NotSupportedException();
    }

    /// <summary>Counts how often each parameter is updated, in its state.</summary>
    private sealed class Counting() : Optimizer(1)
    {
        private static readonly ImmutableArray<string> Names = ["count"];

        public override ImmutableArray<string> StateNames => Names;

        public ReadOnlySpan<float> Counts => State(0);

        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
        {
            foreach (ref float count in State(0).Slice(offset, parameters.Length)) count++;
            Assert.Equal(parameters.Length, gradients.Length);
        }
    }
}
