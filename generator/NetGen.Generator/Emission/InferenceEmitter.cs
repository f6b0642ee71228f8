using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>Prediction: the memory of a thread, what calls the inference kernels, and the choice of kernels.</summary>
internal static class InferenceEmitter
{
    public static string Write(NetworkPlan plan, IReadOnlyList<KernelSignature> kernels) => SourceFile.WriteOwn(
        plan.Model,
        [
            "using global::System;",
            .. OwnTypes.Usings(
                "AlignedBuffer", "Heads", "INetwork", "IParallelWork", "IPredictionWorkspace", "Math", "MemoryMarshal", "MethodImpl", "MethodImplOptions",
                "PassChecks", "Predictor", "Unsafe", "Vector256", "Vector512", "WorkerPool", "nint"),
        ],
        code =>
        {
            InferenceWorkspaceEmitter.Write(code, plan, () =>
            {
                Chunk(code, plan);
                Parts(code, plan);
            });
            Memory(code, plan);
            Dispatch.Write(code, "Inference", kernels);
        });

    private static void Chunk(CodeWriter code, NetworkPlan network)
    {
        InferencePlan plan = network.Inference;
        int last = plan.Stages.Count;
        code.Gap();
        code.Line("/// <summary>Computes the outputs of up to <see cref=\"InferenceMemory.Chunk\"/> samples in one worker's memory.</summary>");
        using (code.Open("private void PredictChunk(AlignedBuffer memory, int samples, ReadOnlySpan<float> input, Span<float> output)"))
        {
            code.Line("ref float x = ref MemoryMarshal.GetReference(input);");
            code.Line("ref float p = ref _parameters!.Reference;");
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
        code.Line("if (_threads > 1)");
        code.Line(Invariant($"    WorkerPool.Run(this, {stage.Name}Stage, {InferencePlan.Parts(stage)}, _threads, input, output);"));
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
                code.Line("ref float p = ref _parameters!.Reference;");
                if (readsInput)
                    code.Line($"ref float {(isDense ? "x" : "image")} = ref MemoryMarshal.GetReference(input);");
                if (isDense)
                    code.Line("ref float rows = ref memory.Reference;");
                else if (plan.InRow[i + 1])
                    code.Line("ref float row = ref memory.Reference;");
                if (!isDense && !(readsInput && plan.InRow[i + 1]))
                    code.Line("ref float single = ref memory.At((nint)InferenceMemory.Chunk * InferenceMemory.RowLength);");
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
            code.Line("ref float single = ref memory.At((nint)InferenceMemory.Chunk * InferenceMemory.RowLength);");
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
                string weights = stage switch
                {
                    ConvolutionStage c => $", {Parameter(c.WeightName, network)}, {Parameter(c.BiasName, network)}",
                    PoolStage or ElementwiseStage => "",
                    _ => throw stage.UnknownKind(),
                };
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
        if (!network.EndsInSoftmax)
        {
            code.Line($"{source}.CopyTo({target});");
            return;
        }

        code.Line($"ReadOnlySpan<float> logits = {source};");
        code.Line($"Span<float> outputs = {target};");
        code.Line("if (_givesLogits)");
        code.Line("    logits.CopyTo(outputs);");
        code.Line("else");
        code.Line("    Heads.Softmax(logits, outputs);");
    }

    private static void Memory(CodeWriter code, NetworkPlan network)
    {
        InferencePlan plan = network.Inference;
        code.Gap();
        code.Line("/// <summary>The plan of a worker's memory, in floats: a row for each sample of a chunk, then the values that exist for one sample only.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class InferenceMemory"))
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
