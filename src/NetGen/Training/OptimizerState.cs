using System.Collections.Immutable;

namespace NetGen;

/// <summary>All that an optimizer remembers between two steps, in the form that a checkpoint stores.</summary>
/// <param name="Settings">
/// Its type and its settings without the learning rate, as <see cref="Optimizer.SettingsText"/> gives them: texts of equal optimizers are equal.
/// </param>
/// <param name="StepCount">The number of steps.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Tensors">Its state blocks, a tensor for each block and trained parameter; none before the first step.</param>
internal sealed record OptimizerState(string Settings, long StepCount, float LearningRate, ImmutableArray<StateTensor> Tensors)
{
    /// <summary>Looks whether an optimizer can take over this state.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="table">The parameters of the network that it shall train.</param>
    /// <param name="faults">Receives all that does not fit.</param>
    public bool Suits(Optimizer optimizer, ParameterTable table, FaultList faults)
    {
        int before = faults.Count;
        if (Settings != optimizer.SettingsText)
            faults.Add($"The state is that of {Settings}, but the optimizer is {optimizer.SettingsText}.");
        if (StepCount < 0)
            faults.Add($"The optimizer has done {StepCount} steps; the number must not be negative.");
        if (!(LearningRate >= 0 && float.IsFinite(LearningRate)))
            faults.Add($"The learning rate is {LearningRate}; it must be finite and not negative.");

        // Between optimizers of two types, no tensor would fit.
        if (Settings.StartsWith(optimizer.GetType().Name + " ", StringComparison.Ordinal))
            StateBlocks.Check(table, StepCount == 0 ? [] : optimizer.StateNames, Tensors, faults);
        return faults.Count == before;
    }
}

/// <summary>The state values of one parameter.</summary>
/// <param name="Name">For example <c>optimizer.exp_avg.conv1.weight</c>.</param>
/// <param name="Shape">The parameter's dimensions in PyTorch.</param>
/// <param name="Values">The values in PyTorch's order.</param>
internal sealed record StateTensor(string Name, ImmutableArray<int> Shape, float[] Values)
{
    /// <summary>What all names begin with.</summary>
    public const string Prefix = "optimizer.";

    /// <summary>The name for a parameter and a block.</summary>
    public static string NameOf(string block, ParameterInfo parameter) => $"{Prefix}{block}.{parameter.Name}";
}
