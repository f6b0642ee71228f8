using NetGen.CompilerServices;

namespace NetGen;

/// <summary>A training pass of generated code. Optimizers see there whether gradients wait to be computed.</summary>
internal interface IRunnerPass
{
    /// <summary>What computes the pass.</summary>
    TrainingRunner Runner { get; }
}
