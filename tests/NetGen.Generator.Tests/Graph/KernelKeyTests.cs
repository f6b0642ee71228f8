using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Text;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>A kernel whose key is that of another one is not written at all, so its code must be the same.</summary>
public sealed class KernelKeyTests
{
    // Layers that are alike but for one thing: dropout, padding, stride, dilation, groups, what is added, whether they learn, what stands between them.
    private static readonly string[] Alike =
    [
        "Input(64), Dense(64), ReLU, Dropout(0.5), Dense(64), ReLU, Dropout(0.5), Dense(64), ReLU, Dropout(0.2), Dense(64), ReLU, Dense(64)",
        "Input(64), Dense(64), ReLU(Name = \"a\"), Dense(64, Trainable = false), ReLU, Dense(64), Add(\"a\"), ReLU, Dense(64), Tanh, Dense(64), Tanh, Dense(64), Sigmoid",
        "Input(64), Dense(64), LeakyReLU(0.1), Dense(64), LeakyReLU(0.2), Dense(64), PReLU, Dense(64), BatchNorm, ReLU, Dense(64), LayerNorm, ReLU, Dense(64)",
        "Input(8), Dense(8), ReLU, Dropout(0.5), Dense(8), ReLU, Dropout(0.5), Dense(8), ReLU, Dense(8), LeakyReLU(0.1), Dense(8), ReLU",
        "Input(12, 12, 8), Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3), ReLU, Conv2D(8, 3, Dilation = 2), ReLU, Flatten, Dense(3)",
        "Input(12, 12, 8), Conv2D(8, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = \"a\"), Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Add(\"a\"), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add(\"a\"), ReLU, Conv2D(8, 3, Padding = Padding.Same, Groups = 2), SpatialDropout(0.5), Conv2D(8, 3, Padding = Padding.Same), SpatialDropout(0.5), Conv2D(8, 3, Padding = Padding.Same), MaxPool2D(2), Flatten, Dense(3)",
        "Input(12, 12, 8), DepthwiseConv2D(3, Padding = Padding.Same), ReLU, DepthwiseConv2D(3, Padding = Padding.Same), ReLU, Conv2D(8, 1), ReLU, Conv2D(8, 1, Trainable = false), ReLU, Conv2D(8, 1, Stride = 2), Flatten, Dense(3)",
    ];

    [Fact]
    public void Kernels_with_equal_keys_have_equal_code()
    {
        NetworkModel[] models = [.. ReferenceDeclarations.Run.Models, .. Alike.SelectMany(layers => GeneratorRun.Of($"[Network, {layers}] public partial class Net;").Models)];
        Assert.Equal(ReferenceDeclarations.Run.NetworkCount + Alike.Length, models.Length);
        int compared = 0;
        foreach (NetworkModel model in models)
        {
            NetworkPlan plan = new(model);
            IEnumerable<Kernel> kernels = PassKernels.Inference(plan).All.Concat(PassKernels.Training(plan).All);
            foreach (IGrouping<(KernelKey?, string), Kernel> equal in kernels.Where(kernel => kernel.Key is not null).GroupBy(kernel => (kernel.Key, kernel.Signature)))
            {
                string first = CodeOf(equal.First());
                foreach (Kernel other in equal.Skip(1))
                {
                    Assert.True(first == CodeOf(other), $"{model.Name}: {equal.First().Name} and {other.Name} have equal keys, but different code.");
                    compared++;
                }
            }
        }

        Assert.True(compared > 200, $"Only {compared} kernels share the key of another one.");
    }

    /// <summary>The code at all vector widths, without comments and the kernel's name.</summary>
    private static string CodeOf(Kernel kernel) => string.Concat(VectorWidth.All.Select(width =>
    {
        CodeWriter code = new();
        kernel.Write(new KernelWriter(code, width, new SharedMethods(width, readsAhead: false)));
        return string.Join('\n', code.ToString().Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            .Replace($" {kernel.Name}(", " (", StringComparison.Ordinal).Replace($" {kernel.Name}Single(", " Single(", StringComparison.Ordinal);
    }));
}
