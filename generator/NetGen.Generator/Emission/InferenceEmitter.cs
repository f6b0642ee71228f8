using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>Emits the file for prediction: sizes, the calls of the kernels, and offsets.</summary>
internal sealed class InferenceEmitter
{
    // The memory for one sample comes after the rows of a chunk.
    private const string SingleSample = "new FloatRef(memory).From(Inference.Chunk * (nint)Inference.RowLength)";

    private readonly NetworkPlan _plan;
    private readonly NetworkGraph _graph;
    private readonly InferenceMemory _memory;
    private readonly PassKernels _kernels;
    private readonly KernelCalls _calls;
    private readonly MemoryNames _places = new("Place");
    private readonly Operation[] _shared;

    private InferenceEmitter(NetworkPlan plan, PassKernels kernels, KernelTable table)
    {
        _plan = plan;
        _graph = plan.Inference;
        _memory = plan.InferenceMemory;
        _kernels = kernels;
        _calls = new(kernels, table);
        _shared = [.. _graph.Operations.Where(operation => _memory.SharingOf(operation) is not null)];
    }

    public static CodeWriter Write(NetworkPlan plan, PassKernels kernels, KernelTable table) =>
        SourceFile.WriteOwn(plan.Model, new InferenceEmitter(plan, kernels, table).Write);

    /// <summary>The exception for an operand that a pass does not know.</summary>
    public static InvalidOperationException Unknown(string pass, Operand operand, string kernel) =>
        new($"{pass} has nothing to pass for the operand {operand.GetType().Name} of the kernel '{kernel}'.");

    private void Write(CodeWriter code)
    {
        Sizes(code);
        code.Line();
        code.Line(_plan.IsUnrolled
            ? "/// <summary>Predicts: one sample in one unrolled method, several samples layer by layer.</summary>"
            : "/// <summary>Predicts: images one by one through their layers, dense layers for all samples of a chunk at once.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal sealed class Inference<TKernels>() : InferenceRunner(Inference.Plan) where TKernels : struct, IKernels"))
        {
            using (code.Open(_memory.WritesOutputs
                ? "protected override void PredictOutputs(AlignedBuffer memory, int samples, ReadOnlySpan<float> input, Span<float> output)"
                : "protected override void PredictChunk(AlignedBuffer memory, int samples, ReadOnlySpan<float> input)"))
            {
                Chunk(code);
            }

            if (_shared.Length > 0)
                Parts(code);
            PreparationEmitter.Write(code, _plan, _plan.InferencePreparations);
        }

        Memory(code);
        PreparationEmitter.WriteOffsets(code, _plan.InferencePreparations);
    }

    private void Sizes(CodeWriter code)
    {
        code.Line("/// <summary>The sizes of predictions, and the runner of each thread that predicts.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class Inference"))
        {
            code.Line(Invariant($"internal const int InputLength = {_plan.Model.Input.Length};"));
            code.Line(Invariant($"internal const int OutputLength = {_plan.Model.Output.Length};"));
            code.Line(Invariant($"internal const int Chunk = {LargeWeights.Chunk(_graph.Operations)};"));
            code.Line(Invariant($"internal const int RowLength = {_memory.RowLength};"));
            code.Gap();
            code.Line("internal static readonly InferencePlan Plan = new()");
            code.Line("{");
            if (_graph.TakesBytes)
                code.Line("    InputType = InputType.UInt8,");
            code.Lines(Invariant($"""
                    Loss = Loss.{_plan.Model.Loss.Kind},{LossText.Setting(_plan)}
                    InputLength = InputLength,
                    OutputLength = OutputLength,
                    Chunk = Chunk,
                    ParallelSamples = {Sharing.LeastParallel(_plan)},
                    RowLength = RowLength,
                """));
            code.Line(_memory.WritesOutputs ? "    WritesOutputs = true," : $"    Output = Place.{_graph.Output.Name},");
            if (_memory.SampleLength > 0)
                code.Line(Invariant($"    SampleLength = {_memory.SampleLength},"));
            if (_plan.InferencePreparations.Preparations.Count > 0)
                code.Line(Invariant($"    PreparedLength = {_plan.InferencePreparations.Length},"));
            if (_shared.Length > 0)
                code.Line("    SharesLayers = true,");
            if (_shared.Length > 0 && !Sharing.WakesThreads(_shared))
                code.Line("    WakesThreads = false,");
            if (SharedWorkspace > 0)
            {
                code.Line(Invariant($"    SharedWorkspaceLength = {SharedWorkspace},"));
                code.Line(Invariant($"    SharedWorkspaces = {_shared.Where(operation => operation.ForwardWorkspace > 0).Max(operation => operation.Sharing!.Parts)},"));
            }

            if (_memory.SharesSamples)
            {
                code.Line(Invariant($"    SharedSamples = {Sharing.Samples},"));
                code.Line(Invariant($"    SharedParts = {_shared.Min(operation => operation.Sharing!.Parts)},"));
            }

            if (_plan.Model.Layers.Items.FirstOrDefault(layer => !layer.KeepsSign) is { Scales: true })
                code.Line("    ScalesInput = true,");
            code.Lines("""
                };

                [global::System.ThreadStatic]
                private static InferenceRunner? t_ofThread;

                /// <summary>The runner of the calling thread, which owns memory for any network of this class.</summary>
                internal static InferenceRunner OfThread => t_ofThread ??= Create();

                /// <summary>Makes a runner with the kernels for the widest vectors that this processor has.</summary>
                internal static InferenceRunner Create() =>
                """);
            string[] choices = [.. KernelsEmitter.Choose(kernels => $"new Inference<{kernels}>()")];
            for (int i = 0; i < choices.Length; i++)
                code.Line("    " + choices[i] + (i == choices.Length - 1 ? ";" : ""));
            if (UnrolledKernel.IsSelfContained(_plan))
                One(code);
        }
    }

    /// <summary>The prediction of one sample by the unrolled kernel alone.</summary>
    private void One(CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>Predicts one sample in one unrolled method, which needs no memory of its own; the lengths have been checked.</summary>");
        using (code.Open("internal static void PredictOne(ParameterMemory parameters, ReadOnlySpan<float> input, Span<float> output)"))
        {
            code.Lines("""
                FloatRef x = new(input);
                FloatRef y = new(output);
                FloatRef p = new(parameters);
                """);
            string arguments = string.Join(", ", _kernels.All[0].Parameters.Select(parameter => ((Local)parameter.Operand).Text));
            foreach (string line in KernelsEmitter.Branches(kernels => $"{kernels}.{_kernels.All[0].Name}({arguments});"))
                code.Line(line);
            if (_plan.Head.HasLogits)
                code.Line("Plan.ApplyHead(output);");
        }
    }

    private void Chunk(CodeWriter code)
    {
        CodeWriter body = code.Part();
        if (_plan.IsUnrolled)
        {
            using (body.Open("if (samples == 1)"))
            {
                // PassKernels puts the unrolled kernel first; its operands are C# text.
                _calls.Write(body, _kernels.All[0], operand => ((Local)operand).Text);
                body.Line("return;");
            }

            body.Gap();
        }

        if (_memory.CopiesInput && _graph.Segments[0].TakesAllSamples)
            BySample(body, [], copies: true);
        foreach (Segment segment in _graph.Segments)
        {
            if (segment.TakesAllSamples)
                AllSamples(body, segment.Operations[0]);
            else
                BySample(body, segment.Operations, copies: segment == _graph.Segments[0] && _memory.CopiesInput);
        }

        string text = body.ToString();
        Declare(
            code, text,
            ("x", "new(input)"), ("y", "new(output)"), ("p", "Parameters"), ("prepared", PreparationEmitter.Values), ("rows", "new(memory)"), ("single", SingleSample));
        code.Append(text);
    }

    /// <summary>Declares the variables that the code uses, and no others.</summary>
    public static void Declare(CodeWriter code, string text, params (string Name, string Value)[] variables)
    {
        foreach ((string name, string value) in variables)
        {
            if (text.Contains($" {name}[") || text.Contains($" {name}.") || text.Contains($"({name}."))
                code.Line($"FloatRef {name} = {value};");
        }
    }

    private void AllSamples(CodeWriter code, Operation operation) => Run(code, operation, operand => operand switch
    {
        ValuesOf { Tensor: var tensor } values => _memory.PlaceOf(tensor) switch
        {
            InferencePlace.Caller => "ref x[0]",
            InferencePlace.Outputs => "ref y[0]",
            _ => In("rows", values),
        },
        _ => null,
    });

    /// <summary>Runs operations for one sample after the other.</summary>
    /// <param name="code">Where the code goes.</param>
    /// <param name="operations">The operations.</param>
    /// <param name="copies">Whether the input is copied first.</param>
    private void BySample(CodeWriter code, IReadOnlyList<Operation> operations, bool copies)
    {
        code.Gap();
        if (!copies && Notes.Write(code, operations))
            return;

        using (code.Open("for (nint sample = 0; sample < samples; sample++)"))
        {
            CodeWriter body = code.Part();
            if (copies)
                CopyInput(body, _graph, "input", "ref image[0]", OfSample(new ValuesOf(_graph.Input, _graph.Input.Layout.Origin)));
            foreach (Operation operation in operations)
                Run(body, operation, operand => operand switch
                {
                    ValuesOf values => OfSample(values),
                    ForwardWorkspaceOf workspace => $"ref single[Place.{WorkspaceName(workspace.Operation)}]",
                    _ => null,
                });
            string text = body.ToString();
            Declare(
                code, text,
                ("row", "rows.From(sample * Inference.RowLength)"),
                ("image", "x.From(sample * Inference.InputLength)"));
            code.Append(text);
        }

        code.Gap();
    }

    /// <summary>Calls an operation's kernel, or has threads call it for their parts.</summary>
    private void Run(CodeWriter code, Operation operation, Func<Operand, string?> argument)
    {
        if (Notes.Write(code, operation))
            return;

        string Argument(Operand operand) => argument(operand) ?? CommonArgument(operand, operation);
        if (_memory.SharingOf(operation) is not { } sharing)
        {
            _calls.Write(code, _kernels.Forward(operation), Argument);
            return;
        }

        code.Line("if (SharesLayers)");
        code.Line(Invariant($"    ShareLayer({Array.IndexOf(_shared, operation)}, {sharing.Parts}, input); // {operation.LayerText}"));
        code.Line("else");
        using (code.Indent())
            _calls.Write(code, _kernels.Forward(operation), Argument);
    }

    /// <summary>The parts of the operations that threads share where there are few samples.</summary>
    private void Parts(CodeWriter code)
    {
        code.Gap();
        string worker = SharedWorkspace > 0 ? "int worker, " : "";
        using (code.Open($"protected override void PredictPart(int layer, int part, {worker}AlignedBuffer memory, ReadOnlySpan<float> input)"))
        {
            CodeWriter body = code.Part();
            WorkSwitch.Write(body, "layer", _shared.Select<Operation, (string, Action?)>(operation =>
                (Invariant($"{operation.LayerText}: {operation.Sharing!.PartText}"), () => Part(body, operation, operation.Sharing!))));
            string text = body.ToString();
            Declare(code, text, ("image", "new(input)"), ("p", "Parameters"), ("prepared", PreparationEmitter.Values), ("row", "new(memory)"), ("single", SingleSample));
            code.Append(text);
        }
    }

    private void Part(CodeWriter body, Operation operation, Sharing sharing) => _calls.Write(body, _kernels.Forward(operation), operand => operand switch
    {
        ValuesOf values => OfSample(values),
        // Not declared above the switch: only as many threads have a workspace as there are parts of the layers that need one.
        ForwardWorkspaceOf => "ref WorkspaceOf(worker)[0]",
        SampleCount => "SharedSamples",
        PartBegin => sharing.BeginText("part"),
        PartEnd => sharing.EndText("part"),
        _ => CommonArgument(operand, operation),
    });

    /// <summary>The workspace of a thread that computes parts of layers, which cannot be in the memory of the sample; 0 where none is needed.</summary>
    private int SharedWorkspace => _shared.Select(operation => operation.ForwardWorkspace).DefaultIfEmpty(0).Max();

    private static string WorkspaceName(Operation operation) => operation.Name + "Workspace";

    /// <summary>Copies the network's input into its buffer, inside the halo, and scales it on the way.</summary>
    /// <param name="code">Where the code goes.</param>
    /// <param name="graph">The network.</param>
    /// <param name="samples">The parameter that has all samples; <c>sample</c> is the one that is copied.</param>
    /// <param name="image">The first value of the sample.</param>
    /// <param name="target">Where it goes.</param>
    public static void CopyInput(CodeWriter code, NetworkGraph graph, string samples, string image, string target)
    {
        BufferLayout layout = graph.Input.Layout;
        int lines = layout.IsContiguous ? 1 : layout.Shape.Height;
        int length = layout.Shape.Length / lines;
        string place = target.Substring("ref ".Length);
        int bracket = place.IndexOf('[');
        string memory = place.Substring(0, bracket);
        string offset = place.Substring(bracket + 1).TrimEnd(']');
        if (graph.TakesBytes)
        {
            string halo = lines == 1 ? "" : Invariant($", lines: {lines}, stride: {layout.RowStride}");
            code.Statement($"CopyInput({samples}, sample, {memory}.From({offset}){halo}{Scale(graph)});");
            return;
        }

        string copy = graph.InputCopy?.Function is null ? "Copy" : "CopyScaled";
        code.Statement(lines == 1
            ? Invariant($"{memory}.From({offset}).{copy}({image}, {length}{Scale(graph)});")
            : Invariant($"{memory}.From({offset}).{copy}({image}, lines: {lines}, length: {length}, stride: {layout.RowStride}{Scale(graph)});"));
    }

    private static string Scale(NetworkGraph graph) =>
        graph.InputCopy?.Function is { } affine ? $", scale: {KernelWriter.Float(affine.Scale)}, offset: {KernelWriter.Float(affine.Offset)}" : "";

    private void Memory(CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>The offsets of tensors in a worker's memory, in floats: in the row of a sample, or in the memory for one sample at a time.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class Place"))
        {
            foreach (Tensor tensor in _graph.Tensors)
            {
                InferencePlace place = _memory.PlaceOf(tensor);
                if (place is not (InferencePlace.Caller or InferencePlace.Outputs))
                    _places.Write(code, tensor.Name, _memory.OffsetOf(tensor), Invariant($"{tensor.Shape.PartOf(tensor.Whole)}, {(place == InferencePlace.Row ? "in the row" : "one sample")}{MemoryNames.PlaceOf(tensor)}"), tensor.Layout);
            }

            foreach (Operation operation in _graph.Operations.Where(operation => operation.ForwardWorkspace > 0))
                code.Line(Invariant($"internal const int {WorkspaceName(operation)} = {_memory.WorkspaceOf(operation)}; // a block of tiles, one sample"));
        }
    }

    /// <summary>The expression for a parameter, where <c>p</c> refers to all parameters.</summary>
    public static string Parameter(NetworkPlan plan, string name, string all = "p") => $"ref {all}[Parameter.{plan.Parameters[name].Identifier}]";

    /// <summary>The argument for an operand that is the same in all calls of inference.</summary>
    private string CommonArgument(Operand operand, Operation operation) => operand switch
    {
        ParameterOf parameter => Parameter(_plan, parameter.Name),
        SampleStride { Tensor: var tensor } => _memory.PlaceOf(tensor) switch
        {
            InferencePlace.Caller => "Inference.InputLength",
            InferencePlace.Outputs => "Inference.OutputLength",
            _ => "Inference.RowLength",
        },
        PreparedOf prepared => PreparationEmitter.Argument(prepared),
        SampleCount => "samples",
        PartBegin => "0",
        PartEnd => Invariant($"{operation.Sharing!.All}"),
        _ => throw Unknown("Inference", operand, operation.Name),
    };

    private string OfSample(ValuesOf values) => _memory.PlaceOf(values.Tensor) switch
    {
        InferencePlace.Caller => "ref image[0]",
        InferencePlace.Row => In("row", values),
        InferencePlace.Sample => In("single", values),
        var place => throw new InvalidOperationException($"No memory is known for the place {place}."),
    };

    private string In(string memory, ValuesOf values) => _places.At(memory, values.Tensor.Name, values.Offset, values.Tensor.Layout);
}
