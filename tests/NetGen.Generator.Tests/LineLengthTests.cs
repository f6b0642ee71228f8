using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>People read generated code and step through it: its lines must not run out of the window.</summary>
public class LineLengthTests
{
    private const int MaxColumns = 160;

    [Theory]
    [InlineData("Input(3), Dense(4), ReLU, Dense(2)")]
    [InlineData("Input(8, 8, 1), Conv2D(4, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Flatten, Dropout(0.25), Dense(3), Softmax")]
    [InlineData("Input(784), Dropout(0.2), Dense(300), ReLU, Dropout(0.5), Dense(84), LeakyReLU(0.3), Dense(10), Softmax")]
    [InlineData("Input(32, 32, 3), Conv2D(32, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25), Conv2D(11, 5, Stride = 2), MaxPool2D(3), Flatten, Dense(10)")]
    [InlineData("Input(28, 28, 1), Conv2D(6, 5, Padding = Padding.Same), LeakyReLU(0.123456789), LeakyReLU(0.987654321), LeakyReLU(0.5), MaxPool2D(2), Conv2D(16, 5), MaxPool2D(3)")]
    [InlineData("Input(40, 40, 8), Conv2D(40, 3, Groups = 4, Dilation = 2), BatchNorm, ReLU, Dropout(0.3), MaxPool2D(2), DepthwiseConv2D(5, PaddingHeight = 2, PaddingWidth = 2), BatchNorm, ReLU, Dropout(0.2), DepthwiseConv2D(13), Flatten, Dense(10)")]
    [InlineData("Input(40, 40, 8), Conv2D(8, 3, Padding = Padding.Same), Conv2D(8, 3, Padding = Padding.Same), Add(\"conv1\"), LeakyReLU(0.1), LeakyReLU(0.2), AveragePool2D(3, Stride = 1, Padding = Padding.Same), Flatten, Dense(1000)")]
    [InlineData("Input(12), Dense(12, Name = \"theFirstLayerOfANetworkWithNamesThatTellAStory\"), ReLU(Name = \"theRectifierBehindTheFirstLayerOfThatNetwork\"), Dropout(0.5, Name = \"theDropoutBehindThatRectifier\"), Dense(40)")]
    public void Lines_fit_a_window(string layers)
    {
        KeyValuePair<string, string>[] files = [.. GeneratorRun.Of($"[Network, {layers}] public partial class Net;").Sources];
        Assert.Equal(7, files.Length);
        string[] tooLong =
        [
            .. from file in files
               from line in file.Value.Split('\n')
               where line.Length > MaxColumns
               select $"{file.Key}: {line.Trim()}",
        ];
        Assert.True(tooLong.Length == 0, string.Join('\n', tooLong.Take(10)));
    }
}
