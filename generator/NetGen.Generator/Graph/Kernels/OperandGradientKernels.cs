using NetGen.Generator.Graph.Memory;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// The gradients with respect to the tensors that an epilogue reads. They come before the other gradients of an operation, because some of
/// those overwrite the gradient with respect to the output.
/// </summary>
internal static class OperandGradientKernels
{
    /// <summary>A step for each operand.</summary>
    public static IEnumerable<GradientStep> Of(Operation operation, TrainingMemory memory)
    {
        int number = 0;
        foreach (PointwiseFunction function in operation.Epilogue.WithOperand)
        {
            bool adds = memory.Graph.AddsGradient(operation, number);
            number++;
            Tensor tensor = function.Operand!.Value.Tensor;
            Epilogue after = operation.Epilogue.After(function);
            OperandAccess values = OperandAccess.Of(function, "operand", operation.Output, memory);
            yield return GradientStep.Of(tensor, new Kernel(
                Invariant($"{operation.Name}Operand{number}Gradient"),
                $"{operation.LayerText}: the gradient with respect to the output of '{tensor.Name}', which the epilogue reads.",
                [
                    .. GradientLoad.Parameters(operation, after),
                    .. function.KeepsOperand ? [values.Parameter] : Array.Empty<KernelParameter>(),
                    KernelParameter.Floats("dx", new GradientOf(tensor)),
                    .. operation.TakesAllSamples ? [KernelParameter.Number("samples", new SampleCount())] : Array.Empty<KernelParameter>(),
                    .. after.ReplaysMask ? operation.MaskParameters() : [],
                ],
                (writer, kernel) => Write(writer, kernel, operation, function, values, memory, adds)));
        }
    }

    private static void Write(
        KernelWriter writer, Kernel kernel, Operation operation, PointwiseFunction function, OperandAccess operand, TrainingMemory memory, bool adds)
    {
        Epilogue epilogue = operation.Epilogue;
        Epilogue after = epilogue.After(function);
        BufferLayout output = operation.Output.Layout;
        BufferLayout gradient = operation.Output.GradientLayout;
        bool contiguous = gradient.IsContiguous && (output.IsContiguous || !after.NeedsOutput) && (operand.Layout.IsContiguous || !function.KeepsOperand);
        ValueLoops loops = new(operation.Output.Shape, contiguous, after.NeedsChannels || output.IsSlice);
        int sample = operation.TakesAllSamples ? memory.ActivationsLength : 0;
        using (writer.Method(kernel))
        using (operation.TakesAllSamples ? writer.Code.Open("for (nint sample = 0; sample < samples; sample++)") : writer.Code.Open())
        {
            if (after.ReplaysMask && operation.TakesAllSamples)
                writer.Code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, Mask.{operation.Name}, firstSample + (int)sample);"));
            loops.Write(writer, lanes =>
            {
                writer.Code.Line($"Floats value = Simd.Load(ref dy, {loops.At(gradient, sample)});");
                if (after.NeedsOutput)
                    writer.Code.Line($"Floats output = Simd.Load(ref y, {loops.At(output, sample)});");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref dx, {loops.UnitAt(sample)});");
                FunctionPlace place = GradientLoad.Place(after, "i") with
                {
                    Output = "output",
                    Unit = loops.Unit,
                    Operand = _ => KernelWriter.Load("operand", loops.At(operand.Layout, sample)),
                };
                writer.Store(epilogue.OperandGradient("value", function, place), "target", 0, lanes, adds);
            });
        }
    }
}
