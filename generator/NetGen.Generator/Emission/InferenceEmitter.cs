using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>Prediction: what calls the inference kernels, and the memory they work in.</summary>
internal static class InferenceEmitter
{
    /// <summary>Floating-point operations from which on a batch is worth a second thread. For one sample, see <see cref="InferencePlan.IsShared"/>.</summary>
    private const long ParallelFlops = 4_000_000;

    public static string Write(NetworkPlan plan, IReadOnlyList<KernelSignature> kernels) => SourceFile.Write(
        plan.Model,
        [
            "using System;",
            "using System.Runtime.CompilerServices;",
            "using System.Runtime.InteropServices;",
            "using System.Runtime.Intrinsics;",
            "using NetGen;",
            "using NetGen.CompilerServices;",
        ],
        [],
        "",
        code =>
        {
            Surface(code, plan);
            MonteCarlo(code, plan);
            Chunk(code, plan);
            Parts(code, plan);
            Memory(code, plan);
            InferenceWorkspaceEmitter.Write(code, plan);
            Dispatch.Write(code, "Inference", kernels);
        });

    private static void Surface(CodeWriter code, NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        string name = model.Name;
        string what = plan.EndsInSoftmax ? "the probabilities of the classes" : "the outputs";
        long parallel = Math.Max(plan.Inference.HasShared ? 1 : 2, ParallelFlops / Math.Max(1, model.Flops));
        string sharing = parallel == 1
            ? "Batches, and the large layers of one sample, are"
            : Invariant($"Batches of {parallel} samples or more are");
        code.Lines(Invariant($"""
            [ThreadStatic]
            private static InferenceWorkspace? t_workspace;

            /// <summary>Computes {what} for one sample or a batch{(plan.HasDropout ? "; there is no dropout in this code" : "")}.</summary>
            /// <param name="input">Samples of <see cref="InputLength"/> values, {model.Input}, one after the other.</param>
            /// <param name="output">Where the outputs go, <see cref="OutputLength"/> values a sample.</param>
            /// <exception cref="ArgumentException">The input is no whole number of samples, or the output has another length than they need.</exception>
            /// <remarks>
            /// Threads may share the network. A thread's first call takes memory, and its first call with more threads; after that nothing is
            /// allocated. {sharing}
            /// shared among the processors; the outputs of a sample do not depend on that, nor on the rest of the batch.
            /// </remarks>
            [NetworkMember(NetworkMemberRole.Predict)]
            public void Predict(ReadOnlySpan<float> input, Span<float> output) =>
                Predict(input, output, {(parallel == 1 ? "0" : Invariant($"input.Length < {parallel}L * InputLength ? 1 : 0"))});

            /// <summary>Computes {what} with a given number of threads.</summary>
            /// <param name="input">Samples of <see cref="InputLength"/> values, {model.Input}, one after the other.</param>
            /// <param name="output">Where the outputs go, <see cref="OutputLength"/> values a sample.</param>
            /// <param name="threads">How many threads at most share the work; 0 for one on each processor.</param>
            /// <exception cref="ArgumentException">The input is no whole number of samples, or the output has another length than they need.</exception>
            /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
            [NetworkMember(NetworkMemberRole.Predict)]
            public void Predict(ReadOnlySpan<float> input, Span<float> output, int threads)
            """));
        using (code.Open())
        {
            code.Line($"int samples = BatchChecks.Samples(\"{name}\", input, InputLength, output, OutputLength);");
            code.Line("(t_workspace ??= new InferenceWorkspace()).Run(this, samples, input, output, threads);");
        }

        if (plan.EndsInSoftmax)
        {
            code.Gap();
            code.Lines($$"""
                /// <summary>The most probable class of one sample.</summary>
                /// <param name="input">One sample.</param>
                /// <exception cref="ArgumentException">The input is not one sample.</exception>
                /// <exception cref="InvalidOperationException">The outputs are not numbers: the network has diverged, or the input holds a NaN.</exception>
                public int Classify(ReadOnlySpan<float> input)
                {
                    BatchChecks.OneSample("{{name}}", input, InputLength);
                    InferenceWorkspace workspace = t_workspace ??= new InferenceWorkspace();
                    Predict(input, workspace.Probabilities);
                    return Heads.ArgMax(workspace.Probabilities);
                }
                """);
        }
    }

    private static void MonteCarlo(CodeWriter code, NetworkPlan plan)
    {
        code.Gap();
        code.Lines(Invariant($$"""
            /// <summary>
            /// Predicts with dropout on, again and again: the spread of the outputs tells how sure the network is (Gal and Ghahramani 2016).
            /// </summary>
            /// <param name="input">One sample of <see cref="InputLength"/> values.</param>
            /// <param name="passes">How many predictions; 2 or more.</param>
            /// <param name="seed">Decides what dropout drops.</param>
            /// <param name="mean">Where the mean of each output goes.</param>
            /// <param name="variance">Where the sample variance of each output goes.</param>
            /// <exception cref="ArgumentException">A length is wrong.</exception>
            /// <exception cref="ArgumentOutOfRangeException"><paramref name="passes"/> is less than 2.</exception>
            /// <remarks>Every call takes memory for up to {{InferencePlan.Chunk}} passes at a time.</remarks>
            public void PredictMonteCarlo(ReadOnlySpan<float> input, int passes, ulong seed, Span<float> mean, Span<float> variance)
            {
                MonteCarlo.Check("{{plan.Model.Name}}", input, InputLength, passes, mean, variance, OutputLength);
                TrainingPass pass = new(this, Math.Min(passes, InferenceMemory.Chunk), seed, 1);
                MonteCarlo spread = new(OutputLength);
                for (int done = 0; done < passes; done += pass.BatchSize)
                    spread.Add(pass.ForwardCopies(input, Math.Min(pass.BatchSize, passes - done)));
                spread.CopyTo(mean, variance);
            }
            """));
    }

    private static void Chunk(CodeWriter code, NetworkPlan network)
    {
        InferencePlan plan = network.Inference;
        int last = plan.Stages.Count;
        code.Gap();
        code.Line("/// <summary>Computes the outputs of up to <see cref=\"InferenceMemory.Chunk\"/> samples in one worker's memory.</summary>");
        string sharing = plan.HasShared ? ", InferenceWorkspace workspace, int threads" : "";
        using (code.Open($"private void PredictChunk(AlignedBuffer memory, int samples, ReadOnlySpan<float> input, Span<float> output{sharing})"))
        {
            code.Line("ref float x = ref MemoryMarshal.GetReference(input);");
            code.Line("ref float p = ref _parameters.Reference;");
            code.Line("ref float rows = ref memory.Reference;");
            if (network.IsUnrolled)
            {
                using (code.Open("if (samples == 1)"))
                {
                    code.Line("InferenceKernels.Unrolled(ref x, ref p, ref rows);");
                    Head(code, network, "", last);
                    code.Line("return;");
                }

                code.Gap();
            }

            for (int i = 0; i < last;)
            {
                if (plan.Stages[i] is DenseStage dense)
                {
                    string call = $"InferenceKernels.{dense.Name}({DenseArguments(network, i, dense)}, samples);";
                    if (InferencePlan.IsShared(dense))
                        Shared(code, dense, call);
                    else
                        code.Line(call);
                    i++;
                    continue;
                }

                int end = i;
                while (end < last && plan.Stages[end] is not DenseStage)
                    end++;
                PerSample(code, network, i, end);
                i = end;
            }

            using (code.Open("for (int sample = 0; sample < samples; sample++)"))
            {
                code.Line("ref float row = ref Unsafe.Add(ref rows, (nint)sample * InferenceMemory.RowLength);");
                Head(code, network, "sample", last);
            }
        }
    }

    /// <summary>What a dense kernel reads and writes.</summary>
    private static string DenseArguments(NetworkPlan network, int i, DenseStage dense)
    {
        InferencePlan plan = network.Inference;
        string source = i == 0 ? "ref x" : $"ref Unsafe.Add(ref rows, InferenceMemory.{ValueName(plan, i)})";
        return $"{source}, {Parameter(dense.WeightName, network)}, {Parameter(dense.BiasName, network)}, ref Unsafe.Add(ref rows, InferenceMemory.{ValueName(plan, i + 1)})";
    }

    private static void Shared(CodeWriter code, Stage stage, string alone)
    {
        code.Line("if (threads > 1)");
        code.Line(Invariant($"    WorkerPool.Run(workspace, InferenceWorkspace.{stage.Name}Stage, {InferencePlan.Parts(stage)}, threads, input, output);"));
        code.Line("else");
        code.Line("    " + alone);
    }

    /// <summary>The parts of the layers that threads share where there is only one sample.</summary>
    private static void Parts(CodeWriter code, NetworkPlan network)
    {
        InferencePlan plan = network.Inference;
        for (int i = 0; i < plan.Stages.Count; i++)
        {
            if (!InferencePlan.IsShared(plan.Stages[i]))
                continue;
            var stage = (WeightedStage)plan.Stages[i];
            bool isDense = stage is DenseStage;
            string call = isDense
                ? $"{stage.Name}Single({DenseArguments(network, i, (DenseStage)stage)}"
                : $"{stage.Name}({(i == 0 && plan.ReadsInput ? "ref image" : Value(plan, i, origin: false))}, {Parameter(stage.WeightName, network)}, {Parameter(stage.BiasName, network)}, {Value(plan, i + 1, origin: true)}";
            int size = isDense ? InferencePlan.PartPanels : InferencePlan.PartRows;
            int all = isDense ? RegisterTile.Panels(stage.Columns) : stage.Output.Height;
            bool readsInput = i == 0 && (isDense || plan.ReadsInput);
            code.Gap();
            code.Line($"/// <summary>{stage.Layers}: one part of its {(isDense ? "panels" : "rows")}, for one sample.</summary>");
            using (code.Open($"private void {stage.Name}Part(AlignedBuffer memory, int part{(readsInput ? ", ReadOnlySpan<float> input" : "")})"))
            {
                code.Line("ref float p = ref _parameters.Reference;");
                if (readsInput)
                    code.Line($"ref float {(isDense ? "x" : "image")} = ref MemoryMarshal.GetReference(input);");
                if (isDense)
                    code.Line("ref float rows = ref memory.Reference;");
                else if (plan.InRow[i + 1])
                    code.Line("ref float row = ref memory.Reference;");
                if (!isDense && !(readsInput && plan.InRow[i + 1]))
                    code.Line("ref float single = ref memory.At(InferenceMemory.Chunk * InferenceMemory.RowLength);");
                code.Line(Invariant($"int end = part == {InferencePlan.Parts(stage) - 1} ? {all} : {size} * (part + 1);"));
                code.Line(Invariant($"InferenceKernels.{call}, {size} * part, end);"));
            }
        }
    }

    private static void PerSample(CodeWriter code, NetworkPlan network, int begin, int end)
    {
        InferencePlan plan = network.Inference;
        bool single = Enumerable.Range(begin, end - begin + 1).Any(i => !plan.InRow[i] && !(i == 0 && plan.ReadsInput));
        if (single)
            code.Line("ref float single = ref memory.At(InferenceMemory.Chunk * InferenceMemory.RowLength);");
        using (code.Open("for (nint sample = 0; sample < samples; sample++)"))
        {
            code.Line("ref float row = ref Unsafe.Add(ref rows, sample * InferenceMemory.RowLength);");
            if (begin == 0)
                code.Line("ref float image = ref Unsafe.Add(ref x, sample * InputLength);");
            if (begin == 0 && !plan.ReadsInput)
                CopyRows(code, plan.Rasters[0], "image", Value(plan, 0, origin: true));
            for (int i = begin; i < end; i++)
            {
                Stage stage = plan.Stages[i];
                string source = i == 0 && plan.ReadsInput ? "ref image" : Value(plan, i, origin: false);
                string weights = stage is WeightedStage weighted
                    ? $", {Parameter(weighted.WeightName, network)}, {Parameter(weighted.BiasName, network)}" : "";
                string arguments = $"{source}{weights}, {Value(plan, i + 1, origin: true)}";
                if (InferencePlan.IsShared(stage))
                    Shared(code, stage, Invariant($"InferenceKernels.{stage.Name}({arguments}, 0, {stage.Output.Height});"));
                else
                    code.Line($"InferenceKernels.{stage.Name}({arguments});");
            }
        }

        code.Line();
    }

    /// <summary>Copies an image into the middle of its halo.</summary>
    public static void CopyRows(CodeWriter code, Raster raster, string source, string target)
    {
        code.Line($"ref float inside = {target};");
        if (raster.IsContiguous)
        {
            code.Line(Invariant($"MemoryMarshal.CreateReadOnlySpan(ref {source}, {raster.Extent.Length}).CopyTo(MemoryMarshal.CreateSpan(ref inside, {raster.Extent.Length}));"));
            return;
        }

        int run = raster.Extent.Width * raster.Extent.Channels;
        using (code.Open(Invariant($"for (nint line = 0; line < {raster.Extent.Height}; line++)")))
            code.Line(Invariant($"MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref {source}, {run} * line), {run}).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref inside, {raster.RowStride} * line), {run}));"));
    }

    private static void Head(CodeWriter code, NetworkPlan network, string sample, int last)
    {
        string row = sample.Length == 0 ? "rows" : "row";
        string name = ValueName(network.Inference, last);
        string target = sample.Length == 0 ? "output" : $"output.Slice({sample} * OutputLength, OutputLength)";
        string source = $"MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref {row}, InferenceMemory.{name}), OutputLength)";
        code.Line(network.EndsInSoftmax ? $"Heads.Softmax({source}, {target});" : $"{source}.CopyTo({target});");
    }

    private static void Memory(CodeWriter code, NetworkPlan network)
    {
        InferencePlan plan = network.Inference;
        code.Gap();
        code.Line("/// <summary>The plan of a worker's memory, in floats: a row for each sample of a chunk, then the values that exist for one sample only.</summary>");
        using (code.Open("private static class InferenceMemory"))
        {
            code.Line(Invariant($"internal const int Chunk = {InferencePlan.Chunk};"));
            code.Line(Invariant($"internal const int RowLength = {plan.RowLength};"));
            code.Line(Invariant($"internal const int SampleLength = {plan.SampleLength};"));
            for (int i = plan.ReadsInput ? 1 : 0; i < plan.Rasters.Length; i++)
                code.Line(Invariant($"internal const int {ValueName(plan, i)} = {plan.Offsets[i]}; // {plan.Rasters[i].Extent}{HaloText(plan.Rasters[i])}, {(plan.InRow[i] ? "in the row" : "one sample")}"));
        }
    }

    /// <summary>The name of a value in the memory plan: the stage that computes it.</summary>
    public static string ValueName(StagePlan plan, int i) => i == 0 ? "NetworkInput" : plan.Stages[i - 1].Name;

    public static string HaloText(Raster raster) => raster.Halo.IsEmpty
        ? ""
        : Invariant($" in a halo of {raster.Halo.Top} above, {raster.Halo.Left} left, {raster.Halo.Bottom} below, {raster.Halo.Right} right");

    public static string Parameter(string fullName, NetworkPlan plan) =>
        $"ref Unsafe.Add(ref p, ParameterOffsets.{plan.Parameters[fullName].Identifier})";

    private static string Value(InferencePlan plan, int i, bool origin)
    {
        string offset = "InferenceMemory." + ValueName(plan, i);
        int inside = origin ? plan.Rasters[i].Origin : 0;
        string memory = plan.InRow[i] ? "row" : "single";
        return inside == 0 ? $"ref Unsafe.Add(ref {memory}, {offset})" : Invariant($"ref Unsafe.Add(ref {memory}, {offset} + {inside})");
    }
}
