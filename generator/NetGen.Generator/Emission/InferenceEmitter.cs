using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>Prediction: the memory of a thread, what calls the inference kernels, and the choice of kernels.</summary>
internal sealed class InferenceEmitter(CodeWriter code, NetworkPlan plan, PassKernels kernels)
{
    private const string SingleSample = "ref float single = ref memory.At((nint)InferenceMemory.Chunk * InferenceMemory.RowLength);";

    private readonly NetworkGraph _graph = plan.Inference;
    private readonly InferenceMemory _memory = plan.InferenceMemory;

    public static string Write(NetworkPlan plan, PassKernels kernels) => SourceFile.WriteOwn(
        plan.Model,
        [
            "using global::System;",
            .. OwnTypes.Usings(
                "AlignedBuffer", "Heads", "INetwork", "IParallelWork", "IPredictionWorkspace", "Math", "MemoryMarshal", "MethodImpl", "MethodImplOptions",
                "PassChecks", "Predictor", "Unsafe", "Vector256", "Vector512", "WorkerPool", "nint"),
        ],
        code =>
        {
            InferenceEmitter emitter = new(code, plan, kernels);
            InferenceWorkspaceEmitter.Write(code, plan, () =>
            {
                emitter.Chunk();
                emitter.Parts();
            });
            emitter.Memory();
            Dispatch.Write(code, kernels);
        });

    /// <summary>Whether a part of an operation reads the caller's memory.</summary>
    public static bool PartReadsCaller(NetworkPlan plan, Operation operation) =>
        operation.Inputs.Any(view => plan.InferenceMemory.PlaceOf(view.Tensor) == InferencePlace.Caller);

    private void Chunk()
    {
        code.Gap();
        code.Line("/// <summary>Computes the outputs of up to <see cref=\"InferenceMemory.Chunk\"/> samples in one worker's memory.</summary>");
        using (code.Open("private void PredictChunk(AlignedBuffer memory, int samples, ReadOnlySpan<float> input, Span<float> output)"))
        {
            code.Line("ref float x = ref MemoryMarshal.GetReference(input);");
            code.Line("ref float p = ref _parameters!.Reference;");
            code.Line("ref float rows = ref memory.Reference;");
            if (plan.IsWrittenOut)
            {
                using (code.Open("if (samples == 1)"))
                {
                    code.Line(kernels.Call(kernels.All[0], operand => ((Local)operand).Text));
                    Head("rows", "output");
                    code.Line("return;");
                }

                code.Gap();
            }

            if (_graph.Tensors.Any(tensor => _memory.PlaceOf(tensor) == InferencePlace.Sample))
                code.Line(SingleSample);
            if (_memory.CopiesInput && _graph.Segments[0].TakesAllSamples)
                BySample([], copies: true);
            foreach (Segment segment in _graph.Segments)
            {
                if (segment.TakesAllSamples)
                    AllSamples(segment.Operations[0]);
                else
                    BySample(segment.Operations, copies: segment == _graph.Segments[0] && _memory.CopiesInput);
            }

            using (code.Open("for (int sample = 0; sample < samples; sample++)"))
            {
                code.Line("ref float row = ref Unsafe.Add(ref rows, (nint)sample * InferenceMemory.RowLength);");
                Head("row", "output.Slice(sample * OutputLength, OutputLength)");
            }
        }
    }

    private void AllSamples(Operation operation)
    {
        string call = kernels.Call(kernels.Forward(operation), operand => operand switch
        {
            ValuesOf { Tensor: var tensor } values => _memory.PlaceOf(tensor) == InferencePlace.Caller ? "ref x" : In("rows", values),
            _ => Argument(operand, operation),
        });
        if (operation.Sharing is { } sharing)
            Shared(operation, sharing, call);
        else
            code.Line(call);
    }

    /// <summary>Runs operations for one sample after the other.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="copies">Whether the input is copied first.</param>
    private void BySample(IReadOnlyList<Operation> operations, bool copies)
    {
        using (code.Open("for (nint sample = 0; sample < samples; sample++)"))
        {
            code.Line("ref float row = ref Unsafe.Add(ref rows, sample * InferenceMemory.RowLength);");
            if (copies || operations.Any(operation => PartReadsCaller(plan, operation)))
                code.Line("ref float image = ref Unsafe.Add(ref x, sample * InputLength);");
            if (copies)
                CopyRows(code, _graph.Input.Layout, "image", OfSample(new ValuesOf(_graph.Input, _graph.Input.Layout.Origin)));
            foreach (Operation operation in operations)
            {
                string call = kernels.Call(kernels.Forward(operation), operand => operand is ValuesOf values ? OfSample(values) : Argument(operand, operation));
                if (operation.Sharing is { } sharing)
                    Shared(operation, sharing, call);
                else
                    code.Line(call);
            }
        }

        code.Line();
    }

    private void Shared(Operation operation, Sharing sharing, string alone)
    {
        code.Line("if (_threads > 1)");
        code.Line(Invariant($"    WorkerPool.Run(this, {operation.Name}Stage, {sharing.Parts}, _threads, input, output);"));
        code.Line("else");
        code.Line("    " + alone);
    }

    /// <summary>The parts of the operations that threads share where there is only one sample.</summary>
    private void Parts()
    {
        foreach (Operation operation in _graph.Operations)
        {
            if (operation.Sharing is not { } sharing)
                continue;
            bool readsCaller = PartReadsCaller(plan, operation);
            InferencePlace[] places = [.. operation.Reads.Select(view => view.Tensor).Append(operation.Output).Select(_memory.PlaceOf)];
            string call = kernels.Call(kernels.Part(operation), operand => operand switch
            {
                ValuesOf values => OfSample(values),
                PartBegin => Invariant($"{sharing.Size} * part"),
                PartEnd => "end",
                _ => Argument(operand, operation),
            });
            code.Gap();
            code.Line($"/// <summary>{operation.LayerText}: one part of its {sharing.What}, for one sample.</summary>");
            using (code.Open($"private void {operation.Name}Part(AlignedBuffer memory, int part{(readsCaller ? ", ReadOnlySpan<float> input" : "")})"))
            {
                code.Line("ref float p = ref _parameters!.Reference;");
                if (readsCaller)
                    code.Line("ref float image = ref MemoryMarshal.GetReference(input);");
                if (places.Contains(InferencePlace.Row))
                    code.Line("ref float row = ref memory.Reference;");
                if (places.Contains(InferencePlace.Sample))
                    code.Line(SingleSample);
                code.Line(Invariant($"int end = part == {sharing.Parts - 1} ? {sharing.All} : {sharing.Size} * (part + 1);"));
                code.Line(call);
            }
        }
    }

    /// <summary>Copies an image into the middle of its halo.</summary>
    public static void CopyRows(CodeWriter code, BufferLayout layout, string source, string target)
    {
        code.Line($"ref float inside = {target};");
        if (layout.IsContiguous)
        {
            code.Line(Invariant($"MemoryMarshal.CreateReadOnlySpan(ref {source}, {layout.Shape.Length}).CopyTo(MemoryMarshal.CreateSpan(ref inside, {layout.Shape.Length}));"));
            return;
        }

        int run = layout.Shape.Width * layout.Shape.Channels;
        using (code.Open(Invariant($"for (nint line = 0; line < {layout.Shape.Height}; line++)")))
            code.Line(Invariant($"MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref {source}, {run} * line), {run}).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref inside, {layout.RowStride} * line), {run}));"));
    }

    private void Head(string row, string target)
    {
        string source = $"MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref {row}, InferenceMemory.{_graph.Output.Name}), OutputLength)";
        if (!plan.Head.HasOutputFunction)
        {
            code.Line(plan.Head.Predict(source, target));
            return;
        }

        code.Line($"ReadOnlySpan<float> logits = {source};");
        code.Line($"Span<float> outputs = {target};");
        code.Line("if (_givesLogits)");
        code.Line("    logits.CopyTo(outputs);");
        code.Line("else");
        code.Line("    " + plan.Head.Predict("logits", "outputs"));
    }

    private void Memory()
    {
        code.Gap();
        code.Line("/// <summary>The plan of a worker's memory, in floats: a row for each sample of a chunk, then the values that exist for one sample only.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class InferenceMemory"))
        {
            code.Line(Invariant($"internal const int Chunk = {Sharing.Chunk};"));
            code.Line(Invariant($"internal const int RowLength = {_memory.RowLength};"));
            code.Line(Invariant($"internal const int SampleLength = {_memory.SampleLength};"));
            foreach (Tensor tensor in _graph.Tensors)
            {
                InferencePlace place = _memory.PlaceOf(tensor);
                if (place != InferencePlace.Caller)
                    code.Line(Invariant($"internal const int {tensor.Name} = {_memory.OffsetOf(tensor)}; // {tensor.Shape}{HaloText(tensor.Layout)}, {(place == InferencePlace.Row ? "in the row" : "one sample")}"));
            }
        }
    }

    public static string HaloText(BufferLayout layout) => layout.Halo.IsEmpty
        ? ""
        : Invariant($" in a halo of {layout.Halo.Top} above, {layout.Halo.Left} left, {layout.Halo.Bottom} below, {layout.Halo.Right} right");

    /// <summary>A parameter, where <c>p</c> refers to all of them.</summary>
    public static string Parameter(NetworkPlan plan, string name) => $"ref Unsafe.Add(ref p, ParameterOffsets.{plan.Parameters[name].Identifier})";

    /// <summary>What is the same wherever a call of inference stands.</summary>
    private string Argument(Operand operand, Operation operation) => operand switch
    {
        ParameterOf parameter => Parameter(plan, parameter.Name),
        SampleCount => "samples",
        PartBegin => "0",
        PartEnd => Invariant($"{operation.Sharing!.All}"),
        _ => throw new InvalidOperationException($"Inference has nothing to pass for the operand {operand.GetType().Name} of the operation '{operation.Name}'."),
    };

    private string OfSample(ValuesOf values) => _memory.PlaceOf(values.Tensor) switch
    {
        InferencePlace.Caller => "ref image",
        InferencePlace.Row => In("row", values),
        InferencePlace.Sample => In("single", values),
        var place => throw new InvalidOperationException($"No memory is known for the place {place}."),
    };

    private static string In(string memory, ValuesOf values)
    {
        string offset = "InferenceMemory." + values.Tensor.Name;
        return values.Offset == 0 ? $"ref Unsafe.Add(ref {memory}, {offset})" : Invariant($"ref Unsafe.Add(ref {memory}, {offset} + {values.Offset})");
    }
}
