using System.Globalization;
using System.Text.RegularExpressions;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which convolutions repeat their inputs, and that all that depends on it agrees.</summary>
public sealed class RepeatedInputsTests
{
    /// <summary>Written down, so that a change of the model's constants shows what it changes: the rows of a tile, 0 where another algorithm is used, and whether the weight gradient repeats its inputs.</summary>
    [Theory]
    [InlineData("Input(28, 28, 1), Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2)", 512, 14, true)]
    [InlineData("Input(32, 32, 3), Conv2D(3, 3, Padding = Padding.Same), ReLU", 512, 16, true)]
    [InlineData("Input(32, 32, 3), Conv2D(6, 5), ReLU, MaxPool2D(2)", 512, 14, false)]
    [InlineData("Input(28, 28, 1), Conv2D(10, 5), ReLU", 512, 24, true)]
    [InlineData("Input(32, 32, 3), Conv2D(16, 3), ReLU", 512, 0, false)]
    [InlineData("Input(24, 24, 6), Conv2D(21, 3, Padding = Padding.Same), MaxPool2D(3)", 512, 24, true)]
    [InlineData("Input(32, 32, 32), Conv2D(3, 3), ReLU", 512, 0, false)]
    [InlineData("Input(32, 32, 3), Conv2D(3, 3, Stride = 2), ReLU", 512, 0, false)]
    [InlineData("Input(32, 32, 3), Conv2D(3, 3, Dilation = 2), ReLU", 512, 0, false)]
    [InlineData("Input(32, 32, 4), Conv2D(4, 3, Groups = 2), ReLU", 512, 0, false)]
    [InlineData("Input(32, 32, 3), Conv2D(6, 1), ReLU", 512, 16, true)]
    public void Chosen(string layers, int bits, int rows, bool ofGradient)
    {
        VectorWidth width = VectorWidth.All.Single(width => width.Bits == bits);
        ConvolutionOperation convolution = Convolutions(layers, training: false).Single();
        ConvolutionShape shape = convolution.ForwardShape(keepsArgmax: false);

        Assert.Equal(rows > 0, ConvolutionTiling.Choose(shape, width) == ConvolutionAlgorithm.Repeated);
        Assert.Equal(rows, RepeatedInputs.Rows(shape, width) ?? 0);
        Assert.Equal(ofGradient, RepeatedInputs.TakesGradient(convolution, width));
    }

    /// <summary>The sums of a layer have the same order, and so the same bits, in predictions and in training, whatever follows the layer and however many threads share it. Predictions with Winograd's transforms add in another order, so these are off here.</summary>
    [Theory]
    [InlineData("Input(32, 32, 3), Conv2D(6, 5), {0}Flatten, Dense(2)")]
    [InlineData("Input(28, 28, 1), Conv2D(8, 3, Padding = Padding.Same), {0}Flatten, Dense(2)")]
    [InlineData("Input(12, 24, 2), Conv2D(2, 3), {0}Flatten, Dense(2)")]
    [InlineData("Input(40, 40, 4), Conv2D(15, 3), {0}Flatten, Dense(2)")]
    [InlineData("Input(48, 48, 1), Conv2D(20, 5), {0}Flatten, Dense(2)")]
    public void What_follows_does_not_change_the_choice(string layers)
    {
        string[] following = ["", "ReLU, ", "ReLU, MaxPool2D(2), ", "BatchNorm, ReLU, ", "BatchNorm, MaxPool2D(2), Dropout(0.5), ", "GELU, ", "PReLU, "];
        foreach (VectorWidth width in VectorWidth.All)
        {
            bool[] chosen =
            [
                .. from follows in following
                   from training in new[] { false, true }
                   let convolution = Convolutions(string.Format(CultureInfo.InvariantCulture, layers, follows), training, "(Winograd = WinogradUse.Off)").First()
                   from shape in new[]
                   {
                       convolution.ForwardShape(keepsArgmax: false), convolution.ForwardShape(keepsArgmax: convolution.Epilogue.Pools),
                       convolution.ForwardShape(keepsArgmax: false) with { Sharing = convolution.Sharing },
                   }
                   select ConvolutionTiling.Choose(shape, width) == ConvolutionAlgorithm.Repeated,
            ];
            Assert.Single(chosen.Distinct());
        }
    }

    /// <summary>A tile has room in the registers, and the inputs of all lanes of a vector come from one vector of inputs.</summary>
    [Fact]
    public void All_that_is_chosen_fits()
    {
        int chosen = 0;
        foreach (VectorWidth width in VectorWidth.All)
        foreach (int channels in (int[])[1, 2, 3, 4, 6, 12])
        foreach (int filters in (int[])[1, 2, 3, 5, 7, 8, 10, 12, 15, 17, 20, 31, 32])
        foreach (int kernel in (int[])[1, 2, 3, 5, 9])
        {
            ConvolutionOperation convolution = Convolutions($"Input(30, 30, {channels}), Conv2D({filters}, {kernel}), ReLU, MaxPool2D(2)", training: true).Single();
            ConvolutionShape shape = convolution.ForwardShape(keepsArgmax: true);
            if (RepeatedInputs.Rows(shape, width) is { } rows)
            {
                chosen++;
                Assert.True(rows + kernel + 3 <= width.Registers && rows % 2 == 0, $"{channels} channels, {filters} filters by {kernel}×{kernel}: {rows} rows.");
                AssertOneVector(channels, filters, width);
            }

            if (RepeatedInputs.TakesGradient(convolution, width))
            {
                int columns = RepeatedInputs.GradientColumns(kernel, kernel, width);
                Assert.True(columns > 0 && (columns * kernel) + kernel + 2 <= width.Registers);
                AssertOneVector(channels, filters, width);
            }
        }

        Assert.InRange(chosen, 50, int.MaxValue);

        static void AssertOneVector(int channels, int filters, VectorWidth width)
        {
            for (int first = 0; first < filters; first++)
                Assert.True((first + width.Lanes - 1) / filters * channels < width.Lanes);
        }
    }

    /// <summary>Threads share the rows of a layer that takes long, in parts whose tiles cost little more.</summary>
    [Theory]
    [InlineData("Input(32, 32, 3), Conv2D(10, 3, Padding = Padding.Same), ReLU")]
    [InlineData("Input(224, 224, 3), Conv2D(12, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)")]
    [InlineData("Input(224, 224, 3), Conv2D(6, 5), ReLU")]
    [InlineData("Input(128, 128, 1), Conv2D(10, 5), ReLU, MaxPool2D(2)")]
    public void Threads_share_the_rows(string layers)
    {
        ConvolutionOperation convolution = Convolutions(layers, training: false).Single();
        Assert.True(RepeatedInputs.MayBeUsed(convolution.ForwardShape(keepsArgmax: false)));
        Assert.True(convolution.Sharing is { SharesPanels: false, Parts: > 1 }, $"{convolution.Sharing}");
    }

    /// <summary>What a sum on the stack may take, so that no image makes a thread run out of it.</summary>
    [Theory]
    [InlineData("Input(2048, 2048, 3), Conv2D(12, 3), ReLU, MaxPool2D(2)")]
    [InlineData("Input(512, 512, 3), Conv2D(20, 3), ReLU, MaxPool2D(2)")]
    [InlineData("Input(48000, 1), Conv1D(12, 9), ReLU")]
    [InlineData("Input(16000, 1), Conv1D(100, 9), ReLU")]
    public void The_stack_is_enough(string layers)
    {
        GeneratorRun run = GeneratorRun.Of($"using NetGen;\n[Network, {layers}, GlobalMaxPool, Dense(2)]\npartial class Net;");
        foreach (Match match in run.Sources.Values.SelectMany(text => Regex.Matches(text, @"stackalloc float\[(\d+)\]")))
            Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 1, 20_000);
    }

    /// <summary>The gradient with respect to an input is added to that of another reader by one kernel, and stored by another one: both choose alike, since they read the same prepared weights.</summary>
    [Fact]
    public void Adding_does_not_change_the_choice()
    {
        foreach (string input in (string[])["Input(32, 2)", "Input(128, 1)", "Input(64, 3)"])
        foreach (int filters in (int[])[1, 2, 3, 5])
        {
            GeneratorRun run = GeneratorRun.Of($"using NetGen;\n[Network, {input}, Conv1D(2, 3, Name = \"x\"), Conv1D({filters}, 3, Padding = Padding.Same), Concat(\"x\"), Flatten, Dense(2)]\npartial class Net;");
            foreach (ConvolutionOperation convolution in NetworkGraph.Of(run.Models.Single(), training: true).Operations.OfType<ConvolutionOperation>())
            foreach (VectorWidth width in VectorWidth.All)
                Assert.Equal(
                    convolution.InputGradient.Parts(adds: false).Select(part => ConvolutionTiling.Choose(part.Shape, width) == ConvolutionAlgorithm.Repeated),
                    convolution.InputGradient.Parts(adds: true).Select(part => ConvolutionTiling.Choose(part.Shape, width) == ConvolutionAlgorithm.Repeated));
        }
    }

    private static IEnumerable<ConvolutionOperation> Convolutions(string layers, bool training, string settings = "") =>
        NetworkGraph.Of(GeneratorRun.Of($"using NetGen;\n[Network{settings}, {layers}]\npartial class Net;").Models.Single(), training).Operations.OfType<ConvolutionOperation>();
}
