using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Networks;

public sealed class NetworkSummaryTests
{
    private static readonly NetworkSummary DigitNet = new(
        "DigitNet",
        [28, 28, 1],
        [
            new("conv1", "Conv2D", "3×3, 32 filters, valid", [26, 26, 32], 320, 389_376, "9×2 register tile"),
            new("relu1", "ReLU", "", [26, 26, 32], 0, 0, "behind pool1"),
            new("pool1", "MaxPool2D", "2×2, stride 2", [13, 13, 32], 0, 0, "fused into conv1, before its bias and ReLU, so that a quarter is left"),
            new("", "Flatten", "", [5408], 0, 0, "no code"),
            new("dense1", "Dense", "10 units", [10], 54_090, 108_160, "loops over panels of 10 columns"),
            new("softmax1", "Softmax", "", [10], 0, 0, ""),
        ],
        activationBytes: 21_632,
        Loss.CrossEntropy);

    [Fact]
    public void Adds_up_its_layers()
    {
        Assert.Equal(54_410, DigitNet.Parameters);
        Assert.Equal(217_640, DigitNet.ParameterBytes);
        Assert.Equal(497_536, DigitNet.Flops);
    }

    [Fact]
    public void Is_a_table_in_the_manner_of_Keras()
    {
        const string Expected = """
            Network: "DigitNet"
            ┏━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
            ┃ Layer (type)       ┃ Settings               ┃ Output shape ┃ Params ┃   FLOPs ┃ Computed as                           ┃
            ┡━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┩
            │ input (Input)      │                        │ (28, 28, 1)  │      0 │       0 │                                       │
            │ conv1 (Conv2D)     │ 3×3, 32 filters, valid │ (26, 26, 32) │    320 │ 389,376 │ 9×2 register tile                     │
            │ relu1 (ReLU)       │                        │ (26, 26, 32) │      0 │       0 │ behind pool1                          │
            │ pool1 (MaxPool2D)  │ 2×2, stride 2          │ (13, 13, 32) │      0 │       0 │ fused into conv1, before its bias and │
            │                    │                        │              │        │         │ ReLU, so that a quarter is left       │
            │ Flatten            │                        │ (5408)       │      0 │       0 │ no code                               │
            │ dense1 (Dense)     │ 10 units               │ (10)         │ 54,090 │ 108,160 │ loops over panels of 10 columns       │
            │ softmax1 (Softmax) │                        │ (10)         │      0 │       0 │                                       │
            └────────────────────┴────────────────────────┴──────────────┴────────┴─────────┴───────────────────────────────────────┘
             Parameters: 54,410 (212.54 KB)
             FLOPs per sample: 497,536
             Activations per sample: 21.12 KB
            """;
        Assert.Equal(Expected + "\n", DigitNet.ToString());
    }

    [Fact]
    public void Is_the_same_text_under_every_culture()
    {
        string expected = DigitNet.ToString();
        HostileCulture.Run(() => Assert.Equal(expected, DigitNet.ToString()));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KB")]
    [InlineData(3 << 20, "3.00 MB")]
    [InlineData(5L << 40, "5.00 TB")]
    [InlineData(5L << 50, "5120.00 TB")]
    public void Bytes_have_a_fitting_unit(long bytes, string expected) =>
        Assert.EndsWith($"Activations per sample: {expected}\n", new NetworkSummary("Net", [1], [], bytes, Loss.CrossEntropy).ToString());

    [Fact]
    public void Refuses_what_is_missing()
    {
        Assert.Throws<ArgumentNullException>(() => new NetworkSummary("Net", default, [], 0, Loss.CrossEntropy));
        Assert.Throws<ArgumentNullException>(() => new NetworkSummary("Net", [1], default, 0, Loss.CrossEntropy));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkSummary("Net", [1], [], -1, Loss.CrossEntropy));
    }
}
