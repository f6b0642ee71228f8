using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;

namespace NetGen.Generator.Emission;

/// <summary>The kernels of a pass, by operation.</summary>
internal sealed class PassKernels
{
    private readonly Dictionary<Operation, Kernel> _forward = [];
    private readonly Dictionary<Operation, Kernel> _statistics = [];
    private readonly Dictionary<Operation, Kernel> _units = [];
    private readonly Dictionary<Operation, IReadOnlyList<GradientStep>> _backward = [];

    /// <summary>All kernels in the order in which they are written.</summary>
    public List<Kernel> All { get; } = [];

    /// <summary>The kernels of prediction.</summary>
    public static PassKernels Inference(NetworkPlan plan)
    {
        PassKernels kernels = new();
        if (plan.IsUnrolled)
            kernels.All.Add(UnrolledKernel.Of(plan));
        foreach (Operation operation in plan.Inference.Operations)
            kernels.AddForward(operation, plan.InferenceMemory);
        return kernels;
    }

    /// <summary>The kernels of training.</summary>
    public static PassKernels Training(NetworkPlan plan)
    {
        PassKernels kernels = new();
        foreach (Operation operation in plan.Training.Operations)
        {
            if (operation.Statistics(plan.TrainingMemory) is { } statistics)
            {
                kernels._statistics.Add(operation, statistics);
                kernels.All.Add(statistics);
            }

            kernels.AddForward(operation, plan.TrainingMemory);
            if (UnitKernel.Of(operation, plan.TrainingMemory) is { } units)
            {
                kernels._units.Add(operation, units);
                kernels.All.Add(units);
            }

            GradientStep[] steps =
            [
                .. OperandGradientKernels.Of(operation, plan.TrainingMemory),
                .. operation.Backward(plan.TrainingMemory).Where(step => step.Purpose != GradientPurpose.Parameters || operation.IsTrained),
            ];
            kernels._backward.Add(operation, steps);
            kernels.All.AddRange(steps.Select(step => step.Kernel));
            if (operation.WholeBatch is { } gradient)
                kernels.All.Add(gradient.Kernel);
        }

        return kernels;
    }

    /// <summary>The kernel of an operation's output; where threads share the operation, it takes the range of a part.</summary>
    public Kernel Forward(Operation operation) => _forward[operation];

    /// <summary>The kernel that notes the largest output of each unit after the forward kernel; null where units are not tracked.</summary>
    public Kernel? Units(Operation operation) => _units.TryGetValue(operation, out Kernel? kernel) ? kernel : null;

    /// <summary>The kernel that stores a shard's sums before the forward kernel runs, for an operation with a reduction.</summary>
    public Kernel Statistics(Operation operation) => _statistics[operation];

    /// <summary>The kernels of an operation's gradients.</summary>
    public IReadOnlyList<GradientStep> Backward(Operation operation) => _backward[operation];

    private void AddForward(Operation operation, PassMemory memory)
    {
        if (operation.WritesNothing)
            return;
        Kernel forward = operation.Forward(memory);
        _forward.Add(operation, forward);
        All.Add(forward);
    }
}
