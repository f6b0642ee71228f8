using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>The class of a training pass. It writes the work of shards, forward and backward, and preparing weights; <see cref="TrainingBatchWork"/> writes what is done for the whole batch.</summary>
/// <param name="code">Where the class goes.</param>
/// <param name="plan">The plan.</param>
/// <param name="kernels">The kernels of training.</param>
/// <param name="calls">Writes calls of kernels.</param>
/// <param name="arguments">The arguments of these calls.</param>
internal sealed class TrainingShards(CodeWriter code, NetworkPlan plan, PassKernels kernels, KernelCalls calls, TrainingArguments arguments)
{
    private const string EverySample = "for (int sample = begin; sample < end; sample++)";

    private readonly NetworkGraph _graph = plan.Training;
    private readonly TrainingMemory _memory = plan.TrainingMemory;
    private readonly TrainingWork _work = plan.TrainingWork;
    private readonly TrainingBatchWork _batchWork = new(plan, kernels, calls, arguments);

    public void Write()
    {
        (string, string)[] variables =
            [
                ("p", "Parameters"), ("packed", "PackedWeights"), ("prepared", PreparationEmitter.Values), ("batch", "BatchValues"), ("gradients", "GradientsOf(shard)"),
                ("values", "ActivationsOf(begin)"), ("workspace", "WorkspaceOf(worker)"),
            ];
        code.Line(_memory.IsUnrolled
            ? "/// <summary>A training pass: the kernels are unrolled over inputs and outputs, and loop over the samples of a shard.</summary>"
            : "/// <summary>A training pass: images one by one through their layers, dense layers for all samples of a shard at once.</summary>");
        code.Line(SourceFile.Hidden);
        code.Line("internal sealed class Training<TKernels>(ParameterMemory parameters, TrainingOptions options, string argument)");
        using (code.Open("    : TrainingRunner(Training.Plan, parameters, options, argument) where TKernels : struct, IKernels"))
        {
            (string, string)[] forward =
                [("p", "Parameters"), ("prepared", PreparationEmitter.Values), ("batch", "BatchValues"), ("sums", "SumsOf(begin)"), ("values", "ActivationsOf(begin)"), ("units", "UnitsOf(begin)")];
            string worker = "";
            if (_graph.Operations.Any(operation => operation.ForwardWorkspace > 0))
            {
                worker = ", int worker";
                forward = [.. forward, ("workspace", "WorkspaceOf(worker)")];
            }

            int last = _graph.Phases.Count - 1;
            Method($"void ForwardShard(ReadOnlySpan<float> inputs, int begin, int end{worker})", body => Forward(body, 0), [("x", "new(inputs)"), .. forward]);
            Method("void BackwardShard(int shard, int begin, int end, int worker)", body => Backward(body, last, toInputs: false), variables);
            Method(
                "void InputGradientShard(int shard, int begin, int end, int worker, Span<float> destination)",
                body => InputGradient(body, last),
                [.. variables, ("dx", "new(destination)")]);
            if (_graph.BatchLayers.Count > 0)
            {
                (string, string)[] ofBatch = [("p", "Parameters"), ("prepared", PreparationEmitter.Values), ("values", "ActivationsOf(0)"), ("workspace", "WorkspaceOf(worker)")];
                bool readsCaller = _graph.BatchLayers.Any(layer => _memory.IsOfCaller(layer.Source.Tensor));
                Method(
                    $"void ForwardLayer({(readsCaller ? "ReadOnlySpan<float> inputs, " : "")}int layer, int part)", _batchWork.ForwardLayers,
                    readsCaller ? [("x", "new(inputs)"), .. ofBatch] : ofBatch);
                Method("void InputGradientLayer(int layer, int panel, int worker)", _batchWork.InputGradientLayers, ofBatch, mayBeLeftOut: true);
            }

            if (last > 0)
            {
                Method($"void ForwardPhase(int phase, int begin, int end{worker})", body => Phases(body, 1, last, Forward), forward, mayBeLeftOut: true);
                Method(
                    "void BackwardPhase(int phase, int shard, int begin, int end, int worker)",
                    body => Phases(body, 0, last - 1, (part, phase) => Backward(part, phase, toInputs: false)), variables, mayBeLeftOut: true);
                Method(
                    "void InputGradientPhase(int phase, int shard, int begin, int end, int worker, Span<float> destination)",
                    body => Phases(body, 0, last - 1, InputGradient), [.. variables, ("dx", "new(destination)")], mayBeLeftOut: true);
                if (_graph.BatchLayers.Count == 0)
                    new TrainingReductions(code, plan).Write();
            }

            PreparationEmitter.Write(code, plan, plan.TrainingPreparations);
            if (plan.BackwardPreparations.Preparations.Count > 0)
                Method("void PackWeights(int layer, int item)", PackWeights, [("p", "Parameters"), ("packed", "PackedWeights")]);
            if (_work.WholeBatch.Count > 0)
            {
                Method("void PackPanel(int source, int panel)", _batchWork.PackPanel, [("values", "ActivationsOf(0)")]);
                Method("void WholeBatchGradient(int layer, in GradientPart part)", _batchWork.WholeBatchGradient, []);
            }
        }
    }

    /// <summary>Writes a method of the pass.</summary>
    /// <param name="signature">Its signature.</param>
    /// <param name="body">Writes the statements.</param>
    /// <param name="variables">What they may refer to.</param>
    /// <param name="mayBeLeftOut">Whether the library has an empty method, so that one without statements is not written.</param>
    private void Method(string signature, Action<CodeWriter> body, (string Name, string Value)[] variables, bool mayBeLeftOut = false)
    {
        CodeWriter writer = code.Part();
        using (writer.Indent())
            body(writer);
        string text = writer.ToString();

        // Between layers that are computed for the whole batch, shards may have nothing to do.
        if (mayBeLeftOut && text.Length == 0 && _graph.BatchLayers.Count > 0)
            return;
        code.Gap();
        using (code.Open("protected override " + signature))
        {
            InferenceEmitter.Declare(code, text, variables);
            code.Append(text);
        }
    }

    private void Forward(CodeWriter body, int phase)
    {
        if (LayerBefore(phase) is { } layer && kernels.Units(layer) is { } layerUnits)
            calls.Write(body, layerUnits, arguments.OfShard);
        IReadOnlyList<Segment> segments = _graph.Phases[phase];
        if (phase == 0 && _memory.ReadsCaller)
            _batchWork.PackInputs(body);
        else if (phase == 0 && (segments.Count == 0 || segments[0].TakesAllSamples))
            ForwardBySample(body, [], copies: true);
        foreach (Segment segment in segments)
        {
            if (segment.TakesAllSamples)
            {
                calls.Write(body, kernels.Forward(segment.Operations[0]), arguments.OfShard);
                if (kernels.Units(segment.Operations[0]) is { } units)
                    calls.Write(body, units, arguments.OfShard);
            }
            else
            {
                ForwardBySample(body, segment.Operations, copies: phase == 0 && segment == segments[0]);
            }
        }

        // Before the next phase comes a reduction. Here the shard stores its part of it.
        if (ReductionBefore(phase + 1) is not { } reducing)
            return;
        body.Line("if (!UsesRunningStatistics)");
        using (body.Indent())
            calls.Write(body, kernels.Statistics(reducing), arguments.OfShard);
    }

    /// <summary>The operation whose reduction runs between <c>phase - 1</c> and <paramref name="phase"/>; null if there is none.</summary>
    private Operation? ReductionBefore(int phase) =>
        phase == 0 || phase == _graph.Phases.Count || _graph.BatchLayers.Count > 0 ? null : _graph.Phases[phase][0].Operations[0];

    /// <summary>The layer that is computed for the whole batch between <c>phase - 1</c> and <paramref name="phase"/>; null if there is none.</summary>
    private Operation? LayerBefore(int phase) => phase == 0 || _graph.BatchLayers.Count == 0 ? null : _graph.BatchLayers[phase - 1];

    private static void Phases(CodeWriter body, int first, int last, Action<CodeWriter, int> write)
    {
        CodeWriter cases = body.Part();
        using (cases.Indent())
        {
            for (int phase = first; phase <= last; phase++)
            {
                // Between layers that are computed for the whole batch, shards may have nothing to do.
                CodeWriter part = cases.Part();
                using (part.Indent())
                using (part.Indent())
                    write(part, phase);
                string text = part.ToString();
                if (text.Length == 0)
                    continue;
                cases.Line(Invariant($"case {phase}:"));
                using (cases.Indent())
                {
                    using (cases.Open())
                        cases.Append(text);
                    cases.Line("break;");
                }
            }
        }

        if (cases.ToString() is { Length: > 0 } all)
        {
            using (body.Open("switch (phase)"))
                body.Append(all);
        }
    }

    private void ForwardBySample(CodeWriter body, IReadOnlyList<Operation> operations, bool copies)
    {
        body.Gap();
        if (!copies && Notes.Write(body, operations))
            return;

        using (body.Open(EverySample))
        {
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            if (copies)
            {
                InferenceEmitter.CopyInput(
                    body, _graph, "inputs", "ref x[(nint)sample * Training.InputLength]",
                    arguments.Of(new ValuesOf(_graph.Input, _graph.Input.Layout.Origin), "sampleValues"));
            }

            foreach (Operation operation in operations)
            {
                if (Notes.Write(body, operation))
                    continue;
                CallForSample(body, operation, kernels.Forward(operation), toCaller: null);
                if (kernels.Units(operation) is { } units)
                    CallForSample(body, operation, units, toCaller: null);
            }
        }

        body.Gap();
    }

    /// <summary>Calls a kernel for one sample.</summary>
    /// <param name="body">Where the code goes.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="toCaller">In backward, the tensor whose gradient goes to the caller's memory; null in forward.</param>
    private void CallForSample(CodeWriter body, Operation operation, Kernel kernel, Tensor? toCaller) =>
        calls.Write(body, kernel, operand => arguments.OfSample(operand, operation, toCaller));

    private void Backward(CodeWriter body, int phase, bool toInputs)
    {
        // First the steps that had to wait for the reduction over the batch.
        IEnumerable<(Operation, GradientStep)> steps = ReductionBefore(phase + 1) is not { } reducing || !IsNeeded(reducing) ? []
            : Steps(reducing, toInputs).Where(step => step.IsAfterReduction).Select(step => (reducing, step));
        foreach (Segment segment in _graph.Phases[phase].Reverse())
        {
            if (segment.TakesAllSamples)
            {
                BackwardBySample(body, [.. steps]);
                steps = [];
                foreach (GradientStep step in segment.Operations.Where(IsNeeded).SelectMany(operation => Steps(operation, toInputs)))
                    AllSamples(body, segment.Operations[0], step, toInputs);
                continue;
            }

            BackwardBySample(body,
            [
                .. steps,
                .. from operation in segment.Operations.Reverse()
                   where IsNeeded(operation)
                   from step in Steps(operation, toInputs)
                   where !step.IsAfterReduction
                   select (operation, step),
            ]);
            steps = [];
        }

        BackwardBySample(body, [.. steps]);
        if (LayerBefore(phase) is { } layer && IsNeeded(layer))
        {
            foreach (GradientStep step in Steps(layer, toInputs).Where(step => step.Panels == 0))
                AllSamples(body, layer, step, toInputs);
        }

        bool IsNeeded(Operation operation) => toInputs || _graph.NeedsGradient(operation.Output);
    }

    private void BackwardBySample(CodeWriter body, IReadOnlyList<(Operation Operation, GradientStep Step)> steps)
    {
        if (steps.Count == 0)
            return;
        body.Gap();
        using (body.Open(EverySample))
        {
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            foreach ((Operation operation, GradientStep step) in steps)
                CallForSample(body, operation, step.Kernel, _graph.Input);
        }

        body.Gap();
    }

    private void AllSamples(CodeWriter body, Operation operation, GradientStep step, bool toInputs)
    {
        if (!toInputs || step.Tensor != _graph.Input || _memory.CopiesInputGradient)
        {
            calls.Write(body, step.Kernel, arguments.OfShard);
            return;
        }

        // One sample at a time: in the caller's memory, samples have another stride than in the pass.
        body.Gap();
        using (body.Open(EverySample))
        {
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            CallForSample(body, operation, step.Kernel, _graph.Input);
        }
    }

    private void InputGradient(CodeWriter body, int phase)
    {
        Backward(body, phase, toInputs: true);
        if (phase > 0 || !_memory.CopiesInputGradient)
            return;
        body.Gap();
        using (body.Open(EverySample))
        {
            int length = plan.Model.Input.Length;
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            string gradient = arguments.Of(new GradientOf(_graph.Input), "sampleValues");
            body.Statement(_graph.InputCopy?.Function is { } affine
                ? Invariant($"dx.From((nint)sample * Training.InputLength).CopyScaled({gradient}, {length}, scale: {KernelWriter.Float(affine.Scale)}, offset: 0f);")
                : Invariant($"dx.From((nint)sample * Training.InputLength).Copy({gradient}, {length});"));
        }
    }

    private void PackWeights(CodeWriter body) => WorkSwitch.Write(body, "layer", plan.BackwardPreparations.Preparations.Select<Preparation, (string, Action?)>(preparation =>
        (preparation.Layers, () => body.Statement(PreparationEmitter.BackwardCall(plan, preparation)))));

    /// <summary>
    /// Those gradient steps of an operation that are needed: with <paramref name="toInputs"/> for the gradients with respect to the network's inputs,
    /// otherwise for those with respect to the parameters.
    /// </summary>
    private IEnumerable<GradientStep> Steps(Operation operation, bool toInputs) => kernels.Backward(operation).Where(step => step.Purpose switch
    {
        GradientPurpose.Operation => true,
        GradientPurpose.Parameters => !toInputs,
        GradientPurpose.Tensor => toInputs || _graph.NeedsGradient(step.Tensor!),
        _ => throw new InvalidOperationException($"It is not known when a step for {step.Purpose} is needed."),
    });
}
