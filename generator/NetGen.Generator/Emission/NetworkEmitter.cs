using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>Writes the sources of a network, one file for each concern.</summary>
internal static class NetworkEmitter
{
    /// <summary>Writes them.</summary>
    /// <param name="model">The network.</param>
    /// <param name="hintPrefix">What their names begin with; see <see cref="HintNames"/>.</param>
    /// <param name="context">Where they go.</param>
    public static void Emit(NetworkModel model, string hintPrefix, SourceProductionContext context)
    {
        NetworkPlan plan = new(model);
        IReadOnlyList<KernelSignature> inference = [];
        IReadOnlyList<KernelSignature> training = [];
        foreach (VectorWidth width in VectorWidth.All)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            KernelFile kernels = KernelsEmitter.Inference(plan, width);
            Add(Invariant($".Inference.Vector{width.Bits}"), kernels.Text);
            inference = kernels.Signatures;
            kernels = KernelsEmitter.Training(plan, width);
            Add(Invariant($".Training.Vector{width.Bits}"), kernels.Text);
            training = kernels.Signatures;
        }

        Add("", SurfaceEmitter.Write(plan));
        Add(".Descriptions", SurfaceEmitter.WriteDescriptions(plan));
        Add(".Inference", InferenceEmitter.Write(plan, inference));
        Add(".Training", TrainingEmitter.Write(plan, training));

        void Add(string concern, string text) =>
            context.AddSource(hintPrefix + concern + ".g.cs", SourceText.From(text, Encoding.UTF8));
    }
}
