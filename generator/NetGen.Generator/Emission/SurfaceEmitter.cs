using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>Emits the other members of the network's class: sizes, summary, construction, parameters, files.</summary>
internal static class SurfaceEmitter
{
    public static CodeWriter Write(NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        string self = SourceFile.FullName(model);
        return SourceFile.Write(
            model,
            Documentation(plan),
            $" : global::NetGen.INetwork<{self}>" + (plan.Head.HasLogits ? ", global::NetGen.CompilerServices.ILogits" : ""),
            code =>
            {
                Members(code, plan, self);
                PredictionSurface.Write(code, plan);
                TrainingSurface.Write(code, plan);
            });
    }

    /// <summary>The file with what is known of the network: its summary, its parameters, its kernels.</summary>
    public static CodeWriter WriteDescriptions(NetworkPlan plan, KernelTable table) => SourceFile.WriteOwn(
        plan.Model,
        code =>
        {
            code.Line("/// <summary>The descriptions of the network, made at their first use.</summary>");
            code.Line(SourceFile.Hidden);
            using (code.Open("internal static class Descriptions"))
                Descriptions(code, plan);
            code.Line();
            code.Line("/// <summary>The offsets of the parameters in their memory, in floats.</summary>");
            code.Line(SourceFile.Hidden);
            using (code.Open("internal static class Parameter"))
            {
                foreach (PlacedParameter parameter in plan.Parameters.Parameters)
                    code.Line(Invariant($"internal const int {parameter.Identifier} = {parameter.Offset};"));
            }

            KernelsEmitter.WriteList(code, plan, table);
        });

    private static void Members(CodeWriter code, NetworkPlan plan, string self)
    {
        NetworkModel model = plan.Model;
        string own = OwnNamespace.Full(model);
        string name = SourceFile.Self(model);
        code.Lines(Invariant($"""
            /// <summary>The number of values in one input sample: {model.Input}, channels last.</summary>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.InputLength)]
            public const int InputLength = {model.Input.Length};

            /// <summary>The number of values in one output sample: {model.Output}.</summary>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.OutputLength)]
            public const int OutputLength = {model.Output.Length};

            /// <summary>The number of trained parameters.</summary>
            public const int ParameterCount = {plan.Parameters.Count};

            private readonly global::NetGen.CompilerServices.ParameterMemory _parameters;

            #pragma warning disable CS8618 // Your own constructors call this one first and set their members after it.
            /// <summary>A network with initial weights.</summary>
            /// <param name="seed">The seed of the initial weights: equal seeds give equal weights.</param>
            public {name}(ulong seed = 0) => _parameters = new(ParameterTable, seed);

            private {name}(global::NetGen.CompilerServices.ParameterMemory parameters) => _parameters = parameters;
            #pragma warning restore CS8618

            /// <summary>The layers with their shapes, parameters and costs; its text is a table.</summary>
            public static global::NetGen.NetworkSummary Summary => {own}.Descriptions.Summary;

            /// <summary>The names, shapes and offsets of the parameters.</summary>
            public static global::NetGen.ParameterTable ParameterTable => {own}.Descriptions.Parameters;

            /// <inheritdoc/>
            public global::System.ReadOnlySpan<float> Parameters => _parameters.Values;

            /// <inheritdoc/>
            public long ParameterVersion => _parameters.Version;

            /// <inheritdoc/>
            public global::NetGen.ParameterEdit EditParameters() => _parameters.Edit();
            """));
        foreach (PlacedParameter parameter in plan.Parameters.Parameters)
        {
            code.Line();
            code.Line(Invariant($"/// <summary><c>{parameter.FullName}</c>, {Words(parameter)}; indexed and copied in PyTorch's order.</summary>"));
            code.Lines(Invariant($"public global::NetGen.ParameterView {parameter.Identifier} => _parameters.View(\"{parameter.FullName}\");"));
        }

        code.Line();
        code.Lines(Invariant($"""
            /// <inheritdoc/>
            public static {self} Load(string path) =>
                new(global::NetGen.CompilerServices.ParameterMemory.Load(path, ParameterTable));

            /// <inheritdoc/>
            public static {self} Load(global::System.IO.Stream stream) =>
                new(global::NetGen.CompilerServices.ParameterMemory.Load(stream, ParameterTable));

            /// <summary>Makes a network with the weights of a safetensors file in memory.</summary>
            /// <param name="bytes">The bytes of the file.</param>
            /// <exception cref="global::System.IO.IOException">The bytes do not hold this network's weights; all faults are listed.</exception>
            public static {self} Load(global::System.ReadOnlySpan<byte> bytes) =>
                new(global::NetGen.CompilerServices.ParameterMemory.Load(bytes, ParameterTable));

            /// <inheritdoc/>
            public void Save(string path) => _parameters.Save(path);

            /// <inheritdoc/>
            public void Save(global::System.IO.Stream stream) => _parameters.Save(stream);

            static int global::NetGen.INetwork<{self}>.InputLength => InputLength;
            static int global::NetGen.INetwork<{self}>.OutputLength => OutputLength;
            static global::NetGen.Loss global::NetGen.INetwork<{self}>.Loss => global::NetGen.Loss.{model.Loss.Kind};
            static {self} global::NetGen.INetwork<{self}>.Create(ulong seed) => new(seed);
            global::NetGen.NetworkSummary global::NetGen.INetwork.Summary => Summary;
            global::NetGen.ParameterTable global::NetGen.INetwork.ParameterTable => ParameterTable;
            """));
    }

    private static void Descriptions(CodeWriter code, NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        code.Line("internal static readonly ParameterTable Parameters = Describe.Parameters(");
        string parameters = string.Join(",\n", plan.Parameters.Parameters.Select(p => Invariant(
            $"    Describe.Parameter(\"{p.FullName}\", \"{p.Layer.Kind}\", {p.Offset}, WeightLayout.{p.Tensor.Layout}({Numbers(p.Tensor.Arguments)}), Initializer.{p.Tensor.Initializer}, {p.Tensor.FanIn}, {p.Tensor.FanOut}{Rest(p)})")));
        code.Lines(Invariant($"    \"{model.Name}\",\n    {plan.Parameters.Count},\n{parameters});"));
        code.Line();
        code.Line("internal static readonly NetworkSummary Summary = Describe.Network(");
        string layers = string.Join(",\n", model.Layers.Items.Select(layer => Invariant(
            $"        Describe.Layer(\"{layer.Name}\", \"{layer.Kind}\", \"{layer.Words}\", [{Numbers(layer.Output.Dimensions)}], {layer.ParameterCount}, {layer.Flops}, \"{Lowered(plan, layer)}\"{NonTrainable(layer)})")));
        code.Lines(Invariant($"    \"{model.Name}\",\n    [{Numbers(model.Input.Dimensions)}],\n    [\n{layers},\n    ],\n    {plan.ActivationBytes},\n    Inference.Plan,\n    Training.Plan);"));
    }

    /// <summary>The arguments that only some parameters need.</summary>
    private static string Rest(PlacedParameter parameter)
    {
        if (parameter.Tensor.InitializerValue != 0)
            return $", ParameterRole.{parameter.Role}, {parameter.Tensor.InitializerValue.ToString("R", CultureInfo.InvariantCulture)}";
        return parameter.Role == ParameterRole.Trained ? "" : $", ParameterRole.{parameter.Role}";
    }

    private static string NonTrainable(Layer layer)
    {
        int count = layer.Parameters.Items.Where(parameter => layer.RoleOf(parameter) != ParameterRole.Trained).Sum(parameter => parameter.Length);
        return count == 0 ? "" : Invariant($", {count}");
    }

    /// <summary>How a layer is computed: the words of the summary's last column.</summary>
    public static string Lowered(NetworkPlan plan, Layer layer)
    {
        if (layer.Name == plan.Inference.HeadLayer)
            return "head";
        if (plan.InferenceMemory.CopiesInput && plan.Inference.InputCopy?.Layers.Contains(layer.Name) == true)
            return "in the copy of the input";
        if (plan.Inference.Operations.FirstOrDefault(operation => operation.Layers.Contains(layer.Name)) is { } operation)
        {
            string form = !plan.IsUnrolled ? operation.Form : plan.TrainingMemory.IsUnrolled ? "unrolled" : "unrolled prediction";
            return operation.Layers[0] == layer.Name ? form : "in " + operation.Layers[0];
        }

        return plan.Training.Operations.Any(other => other.Layers.Contains(layer.Name)) ? "training only" : "no code";
    }

    private static IEnumerable<string> Documentation(NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        if (model.Table == TablePlace.None)
            yield break;
        string element = model.Table == TablePlace.Summary ? "summary" : "remarks";
        List<string[]> rows = [["Layer", "Kind", "Output", "Parameters", "FLOPs"]];
        rows.Add(["input", model.InputType == InputKind.UInt8 ? "Input bytes" : "Input", model.Input.ToString(), "", ""]);
        rows.AddRange(model.Layers.Items.Select(layer => new[]
        {
            layer.Name,
            layer.Words.Length == 0 ? layer.Kind : layer.Kind + " " + layer.Words,
            layer.Output.ToString(),
            Count(layer.ParameterCount),
            Count(layer.Flops),
        }));
        rows.Add(["total", "", "", plan.Parameters.Count.ToString("N0", CultureInfo.InvariantCulture), model.Flops.ToString("N0", CultureInfo.InvariantCulture)]);
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        yield return $"/// <{element}>";
        yield return Invariant($"/// {model.Input} → {model.Output}: {plan.Parameters.Count:N0} parameters, {model.Flops:N0} FLOPs a sample.");
        yield return "/// <code>";
        foreach (string[] row in rows)
            yield return "/// " + Escaped(string.Join("  ", row.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))).TrimEnd();
        yield return "/// </code>";
        yield return $"/// </{element}>";
    }

    /// <summary>Text in XML: the name of a generic activation has angle brackets.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Count(long count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Words(PlacedParameter parameter) => parameter.Tensor.Layout switch
    {
        LayoutKind.Vector or LayoutKind.VectorAfterFlatten => "one value for each output",
        LayoutKind.Convolution or LayoutKind.GroupedConvolution => "shape (filters, channels, kernel height, kernel width)",
        LayoutKind.Convolution1D or LayoutKind.GroupedConvolution1D => "shape (filters, channels, kernel)",
        LayoutKind.Dense or LayoutKind.DenseAfterFlatten => "shape (units, inputs)",
        _ => throw new InvalidOperationException($"There are no words for the layout {parameter.Tensor.Layout}."),
    };

    private static string Numbers(EquatableArray<int> numbers) =>
        string.Join(", ", numbers.Items.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
