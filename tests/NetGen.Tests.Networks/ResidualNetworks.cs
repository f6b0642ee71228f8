// Sums of earlier layers, in every place that a declaration can have them in.

namespace NetGen.Tests.Kernels;

[Network]
[Input(3)]
[Dense(4, Name = "entry"), Add("entry")]
internal sealed partial class TwiceTheSame;

/// <summary>Flatten does nothing to features but give them a name.</summary>
[Network]
[Input(8)]
[Flatten(Name = "input"), Dense(8), Add("input"), ReLU, Dense(3)]
internal sealed partial class SumWithFeatures;

[Network]
[Input(6, 5, 4)]
[ReLU(Name = "entry"), Conv2D(4, 3, Padding = Padding.Same), Add("entry"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class SumWithImage;

[Network]
[Input(9, 3)]
[ReLU(Name = "entry"), LeakyReLU(0.5), Add("entry"), Flatten, Dense(4)]
internal sealed partial class SumOfSequences;

/// <summary>Widths around vectors and panels.</summary>
[Network]
[Input(33)]
[Dense(65, Name = "first"), ReLU, Dense(65), Add("first"), ReLU(Name = "second")]
[Dense(65), LeakyReLU(0.25), Dense(65), Add("second"), ReLU, Dense(9)]
internal sealed partial class ResidualPanels;

/// <summary>Weights that no second-level cache holds; such layers may be computed in another way.</summary>
[Network]
[Input(300)]
[Dense(300, Name = "entry"), ReLU, Dense(300), Add("entry"), ReLU, Dense(10), Softmax]
internal sealed partial class LargeResidual;

[Network]
[Input(10)]
[Dense(7, Name = "entry"), ReLU, Dense(7), Add("entry"), Softmax]
internal sealed partial class SumOfLogits;

[Network]
[Input(6, 5, 2)]
[Conv2D(3, 3, Padding = Padding.Same, Name = "entry"), ReLU, Conv2D(3, 3, Padding = Padding.Same), Add("entry")]
internal sealed partial class SumAsSpatialHead;

[Network]
[Input(12, 10, 3)]
[Conv2D(8, 3), ReLU, MaxPool2D(2, Name = "entry")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU]
[Conv2D(8, 3, Padding = Padding.Same), Add("entry"), ReLU, MaxPool2D(2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class SumWithMaxima;

[Network]
[Input(9, 9, 2)]
[Conv2D(6, 2), AveragePool2D(2, Name = "entry")]
[Conv2D(6, 3, Padding = Padding.Same), LeakyReLU(0.25)]
[Conv2D(6, 3, Padding = Padding.Same), Add("entry"), LeakyReLU(0.25), MaxPool2D(3, Stride = 1)]
[Flatten, Dense(3)]
internal sealed partial class SumWithAverages;

/// <summary>Outputs that several sums read.</summary>
[Network]
[Input(7, 6, 5)]
[Conv2D(5, 3, Padding = Padding.Same), ReLU(Name = "a")]
[Conv2D(5, 3, Padding = Padding.Same), Add("a"), ReLU(Name = "b")]
[Conv2D(5, 3, Padding = Padding.Same), Add("a", "b"), ReLU]
[Conv2D(5, 3, Padding = Padding.Same), Add("b", "a")]
[Flatten, Dense(4), Softmax]
internal sealed partial class SeveralReaders;

/// <summary>A block around two blocks: three outputs live at once.</summary>
[Network]
[Input(7, 6, 3)]
[Conv2D(4, 3, Padding = Padding.Same), ReLU(Name = "outer")]
[Conv2D(4, 3, Padding = Padding.Same), ReLU(Name = "first")]
[Conv2D(4, 3, Padding = Padding.Same), Add("first"), ReLU(Name = "second")]
[Conv2D(4, 3, Padding = Padding.Same), Add("second"), ReLU]
[Conv2D(4, 3, Padding = Padding.Same), Add("outer"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class NestedBlocks;

/// <summary>Sums that follow each other or are themselves added.</summary>
[Network]
[Input(6, 7, 3)]
[Conv2D(5, 2, Name = "a"), ReLU(Name = "b")]
[Conv2D(5, 3, Padding = Padding.Same), Add("a", Name = "sum"), Add("b"), ReLU]
[Conv2D(5, 3, Padding = Padding.Same), Add("sum"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class SumsOfSums;

/// <summary>The added layer wants a halo of two rows, the sum one of one row.</summary>
[Network]
[Input(8, 9, 3)]
[Conv2D(6, 3), ReLU(Name = "entry")]
[Conv2D(6, 5, Padding = Padding.Same), ReLU, Conv2D(6, 1), Add("entry"), ReLU]
[Conv2D(4, 3, Padding = Padding.Same), ReLU]
[Flatten, Dense(3)]
internal sealed partial class UnequalHalos;

[Network]
[Input(10, 9, 2)]
[Conv2D(5, 3), ReLU(Name = "entry")]
[Conv2D(5, 3, Padding = Padding.Same), Add("entry"), ReLU]
[Conv2D(7, 3, Stride = 2, Padding = Padding.Same), ReLU]
[Flatten, Dense(3)]
internal sealed partial class StrideAfterSum;

/// <summary>One channel and few filters, so that two positions share a vector.</summary>
[Network]
[Input(9, 12, 1)]
[ReLU(Name = "input"), Conv2D(1, 3, Padding = Padding.Same), Add("input")]
[Conv2D(4, 3, Padding = Padding.Same, Name = "entry"), ReLU]
[Conv2D(4, 3, Padding = Padding.Same), Add("entry"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class SumOfPairs;

/// <summary>Few channels before many filters: the gradient with respect to the input goes over the filters.</summary>
[Network]
[Input(9, 7, 3)]
[Conv2D(2, 3, Padding = Padding.Same, Name = "entry"), ReLU]
[Conv2D(64, 3, Padding = Padding.Same), ReLU, Conv2D(2, 1), Add("entry"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class Bottleneck;

/// <summary>Convolutions whose rows threads share for one sample.</summary>
[Network]
[Input(31, 27, 16)]
[Conv2D(24, 3, Padding = Padding.Same), ReLU(Name = "entry")]
[Conv2D(24, 3, Padding = Padding.Same), Add("entry"), ReLU, MaxPool2D(2)]
[Flatten, Dense(3)]
internal sealed partial class SharedRowsOfSums;

/// <summary>Values that one sample at a time needs before a dense layer and after it.</summary>
[Network]
[Input(6, 5, 2)]
[Conv2D(3, 3, Name = "image"), Add("image"), Flatten, Dense(5, Name = "features"), Add("features", Name = "sum"), Add("sum")]
internal sealed partial class SumsAroundDense;

/// <summary>One channel, whose flattened values have one order, with units of a dense layer.</summary>
[Network]
[Input(5, 4, 2)]
[Conv2D(1, 2), Flatten(Name = "entry"), Dense(12), ReLU, Add("entry"), Dense(3)]
internal sealed partial class SumWithFlattened;

/// <summary>What pooling reads is added, too; both poolings keep the shape.</summary>
[Network]
[Input(7, 6, 2)]
[Conv2D(4, 2, Name = "a"), MaxPool2D(1), ReLU(Name = "b")]
[Conv2D(4, 3, Padding = Padding.Same), Add("a"), ReLU(Name = "c")]
[AveragePool2D(3, Stride = 1, Padding = Padding.Same), Add("c", "b"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class SumsAroundPooling;
