using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Graph;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Counting;

/// <summary>The reference networks, whose kernels count the lanes of their multiply-adds and have the vector width that a test chooses.</summary>
internal sealed class CountedNetworks
{
    private const string Namespace = "NetGen.Benchmarks.Networks.";

    /// <summary>Their names. To compile all reference networks takes long; these have most kinds of kernels, though none of depthwise convolutions.</summary>
    public static readonly string[] Names = ["Tiny", "MlpSmall", "LeNet", "KerasCnn", "VggSmall", "ResNet8"];

    /// <summary>The bits of the vectors.</summary>
    public static readonly int[] Widths = [128, 256, 512];

    private static readonly Lazy<byte[]> Image = new(() => EmittedNetwork.Compile(Instrumented()));
    private static readonly Dictionary<int, Lazy<CountedNetworks>> OfWidths =
        Widths.ToDictionary(bits => bits, bits => new Lazy<CountedNetworks>(() => new CountedNetworks(bits)));

    private readonly Assembly _assembly;
    private readonly FieldInfo[] _counters;

    // Each width has an assembly of its own: a thread keeps the kernels that its first prediction chose.
    private CountedNetworks(int bits)
    {
        _assembly = EmittedNetwork.Load(Image.Value, new AssemblyLoadContext($"{bits} bits"));
        _counters = _assembly.GetType(LaneCounters.Fields, throwOnError: true)!.GetFields(BindingFlags.NonPublic | BindingFlags.Static);
        foreach (PropertyInfo has in _assembly.GetType("NetGen__Counting.Width", throwOnError: true)!.GetProperties(BindingFlags.NonPublic | BindingFlags.Static))
            has.SetValue(null, has.Name == "Has256" ? bits >= 256 : bits >= 512);
    }

    /// <summary>Those with vectors of so many bits; any machine runs them.</summary>
    public static CountedNetworks Of(int bits) => OfWidths[bits].Value;

    /// <summary>The class of a network.</summary>
    public Type this[string name] => _assembly.GetType(Namespace + name, throwOnError: true)!;

    /// <summary>Counts the lanes of the multiply-adds of some work, for each method that has any.</summary>
    public IReadOnlyDictionary<string, long> Count(Action work)
    {
        foreach (FieldInfo counter in _counters)
            counter.SetValue(null, 0L);
        work();
        return _counters
            .Select(counter => (counter.Name, Lanes: (long)counter.GetValue(null)!))
            .Where(counter => counter.Lanes > 0)
            .ToDictionary(counter => counter.Name, counter => counter.Lanes);
    }

    private static CSharpCompilation Instrumented()
    {
        LaneCounters counters = new();
        List<string> sources = [ReferenceDeclarations.DirectBenchmark];
        foreach (NetworkModel model in ReferenceDeclarations.DirectRun.Models.Where(model => Names.Contains(model.Name)))
        {
            foreach ((string name, string text) in ReferenceDeclarations.DirectRun.Sources)
            {
                if (name.StartsWith(model.MetadataName + ".", StringComparison.Ordinal))
                    sources.Add(WithChosenWidth(name.Contains(".Kernels.", StringComparison.Ordinal) ? WithCounters(text, model, counters) : text));
            }
        }

        sources.Add(CountedText.Of(Gradients(), _ => counters.Field("DenseGradients")));
        sources.Add(counters.ToString());

        // Without documentation there is less to compile; other tests look at it.
        CSharpParseOptions options = new(LanguageVersion.CSharp13, DocumentationMode.None);
        return TestCompilation.Create().AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(source, options)));
    }

    /// <summary>The text of kernels in which those of convolutions and dense layers count.</summary>
    private static string WithCounters(string text, NetworkModel model, LaneCounters counters)
    {
        // The name Simd is an alias, which is another class in the file of each width.
        Match width = Regex.Match(text, "using Simd = global::NetGen.CompilerServices.(Simd[0-9]+);");
        string counted = CountedText.Of(text, method => HasSums(model, method) ? counters.Field(model.Name + "_" + method) : null);
        return counted.Replace(LaneCounters.MethodOf("Simd") + "(", LaneCounters.MethodOf(width.Groups[1].Value) + "(", StringComparison.Ordinal);
    }

    /// <summary>Whether a method computes sums of products for a convolution or a dense layer.</summary>
    /// <exception cref="InvalidOperationException">It is not known for which layer it multiplies.</exception>
    private static bool HasSums(NetworkModel model, string method)
    {
        if (method == "Unrolled" || method.StartsWith("DenseTile", StringComparison.Ordinal))
            return true;
        Layer layer = model.Layers.Items.FirstOrDefault(layer => IsOf(layer, method))
            ?? throw new InvalidOperationException($"{model.Name}: it is not known for which layer {method} multiplies.");
        return layer is ConvolutionLayer or DenseLayer;
    }

    /// <summary>Whether a method is named after a layer: <c>Conv1WeightGradient</c>, but not <c>Conv10</c>.</summary>
    private static bool IsOf(Layer layer, string method)
    {
        string name = ParameterNames.Pascal(layer.Name);
        return method.StartsWith(name, StringComparison.Ordinal) && (method.Length == name.Length || char.IsUpper(method[name.Length]));
    }

    private static string WithChosenWidth(string text) => text
        .Replace("Vector512.IsHardwareAccelerated", "NetGen__Counting.Width.Has512", StringComparison.Ordinal)
        .Replace("Vector256.IsHardwareAccelerated", "NetGen__Counting.Width.Has256", StringComparison.Ordinal)
        .Replace("global::NetGen.CompilerServices.DenseGradients", "global::NetGen__Counting.DenseGradients", StringComparison.Ordinal);

    /// <summary>The gradients of dense layers that the library computes for all networks, as a copy of its source.</summary>
    private static string Gradients() => File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "src", "NetGen", "CompilerServices", "DenseGradients.cs"))
        .Replace("namespace NetGen.CompilerServices;", "namespace NetGen__Counting; using NetGen.CompilerServices;", StringComparison.Ordinal);

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
