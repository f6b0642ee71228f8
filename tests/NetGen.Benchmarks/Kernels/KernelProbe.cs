using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Kernels;

/// <summary>What a kernel computes.</summary>
internal enum KernelRole
{
    /// <summary>The outputs of a layer, in prediction.</summary>
    Inference,

    /// <summary>The gradient with respect to the weights.</summary>
    WeightGradient,

    /// <summary>The gradient with respect to the inputs.</summary>
    InputGradient,
}

/// <summary>One generated kernel, called as the generated code calls it, on memory laid out as there.</summary>
/// <param name="Layer">The layer's name in its network.</param>
/// <param name="Description">The layer's shape.</param>
/// <param name="Role">What the kernel computes.</param>
/// <param name="Samples">How many samples one repetition computes.</param>
/// <param name="Prepare">Takes the memory; what comes back is timed.</param>
internal sealed record KernelProbe(
    string Layer, string Description, KernelRole Role, int Samples, Func<IWork> Prepare);

internal delegate void ConvolutionKernel(ref float x, ref float w, ref float bias, ref float y);

internal delegate void ConvolutionWeightGradient(ref float x, ref float dy, ref float dw, nint sample);

internal delegate void ConvolutionInputGradient(ref float dy, ref float w, ref float dx);

internal delegate void DenseKernel(ref float x, ref float w, ref float bias, ref float y, nint samples);

internal delegate void DenseWeightGradient(
    ref float x, nint panelStride, ref float dz, ref float dw, ref float updated, ref float state, ref float secondState, nint samples, nint rowPanelBegin, nint rowPanelEnd, nint panel);

internal delegate void DenseInputGradient(ref float dz, ref float w, ref float transposed, ref float dx, nint samples, nint panel);
