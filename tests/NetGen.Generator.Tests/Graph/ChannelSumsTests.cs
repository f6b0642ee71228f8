using System.Text.RegularExpressions;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>In which order the gradients of normalisations read their images, and what they read.</summary>
public sealed partial class ChannelSumsTests
{
    /// <summary>From 64 positions on, where there is more than one vector of channels, one position after the other is read.</summary>
    [Theory]
    [InlineData("Input(8, 8, 17), BatchNorm, Flatten, Dense(3)", "Vector512", true)]
    [InlineData("Input(8, 8, 16), BatchNorm, Flatten, Dense(3)", "Vector512", false)]
    [InlineData("Input(8, 8, 16), BatchNorm, Flatten, Dense(3)", "Vector256", true)]
    [InlineData("Input(7, 9, 17), BatchNorm, Flatten, Dense(3)", "Vector512", false)]
    [InlineData("Input(64, 33), LayerNorm, Flatten, Dense(3)", "Vector512", true)]
    [InlineData("Input(8, 8, 40), PReLU, Flatten, Dense(3)", "Vector512", true)]
    [InlineData("Input(512), BatchNorm, Dense(3)", "Vector512", false)]
    public void Large_images_of_several_vectors_are_read_from_begin_to_end(string layers, string width, bool isOnStack)
    {
        string code = Parameters(layers, width);
        Assert.Equal(isOnStack, code.Contains("memory = stackalloc", StringComparison.Ordinal));
        Assert.Equal(isOnStack, ChannelsInside().IsMatch(code));
    }

    /// <summary>The sign of the output is computed again if it is all that the derivative needs, and nothing else was added or dropped.</summary>
    [Theory]
    [InlineData("Input(8, 8, 20), BatchNorm, ReLU, Flatten, Dense(3)", false)]
    [InlineData("Input(8, 8, 20), BatchNorm, LeakyReLU(0.1), Flatten, Dense(3)", false)]
    [InlineData("Input(8, 8, 20), BatchNorm, Tanh, Flatten, Dense(3)", true)]
    [InlineData("Input(8, 8, 20), BatchNorm, ReLU, Dropout(0.5), Flatten, Dense(3)", true)]
    [InlineData("Input(8, 8, 20), Conv2D(20, 1, Name = \"a\"), BatchNorm, Add(\"a\"), ReLU, Flatten, Dense(3)", true)]
    public void The_output_of_a_normalisation_is_read_only_where_it_must_be(string layers, bool readsOutput)
    {
        string code = Parameters(layers, "Vector512");
        Assert.Equal(readsOutput, code.Contains("ref float y,", StringComparison.Ordinal));
        Assert.Equal(!readsOutput, code.Contains("ref float shift,", StringComparison.Ordinal));
    }

    // The kernel of the first gradient with respect to weights of a normalisation or slopes.
    private static string Parameters(string layers, string width)
    {
        GeneratorRun run = GeneratorRun.Of($"[Network, {layers}] public partial class Net;");
        Match method = Method().Match(run.Sources[$"Net.Kernels.{width}.g.cs"]);
        Assert.True(method.Success, layers);
        return method.Value;
    }

    [GeneratedRegex(@"public static void (Batchnorm1ParameterGradient|Layernorm1ParameterGradient|Prelu1WeightGradient)\(.*?\n    \}\n", RegexOptions.Singleline)]
    private static partial Regex Method();

    [GeneratedRegex(@"for \(nint column = 0; [^\n]*\n\s*\{\n\s*(\{\n\s*)?(for \(nint n = 0; |const int n = 0;)")]
    private static partial Regex ChannelsInside();
}
