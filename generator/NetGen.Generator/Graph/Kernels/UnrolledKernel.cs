using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>What operations must know to write their unrolled code.</summary>
/// <param name="memory">Where values lie.</param>
/// <param name="parameters">Where parameters lie.</param>
/// <param name="preparations">Where prepared values lie.</param>
internal sealed class UnrolledSample(InferenceMemory memory, ParameterPlan parameters, PreparationPlan preparations)
{
    /// <summary>
    /// The most values of a tensor that stay in registers: four of the narrowest vectors. With more of them there are too few registers for the lanes that are taken
    /// out, and to load single values from memory is faster.
    /// </summary>
    private const int MostInRegisters = 16;

    /// <summary>
    /// Whether a tensor stays in registers. The outputs are written to memory, and so is what a function with long code, such as tanh, is applied to in a loop.
    /// </summary>
    public static bool IsInRegisters(Tensor tensor, NetworkGraph graph) =>
        tensor != graph.Output && tensor.Shape.Length <= MostInRegisters && tensor.Producer is { Epilogue.HasLong: false };

    /// <summary>The variable that refers to a tensor in memory.</summary>
    public string NameOf(Tensor tensor) => memory.PlaceOf(tensor) == InferencePlace.Caller ? "x" : Invariant($"y{tensor.Id}");

    /// <summary>A reference to a tensor in memory that the code writes.</summary>
    public string ReferenceTo(Tensor tensor) => memory.PlaceOf(tensor) == InferencePlace.Outputs ? "ref outputs" : KernelWriter.At("values", memory.OffsetOf(tensor));

    /// <summary>Whether a tensor stays in registers.</summary>
    public bool IsInRegisters(Tensor tensor) => IsInRegisters(tensor, memory.Graph);

    /// <summary>The variable of a vector of a tensor that stays in registers.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="vector">Which vector.</param>
    public static string VectorOf(Tensor tensor, int vector) => Invariant($"y{tensor.Id}_{vector}");

    /// <summary>A vector of a tensor, as an expression.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">The vector's first value, a multiple of the lanes.</param>
    /// <param name="lanes">The lanes of a vector.</param>
    public string Load(Tensor tensor, int first, int lanes) =>
        IsInRegisters(tensor) ? VectorOf(tensor, first / lanes) : KernelWriter.Load(NameOf(tensor), first);

    /// <summary>One value of a tensor in all lanes, as an expression.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="index">Which value.</param>
    /// <param name="lanes">The lanes of a vector.</param>
    public string Broadcast(Tensor tensor, int index, int lanes) => IsInRegisters(tensor)
        ? Invariant($"Simd.Lane({VectorOf(tensor, index / lanes)}, {index % lanes})")
        : KernelWriter.Broadcast(NameOf(tensor), index);

    /// <summary>Four values of a tensor, as an expression.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">The first of them, a multiple of four.</param>
    /// <param name="lanes">The lanes of a vector.</param>
    public string Four(Tensor tensor, int first, int lanes) => IsInRegisters(tensor)
        ? Invariant($"Simd.Four({VectorOf(tensor, first / lanes)}, {first % lanes / 4})")
        : Invariant($"Simd128.Load(ref {NameOf(tensor)}, {first})");

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
/// A tiny network for one sample, unrolled from input to output: no loops and no calls. The outputs of a small layer stay in registers, and the next
/// layer takes lane by lane of them.
/// </summary>
internal static class UnrolledKernel
{
    /// <summary>The name of the kernel.</summary>
    public const string Name = "Unrolled";

    /// <summary>The partial sums of a sum whose terms are taken by four: those of <see cref="RegisterTile.PartialSums"/>.</summary>
    private const int FourSums = 4;

    /// <summary>The kernel of a network.</summary>
    public static Kernel Of(NetworkPlan plan) => new(
        Name,
        "All layers for one sample.",
        [
            KernelParameter.Floats("x", new Local("ref x[0]")),
            KernelParameter.Floats("p", new Local("ref p[0]")),
            .. NeedsMemory(plan) ? [KernelParameter.Floats("values", new Local("ref rows[0]"))] : Array.Empty<KernelParameter>(),
            .. plan.InferenceMemory.WritesOutputs ? [KernelParameter.Floats("outputs", new Local("ref y[0]"))] : Array.Empty<KernelParameter>(),
            .. plan.InferencePreparations.Preparations.Count > 0 ? [KernelParameter.Floats("prepared", new Local("ref prepared[0]"))] : Array.Empty<KernelParameter>(),
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

    /// <summary>Whether the kernel takes nothing but the input, the parameters and the outputs, so that a prediction needs no memory of its own.</summary>
    public static bool IsSelfContained(NetworkPlan plan) =>
        plan.IsUnrolled && plan.InferenceMemory.WritesOutputs && plan.InferencePreparations.Preparations.Count == 0 && !NeedsMemory(plan);

    /// <summary>Writes the unrolled code of a dense layer.</summary>
    public static void Dense(KernelWriter kernel, UnrolledSample sample, Operation operation, int rows, int columns, string weight, string bias)
    {
        Tensor output = operation.Output;
        bool inRegisters = sample.IsInRegisters(output);
        string target = sample.NameOf(output);
        kernel.Code.Comment(Invariant($"{operation.LayerText}: {rows} → {columns}"));
        if (!inRegisters)
            kernel.Code.Line($"ref float {target} = {sample.ReferenceTo(output)};");
        int partialSums = RegisterTile.PartialSums(rows, columns);
        for (int first = 0; first < columns; first += RegisterTile.PanelWidth)
        {
            int panelWidth = Math.Min(RegisterTile.PanelWidth, columns - first);
            for (int lane = 0; lane < panelWidth; lane += kernel.Lanes)
            {
                int column = first + lane;
                string sum = Invariant($"a{output.Id - 1}_{column / kernel.Lanes}");
                int weights = sample.OffsetOf(weight) + (first * rows) + lane;
                if (columns == 1 && partialSums == FourSums && rows % FourSums == 0)
                    Dot(kernel, sample, operation.Source.Tensor, rows, sum, weights, sample.OffsetOf(bias));
                else
                    Sum(kernel, sample, operation.Source.Tensor, (rows, panelWidth, partialSums), sum, weights, sample.OffsetOf(bias) + column);

                FunctionPlace place = new()
                {
                    Operand = function => sample.Load(function.Operand!.Value.Tensor, column, kernel.Lanes),
                    Channel = (function, name) => sample.Load(function.Channels.First(values => values.Name == name), column),
                };
                string result = operation.Epilogue.ApplyInTile(sum, place);
                if (inRegisters)
                    kernel.Code.Statement($"Floats {UnrolledSample.VectorOf(output, column / kernel.Lanes)} = {result};");
                else
                    kernel.Store(result, target, column, Math.Min(kernel.Lanes, panelWidth - lane));
            }
        }

        if (operation.Epilogue.HasLong)
            kernel.ChangeStored(target, columns, operation.Epilogue.ApplyLong);
    }

    /// <summary>Writes the sums of a vector of columns: each value in all lanes, times a row of the weights.</summary>
    private static void Sum(
        KernelWriter kernel, UnrolledSample sample, Tensor source, (int Rows, int PanelWidth, int PartialSums) shape, string sum, int weights, int bias)
    {
        kernel.Code.Rows(
            Enumerable.Range(0, shape.PartialSums).Select(partialSum => new[]
            {
                $"{sum}{Suffix(partialSum)} = {(partialSum == 0 ? KernelWriter.Load("p", bias) : "Simd.Zero")}",
            }),
            "Floats ", ", ", ";");
        kernel.Code.Rows(Enumerable.Range(0, shape.Rows).Select(k =>
        {
            string name = sum + Suffix(k % shape.PartialSums);
            return $"{name} = {KernelWriter.MultiplyAdd(sample.Broadcast(source, k, kernel.Lanes), KernelWriter.Load("p", weights + (k * shape.PanelWidth)), name)};";
        }));
        if (shape.PartialSums > 1)
            kernel.Code.Line($"{sum} = ({sum} + {sum}_1) + ({sum}_2 + {sum}_3);");
    }

    /// <summary>Writes the sum of a single column, whose weights lie side by side: four terms at a time, each with its partial sum, in the same order as elsewhere.</summary>
    private static void Dot(KernelWriter kernel, UnrolledSample sample, Tensor source, int rows, string sum, int weights, int bias)
    {
        kernel.Code.Line(Invariant($"FourFloats {sum}_sums = Simd128.LoadLanes(ref p, {bias}, 1);"));
        for (int k = 0; k < rows; k += FourSums)
            kernel.Code.Line(Invariant($"{sum}_sums = Simd128.MultiplyAdd({sample.Four(source, k, kernel.Lanes)}, Simd128.Load(ref p, {weights + k}), {sum}_sums);"));
        kernel.Code.Line($"Floats {sum} = Simd.SumOfFour({sum}_sums);");
    }

    private static bool NeedsMemory(NetworkPlan plan) => plan.Inference.Operations.Any(operation =>
        plan.InferenceMemory.PlaceOf(operation.Output) != InferencePlace.Outputs && !UnrolledSample.IsInRegisters(operation.Output, plan.Inference));

    private static string Suffix(int partialSum) => partialSum == 0 ? "" : Invariant($"_{partialSum}");
}
