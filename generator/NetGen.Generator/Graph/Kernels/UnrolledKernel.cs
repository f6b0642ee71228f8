using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>What operations must know to write their unrolled code.</summary>
/// <param name="memory">Where values lie.</param>
/// <param name="parameters">Where parameters lie.</param>
/// <param name="preparations">Where prepared values lie.</param>
internal sealed class UnrolledSample(InferenceMemory memory, ParameterPlan parameters, PreparationPlan preparations)
{
    /// <summary>The variable that refers to a tensor.</summary>
    public string NameOf(Tensor tensor) => memory.PlaceOf(tensor) == InferencePlace.Caller ? "x" : Invariant($"y{tensor.Id}");

    /// <summary>A reference to a tensor that the code writes.</summary>
    public string ReferenceTo(Tensor tensor) => memory.PlaceOf(tensor) == InferencePlace.Outputs ? "ref outputs" : KernelWriter.At("values", memory.OffsetOf(tensor));

    /// <summary>The offset of a parameter among all.</summary>
    public int OffsetOf(string parameter) => parameters[parameter].Offset;

    /// <summary>Emits the load of a vector with one value for each channel, from <paramref name="channel"/> on.</summary>
    public string Load(ChannelValues values, int channel) => values.Operand switch
    {
        ParameterOf parameter => KernelWriter.Load("p", OffsetOf(parameter.Name) + channel),
        PreparedOf prepared => KernelWriter.Load("prepared", preparations.OffsetOf(prepared) + channel),
        _ => throw new InvalidOperationException($"Unrolled code has nothing to read for the operand {values.Operand.GetType().Name}."),
    };
}

/// <summary>
/// A tiny network for one sample, unrolled from input to output: no loops and no calls. Each layer stores its outputs in a few floats of the
/// workspace, and the next layer broadcasts them from there.
/// </summary>
internal static class UnrolledKernel
{
    /// <summary>The name of the kernel.</summary>
    public const string Name = "Unrolled";

    /// <summary>The kernel of a network.</summary>
    public static Kernel Of(NetworkPlan plan) => new(
        Name,
        "All layers for one sample.",
        [
            KernelParameter.Floats("x", new Local("ref x[0]")),
            KernelParameter.Floats("p", new Local("ref p[0]")),
            KernelParameter.Floats("values", new Local("ref rows[0]")),
            .. plan.InferenceMemory.WritesOutputs ? [KernelParameter.Floats("outputs", new Local("ref y[0]"))] : Array.Empty<KernelParameter>(),
            .. plan.InferencePreparations.Length > 0 ? [KernelParameter.Floats("prepared", new Local("ref prepared[0]"))] : Array.Empty<KernelParameter>(),
        ],
        (writer, kernel) =>
        {
            UnrolledSample sample = new(plan.InferenceMemory, plan.Parameters, plan.InferencePreparations);
            using (writer.Method(kernel))
            {
                foreach (Operation operation in plan.Inference.Operations)
                {
                    if (operation != plan.Inference.Operations[0])
                        writer.Code.Line();
                    operation.WriteUnrolled(writer, sample);
                }
            }
        });

    /// <summary>Writes the unrolled code of a dense layer.</summary>
    public static void Dense(KernelWriter kernel, UnrolledSample sample, Operation operation, int rows, int columns, string weight, string bias)
    {
        string source = sample.NameOf(operation.Source.Tensor);
        string target = sample.NameOf(operation.Output);
        kernel.Code.Comment(Invariant($"{operation.LayerText}: {rows} → {columns}"));
        kernel.Code.Line($"ref float {target} = {sample.ReferenceTo(operation.Output)};");
        int partialSums = RegisterTile.PartialSums(rows, columns);
        for (int first = 0; first < columns; first += RegisterTile.PanelWidth)
        {
            int panelWidth = Math.Min(RegisterTile.PanelWidth, columns - first);
            for (int lane = 0; lane < panelWidth; lane += kernel.Lanes)
            {
                int column = first + lane;
                string sum = Invariant($"a{operation.Output.Id - 1}_{column / kernel.Lanes}");
                kernel.Code.Rows(
                    Enumerable.Range(0, partialSums).Select(partialSum => new[]
                    {
                        $"{sum}{Suffix(partialSum)} = {(partialSum == 0 ? KernelWriter.Load("p", sample.OffsetOf(bias) + column) : "Simd.Zero")}",
                    }),
                    "Floats ", ", ", ";");
                kernel.Code.Rows(Enumerable.Range(0, rows).Select(k =>
                {
                    string name = sum + Suffix(k % partialSums);
                    string w = KernelWriter.Load("p", sample.OffsetOf(weight) + (first * rows) + (k * panelWidth) + lane);
                    return $"{name} = {KernelWriter.MultiplyAdd(KernelWriter.Broadcast(source, k), w, name)};";
                }));
                if (partialSums > 1)
                    kernel.Code.Line($"{sum} = ({sum} + {sum}_1) + ({sum}_2 + {sum}_3);");
                FunctionPlace place = new()
                {
                    Operand = function => KernelWriter.Load(sample.NameOf(function.Operand!.Value.Tensor), column),
                    Channel = (function, name) => sample.Load(function.Channels.First(values => values.Name == name), column),
                };
                kernel.Store(operation.Epilogue.ApplyInTile(sum, place), target, column, Math.Min(kernel.Lanes, panelWidth - lane));
            }
        }

        if (operation.Epilogue.HasLong)
            kernel.ChangeStored(target, columns, operation.Epilogue.ApplyLong);
    }

    private static string Suffix(int partialSum) => partialSum == 0 ? "" : Invariant($"_{partialSum}");
}
