using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>What the comments say where <see cref="Cropping"/> leaves out rows and columns: the shapes and strides of the layers, and which part of them is computed.</summary>
public sealed class CroppingTests
{
    private const string NotRead = "Nothing reads the other positions, so they are not computed.";

    [Theory]
    [InlineData(
        "Input(11, 10, 2), Conv2D(4, 3), AveragePool2D(3), Conv2D(6, 2, Stride = 5), Flatten, Dense(3)",
        "conv1: (11, 10, 2) by 3×3, stride 1 → 6×6 of (9, 8, 4). " + NotRead,
        "pool1: 6×6 of (9, 8, 4), 3×3 means, stride 3 → 2×2 of (3, 2, 4). " + NotRead,
        "conv2: 2×2 of (3, 2, 4) by 2×2, stride 5 → (6).")]

    // One window covers what is left of the image, but it has a stride all the same.
    [InlineData(
        "Input(4, 5, 2), Conv2D(4, 1), ReLU, AveragePool2D(3, Stride = 3), Flatten, Dense(3)",
        "conv1, relu1: (4, 5, 2) by 1×1, stride 1 → 3×3 of (4, 5, 4); ReLU. " + NotRead,
        "pool1: 3×3 of (4, 5, 4), 3×3 means, stride 3 → (4).")]
    [InlineData(
        "Input(11, 11, 1), Conv2D(4, 3), ReLU, MaxPool2D(2), Conv2D(5, 1, Stride = 3), Flatten, Dense(3)",
        "conv1, relu1, pool1: (11, 11, 1) by 3×3, stride 1 → (4, 4, 4); 2×2 maxima; ReLU.",
        "conv2: (4, 4, 4) by 1×1, stride 3 → (2, 2, 5).")]
    [InlineData(
        "Input(12, 3), Conv1D(5, 3), AveragePool1D(4), Flatten, Dense(2)",
        "conv1: (12, 3) by 3, stride 1 → 8 of (10, 5). " + NotRead,
        "pool1: 8 of (10, 5), 1×4 means, stride 4 → (2, 5).")]
    public void Kernels_of_cropped_images(string layers, params string[] comments) => Assert.Equal(comments, Comments(layers));

    [Theory]
    [InlineData(
        "Input(8, 8, 2), Conv2D(4, 3), AveragePool2D(3), Flatten, Dense(3)",
        "conv1: (8, 8, 2) by 3×3, stride 1 → (6, 6, 4).",
        "pool1: (6, 6, 4), 3×3 means, stride 3 → (2, 2, 4).")]
    [InlineData(
        "Input(5, 5, 2), Conv2D(4, 3), AveragePool2D(3), Flatten, Dense(3)",
        "conv1: (5, 5, 2) by 3×3, stride 1 → (3, 3, 4).",
        "pool1: (3, 3, 4), 3×3 means → (4).")]
    [InlineData(
        "Input(9, 8, 2), Conv2D(4, 1), BatchNorm, AveragePool2D(3, Padding = Padding.Same), Flatten, Dense(3)",
        "conv1, batchnorm1: (9, 8, 2) by 1×1, stride 1 → (9, 8, 4); times scale plus shift of the channel.",
        "pool1: (9, 8, 4), 3×3 means, stride 3 → (3, 3, 4).")]
    public void Kernels_of_whole_images(string layers, params string[] comments) => Assert.Equal(comments, Comments(layers));

    /// <summary>Comments of gradients and of memory say it, too, and where a fused pooling drops what its windows do not cover.</summary>
    [Fact]
    public void Gradients_and_memory()
    {
        string[] lines = [.. GeneratorRun.Of("[Network, Input(13, 13, 2), Conv2D(4, 3), ReLU, MaxPool2D(2), Conv2D(3, 1), AveragePool2D(3), Flatten, Dense(2)] public partial class Net;")
            .Sources.Values.SelectMany(source => source.Split('\n')).Select(line => line.Trim())];
        Assert.Contains(lines, line => line.EndsWith("conv1, relu1, pool1: the gradients with respect to the pre-activations, 6×6 of (11, 11, 4), and the biases.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("conv2: the gradient with respect to the input, 3×3 of (5, 5, 4).", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("3×3 of (5, 5, 3)", StringComparison.Ordinal) && line.Contains("const int", StringComparison.Ordinal));
        Assert.Equal([], lines.Where(line => line.Contains("//", StringComparison.Ordinal) && line.Contains("(3, 3, ", StringComparison.Ordinal)));
    }

    /// <summary>The comments above the forward kernels, without those of dense layers.</summary>
    private static string[] Comments(string layers)
    {
        NetworkModel model = Assert.Single(GeneratorRun.Of($"[Network, {layers}] public partial class Net;").Models);
        return [.. new NetworkPlan(model).Inference.Operations.Select(operation => operation.Summary).Where(comment => !comment.StartsWith("dense", StringComparison.Ordinal))];
    }
}
