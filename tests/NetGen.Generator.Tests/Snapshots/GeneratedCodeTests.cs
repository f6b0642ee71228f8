using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>
/// The generated sources of small networks, whole: what a change of the generator does to them is seen in the change of the files beside.
/// To accept new ones, rename <c>*.received.cs</c> to <c>*.verified.cs</c>.
/// </summary>
public class GeneratedCodeTests
{
    [Fact]
    public void Tiny() => Snapshot.Verify(GeneratorRun.Of(
        """
        namespace Samples;

        [Network, Input(3)]
        [Dense(4), ReLU, Dense(2)]
        public partial class Tiny;
        """));

    [Fact]
    public void Convolution() => Snapshot.Verify(GeneratorRun.Of(
        """
        [Network, Input(8, 8, 1)]
        [Conv2D(4, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
        [Flatten, Dropout(0.25)]
        [Dense(3), Softmax]
        public partial class SmallConvolution;
        """));

    [Fact]
    public void Branches() => Snapshot.Verify(GeneratorRun.Of(
        """
        [Network, Input(4, 4, 2)]
        [Conv2D(3, 1, Name = "entry"), LayerNorm(Name = "first")]
        [MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "entry"), Concat("first")]
        [Reshape(8, 12), AveragePool1D(2), GlobalMaxPool, Dense(2)]
        public partial class SmallBranches;
        """));

    [Fact]
    public void Groups() => Snapshot.Verify(GeneratorRun.Of(
        """
        [Network, Input(6, 5, 4)]
        [Conv2D(6, 2, Groups = 2, Dilation = 2), ReLU]
        [DepthwiseConv2D(3, Padding = Padding.Same)]
        [Flatten, Dense(2)]
        public partial class SmallGroups;
        """));

    [Fact]
    public void Sequence() => Snapshot.Verify(GeneratorRun.Of(
        """
        [Network, Input(12, 3)]
        [Conv1D(5, 3, Stride = 2, PaddingLength = 1), ReLU]
        [Flatten, Dense(2), Softmax]
        public partial class SmallSequence;
        """));

    /// <summary>Tiles of 2×2 outputs, which the cost model would not choose for so small an image, with a last one that is shifted back. So few channels take blocks in one row.</summary>
    [Fact]
    public void Winograd() => Snapshot.Verify(GeneratorRun.Of(
        TestCompilation.Create(
            """
            [Network(Winograd = WinogradUse.Training), Input(5, 4, 4)]
            [Conv2D(8, 3, Padding = Padding.Same), ReLU, GlobalAveragePool]
            public partial class SmallWinograd;
            """),
        HostOptions.WithWinograd(2)));

    /// <summary>More channels than a block in one row takes, and filters of 5×5.</summary>
    [Fact]
    public void Winograd_of_5x5() => Snapshot.Verify(GeneratorRun.Of(
        TestCompilation.Create(
            """
            [Network, Input(7, 6, 9)]
            [Conv2D(8, 5, Padding = Padding.Same), ReLU, MaxPool2D(2), GlobalAveragePool]
            public partial class SmallFilter5;
            """),
        HostOptions.WithWinograd(2)));

    [Fact]
    public void Bytes() => Snapshot.Verify(GeneratorRun.Of(
        """
        [Network, Input(6, 6, 1, Type = InputType.UInt8)]
        [Rescale(1 / 255.0), Conv2D(4, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
        [Flatten, Dense(3), Softmax]
        public partial class SmallBytes;
        """));
}
