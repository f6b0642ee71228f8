using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>The arguments of the kernels in a training pass.</summary>
internal sealed class TrainingArguments(NetworkPlan plan, MemoryNames activations, MemoryNames workspace)
{
    private readonly TrainingMemory _memory = plan.TrainingMemory;

    /// <summary>The argument for an operand in a call for all samples of a shard.</summary>
    public string OfShard(Operand operand) => operand is ValuesOf { Tensor: var tensor } && _memory.IsOfCaller(tensor)
        ? "ref x[(nint)begin * Training.InputLength]"
        : Of(operand, "values");

    /// <summary>The argument for an operand in a call for all samples of the batch.</summary>
    public string OfBatch(Operand operand) => operand switch
    {
        ValuesOf { Tensor: var tensor } when _memory.IsOfCaller(tensor) => "ref x[0]",
        SampleCount => "Samples",
        FirstSample => "0",
        _ => Of(operand, "values"),
    };

    /// <summary>The argument for an operand in a call for one sample.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="toCaller">In backward, the tensor whose gradient goes to the caller's memory; null in forward.</param>
    public string OfSample(Operand operand, Operation operation, Tensor? toCaller) => operand switch
    {
        MaskKey => $"MaskKey(Mask.{operation.Name}, sample)",
        SampleCount => "1",
        SampleOfShard => "sample - begin",
        SamplesOfShard => "end - begin",
        FirstSample => "sample",
        GradientOf { Tensor: var tensor, Offset: var offset } when tensor == toCaller && !_memory.CopiesInputGradient =>
            Invariant($"ref dx[(nint)sample * Training.InputLength{(offset == 0 ? "" : Invariant($" + {offset}"))}]"),
        _ => Of(operand, "sampleValues"),
    };

    /// <summary>The argument for the gradient with respect to a parameter.</summary>
    private string OfParameterGradient(ParameterGradientOf parameter) => plan.Parameters[parameter.Name].Role == ParameterRole.Trained
        ? InferenceEmitter.Parameter(plan, parameter.Name, "gradients")
        : throw new InvalidOperationException($"The parameter {parameter.Name} is not trained, so there is no memory for a gradient with respect to it.");

    /// <summary>The argument for an operand in a call of training.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="values">The variable for the activations of the sample that the call is for; for a call with several samples, of the first one.</param>
    public string Of(Operand operand, string values) => operand switch
    {
        ValuesOf { Tensor: var tensor, Offset: var offset } => activations.At(values, tensor.Name, offset, tensor.Layout),
        GradientOf { Tensor: var tensor, Offset: var offset } => _memory.IsGradientInActivations(tensor)
            ? activations.At(values, tensor.Name + "Gradient", offset, default)
            : workspace.At("workspace", tensor.Name + "Gradient", offset, default),
        BufferOf { Buffer: var buffer, Offset: var offset } => buffer.InBackward
            ? workspace.At("workspace", buffer.Name, offset, buffer.Layout)
            : activations.At(values, buffer.Name, offset, buffer.Layout),
        ForwardWorkspaceOf { Operation: var operation } => workspace.At("workspace", operation.Name + "ForwardWorkspace", 0, default),
        ParameterOf parameter => InferenceEmitter.Parameter(plan, parameter.Name),
        ParameterGradientOf parameter => OfParameterGradient(parameter),
        PreparedOf prepared => plan.BackwardPreparations.Has(prepared) ? PreparationEmitter.BackwardArgument(prepared) : PreparationEmitter.Argument(prepared),
        BatchValueOf value => TrainingReductions.Argument(value),
        ShardSumsOf { Offset: var offset } => Invariant($"ref sums[{offset}]"),
        TransposedPanel => Invariant($"ref workspace[{_memory.SampleWorkspaceLength}]"),
        LargestOutputsOf { Operation: var operation } => Invariant($"ref units[{plan.Units.OffsetOf(operation)}]"),
        SampleStride { Tensor: var tensor } => _memory.IsOfCaller(tensor) ? "Training.InputLength" : "Training.ActivationsLength",
        SampleCount => "end - begin",
        MaskSeed => "Seed",
        MaskStep => "CurrentStep",
        FirstSample => "begin",
        Local { Text: var text } => text,
        _ => throw new InvalidOperationException($"Training has nothing to pass for the operand {operand.GetType().Name}."),
    };
}
