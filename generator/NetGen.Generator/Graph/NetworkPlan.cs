using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Model;

namespace NetGen.Generator.Graph;

/// <summary>All decisions about a network: its operations at inference and in training, the offsets of their values, and how threads share the work.</summary>
internal sealed class NetworkPlan
{
    public NetworkPlan(NetworkModel model)
    {
        Model = model;
        Inference = NetworkGraph.Of(model, training: false);
        Training = NetworkGraph.Of(model, training: true);
        InferenceMemory = new(Inference);
        TrainingMemory = new(Training);
        Parameters = new(model, TrainingMemory.WholeBatchWeights);
        TrainingWork = new(Training, TrainingMemory);
        TrainingPreparations = PreparationPlan.OfForward(Training);
        InferencePreparations = PreparationPlan.OfForward(Inference, TrainingPreparations);
        BackwardPreparations = PreparationPlan.OfBackward(Training, TrainingMemory);
        Reductions = new(Training);
        Units = new(Training);
    }

    public NetworkModel Model { get; }

    public NetworkGraph Inference { get; }

    public NetworkGraph Training { get; }

    public InferenceMemory InferenceMemory { get; }

    /// <summary>What prediction computes from the parameters before its kernels run, with offsets also for what training reads, which lies first.</summary>
    public PreparationPlan InferencePreparations { get; }

    /// <summary>What training computes from the parameters before the kernels of forward run.</summary>
    public PreparationPlan TrainingPreparations { get; }

    /// <summary>What training computes from the parameters before the kernels of backward run.</summary>
    public PreparationPlan BackwardPreparations { get; }

    /// <summary>What training reduces over whole batches, such as the mean of a batch normalisation.</summary>
    public ReductionPlan Reductions { get; }

    /// <summary>The units of which training notes whether they are ever positive.</summary>
    public UnitPlan Units { get; }

    public TrainingMemory TrainingMemory { get; }

    /// <summary>The work of backward after the shards: weight gradients over the whole batch, and packing the panels that they read.</summary>
    public TrainingWork TrainingWork { get; }

    public ParameterPlan Parameters { get; }

    /// <summary>The output function of the network with its loss: softmax with cross-entropy, or the identity with the squared error.</summary>
    public Head Head => Inference.Head;

    /// <summary>Whether all layers are one method without loops in the prediction of one sample.</summary>
    public bool IsUnrolled => InferenceMemory.IsUnrolled;

    /// <summary>Bytes of the values between the layers, for one sample at inference.</summary>
    public long ActivationBytes => sizeof(float) * ((long)InferenceMemory.RowLength + InferenceMemory.SampleValuesLength);

    public bool HasDropout => Training.Operations.Any(operation => operation.Epilogue.Mask is not null);
}
