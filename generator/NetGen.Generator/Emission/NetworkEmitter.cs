using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>Writes the sources of a network, one file for each concern.</summary>
internal static class NetworkEmitter
{
    /// <summary>Writes them.</summary>
    /// <param name="model">The network.</param>
    /// <param name="add">Takes the concern of a file, as a suffix of its name, and its text.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static void Emit(NetworkModel model, Action<string, string> add, CancellationToken cancellation)
    {
        NetworkPlan plan = new(model);
        PassKernels inference = PassKernels.Inference(plan);
        PassKernels training = PassKernels.Training(plan);
        foreach (VectorWidth width in VectorWidth.All)
        {
            cancellation.ThrowIfCancellationRequested();
            add(Invariant($".Inference.Vector{width.Bits}"), KernelsEmitter.Write(plan, inference, width));
            add(Invariant($".Training.Vector{width.Bits}"), KernelsEmitter.Write(plan, training, width));
        }

        add("", SurfaceEmitter.Write(plan));
        add(".Descriptions", SurfaceEmitter.WriteDescriptions(plan));
        add(".Inference", InferenceEmitter.Write(plan, inference));
        add(".Training", TrainingEmitter.Write(plan, training));
    }
}
