using NetGen.CompilerServices;
using NetGen.Tests.Data;
using NetGen.Tests.Display;
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
        Assert.Equal(Expected + "\n", DigitNet.ToString(130));
    }

    [Fact]
    public void Parameters_that_are_not_trained_have_lines_of_their_own()
    {
        NetworkSummary summary = new(
            "Net", [4],
            [
                new("dense1", "Dense", "", [300], 1500, 2400, "") { NonTrainableParameters = 1500 },
                Describe.Layer("batchnorm1", "BatchNorm", "", [300], 1200, 0, "", nonTrainableParameters: 600),
                Describe.Layer("dense2", "Dense", "", [1], 301, 600, ""),
            ],
            0, Loss.MeanSquaredError);
        Assert.Equal((3001, 901, 2100), (summary.Parameters, summary.TrainableParameters, summary.NonTrainableParameters));
        Assert.Contains(
            "┘\n Parameters: 3,001 (11.72 KB)\n Trainable: 901 (3.52 KB)\n Non-trainable: 2,100 (8.20 KB)\n FLOPs per sample: 3,000\n",
            summary.ToString(80), StringComparison.Ordinal);
        Assert.Equal((54_410, 0), (DigitNet.TrainableParameters, DigitNet.NonTrainableParameters));
    }

    [Fact]
    public void At_120_columns_the_lowering_is_broken_into_shorter_lines()
    {
        string[] lines = Lines.Fit(DigitNet.ToString(120), 120);
        Assert.Contains("│ relu1 (ReLU)       │                        │ (26, 26, 32) │      0 │       0 │ behind pool1                        │", lines);
        Assert.Contains("│ pool1 (MaxPool2D)  │ 2×2, stride 2          │ (13, 13, 32) │      0 │       0 │ fused into conv1, before its bias   │", lines);
        Assert.Contains("│                    │                        │              │        │         │ and ReLU, so that a quarter is left │", lines);
    }

    [Fact]
    public void At_80_columns_lowering_and_FLOPs_are_left_out()
    {
        const string Expected = """
            Network: "DigitNet"
            ┏━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━┓
            ┃ Layer (type)       ┃ Settings               ┃ Output shape ┃ Params ┃
            ┡━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━┩
            │ input (Input)      │                        │ (28, 28, 1)  │      0 │
            │ conv1 (Conv2D)     │ 3×3, 32 filters, valid │ (26, 26, 32) │    320 │
            │ relu1 (ReLU)       │                        │ (26, 26, 32) │      0 │
            │ pool1 (MaxPool2D)  │ 2×2, stride 2          │ (13, 13, 32) │      0 │
            │ Flatten            │                        │ (5408)       │      0 │
            │ dense1 (Dense)     │ 10 units               │ (10)         │ 54,090 │
            │ softmax1 (Softmax) │                        │ (10)         │      0 │
            └────────────────────┴────────────────────────┴──────────────┴────────┘
             Parameters: 54,410 (212.54 KB)
             FLOPs per sample: 497,536
             Activations per sample: 21.12 KB
            """;
        Assert.Equal(Expected + "\n", DigitNet.ToString(80));
        Lines.Fit(DigitNet.ToString(80), 80);
    }

    [Fact]
    public void At_40_columns_names_shapes_and_parameters_are_left()
    {
        string[] lines = Lines.Fit(DigitNet.ToString(40), 40);
        Assert.Equal("┃ Layer    ┃ Output       ┃ Params ┃", lines[2]);
        Assert.Equal("│ conv1    │ (26, 26, 32) │    320 │", lines[5]);
        Assert.Equal("│ Flatten  │ (5408)       │      0 │", lines[8]);
    }

    [Fact]
    public void Large_numbers_and_long_names_fit_too()
    {
        var summary = new NetworkSummary(
            "ANetworkWhoseNameIsLongerThanFortyCharacters",
            [1024, 1024, 3],
            [
                new("aLayerWhoseNameIsLongerThanFortyCharacters", "Conv2D", "11×11, 512 filters, same, stride 2", [512, 512, 512], 186_368, 97_710_505_984, "an incomprehensibly long word"),
                new("dense1", "Dense", "1000 units", [1000], 1_342_178_728, 268_435_456_000, ""),
            ],
            activationBytes: 1L << 40,
            Loss.MeanSquaredError);
        string[] lines = Lines.Fit(summary.ToString(40), 40);
        Assert.Equal("Network: \"ANetworkWhoseNameIsLongerTha…\"", lines[0]);
        Assert.Contains(lines, line => line.Contains("1,342,178,728", StringComparison.Ordinal));
        for (int width = 40; width < 200; width++)
            Lines.Fit(summary.ToString(width), width);
    }

    [Fact]
    public void Numbers_are_whole_at_any_width()
    {
        for (int width = 1; width < 40; width++)
        {
            string text = DigitNet.ToString(width);
            Assert.Contains(" 54,090 │", text, StringComparison.Ordinal);
            Assert.Contains("Parameters: 54,410 (212.54 KB)\n", text, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>("width", () => DigitNet.ToString(0));
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
