namespace NetGen.Generator.Graph.Kernels;

/// <summary>The purpose of a backward kernel, which decides when it is left out.</summary>
internal enum GradientPurpose
{
    /// <summary>A gradient that the other steps of the operation read: never left out.</summary>
    Operation,

    /// <summary>Gradients with respect to parameters only: left out if the parameters are not trained, or only input gradients are computed.</summary>
    Parameters,

    /// <summary>The gradient with respect to a tensor that the operation reads: left out if no earlier operation needs it.</summary>
    Tensor,
}

/// <summary>A kernel of backward.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Tensor">The tensor with respect to which it computes the gradient; null for other purposes.</param>
internal sealed record GradientStep(Kernel Kernel, GradientPurpose Purpose, Tensor? Tensor = null)
{
    /// <summary>Whether it reads values of the batch. Then it runs after the reduction, one phase later than the other steps of its operation.</summary>
    public bool IsAfterReduction { get; init; }

    /// <summary>The number of panels, where threads share the panels and each is computed for the whole batch; 0 where shards or samples are the units of work.</summary>
    public int Panels { get; init; }

    /// <summary>A step whose result other steps of the operation read.</summary>
    public static GradientStep OfOperation(Kernel kernel) => new(kernel, GradientPurpose.Operation);

    /// <summary>A step for the gradients with respect to parameters.</summary>
    public static GradientStep OfParameters(Kernel kernel) => new(kernel, GradientPurpose.Parameters);

    /// <summary>A step for the gradient with respect to a tensor.</summary>
    public static GradientStep Of(Tensor tensor, Kernel kernel) => new(kernel, GradientPurpose.Tensor, tensor);

    /// <summary>A step for the gradient with respect to a tensor, computed for the whole batch, panel by panel.</summary>
    public static GradientStep OfPanels(Tensor tensor, Kernel kernel, int panels) => Of(tensor, kernel) with { Panels = panels };

    /// <summary>A step for the gradient with respect to a tensor, which reads values of the batch.</summary>
    public static GradientStep OfBatch(Tensor tensor, Kernel kernel) => Of(tensor, kernel) with { IsAfterReduction = true };
}

/// <summary>A weight gradient over the whole batch, in work items of one panel of columns and one block of panels of rows.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Rows">How many inputs there are.</param>
/// <param name="Columns">How many outputs there are.</param>
/// <param name="Weight">The parameter.</param>
/// <param name="Kernel">The kernel of one work item.</param>
internal sealed record WholeBatchGradient(Operation Operation, Operand Inputs, int Rows, int Columns, string Weight, Kernel Kernel);
