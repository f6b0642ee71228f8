using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>Writes the sources of a network, one file for each concern.</summary>
internal static class NetworkEmitter
{
    /// <summary>Writes them.</summary>
    /// <param name="model">The network.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The concern of each file, as a suffix of its name, and its text.</returns>
    public static IEnumerable<(string Concern, CodeWriter Text)> Write(NetworkModel model, CancellationToken cancellation)
    {
        NetworkPlan plan = new(model);
        PassKernels inference = PassKernels.Inference(plan);
        PassKernels training = PassKernels.Training(plan);
        KernelTable table = new(inference, training, readsAhead: LargeWeights.AreIn(plan.Inference.Operations), cancellation);
        for (int width = 0; width < VectorWidth.All.Length; width++)
            yield return (Invariant($".Kernels.Vector{VectorWidth.All[width].Bits}"), KernelsEmitter.Write(plan, table, width));
        yield return ("", SurfaceEmitter.Write(plan));
        yield return (".Descriptions", SurfaceEmitter.WriteDescriptions(plan, table));
        yield return (".Inference", InferenceEmitter.Write(plan, inference, table));
        yield return (".Training", TrainingEmitter.Write(plan, training, table));
    }
}
