// Batch normalisation behind and before every kind of layer, and in every kind of kernel.

namespace NetGen.Tests.Kernels;

/// <summary>Small enough to be unrolled for one sample.</summary>
[Network]
[Input(6)]
[BatchNorm, Dense(9), BatchNorm, ReLU, Dense(20), ReLU, BatchNorm, Dense(3), BatchNorm]
internal sealed partial class NormsUnrolled;

/// <summary>Widths around vectors and panels.</summary>
[Network]
[Input(40)]
[Dense(65), BatchNorm, ReLU(Name = "a"), Dense(65), BatchNorm, Add("a"), ReLU, Dense(130), BatchNorm, LeakyReLU(0.25), Dense(9), Softmax]
internal sealed partial class NormsOfPanels;

/// <summary>Weights that threads share, and whose gradient is computed over the whole batch.</summary>
[Network]
[Input(300)]
[Dense(900), BatchNorm, ReLU, Dense(300), BatchNorm, Dense(4)]
internal sealed partial class NormsOfSharedPanels;

[Network]
[Input(7, 6, 3)]
[BatchNorm, Conv2D(5, 3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(19, 2, Stride = 2), LeakyReLU(0.5), BatchNorm]
[Conv2D(33, 2), BatchNorm, Flatten, Dense(2)]
internal sealed partial class NormsOfImages;

/// <summary>One channel and few filters: two positions share a vector.</summary>
[Network]
[Input(9, 12, 1)]
[Conv2D(8, 4, 5, Padding = Padding.Same), BatchNorm, ReLU]
[Flatten, Dense(3), Softmax]
internal sealed partial class NormOfPairs;

/// <summary>Few filters: the lanes are positions and filters.</summary>
[Network]
[Input(20, 21, 3)]
[Conv2D(3, 3, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(6, 5), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(3), Softmax]
internal sealed partial class NormOfFewFilters;

[Network]
[Input(11, 32, 1)]
[Conv2D(2, 3, Padding = Padding.Same), MaxPool2D(2), BatchNorm, ReLU]
[Flatten, Dense(3)]
internal sealed partial class NormOfPooledPairs;

/// <summary>One channel and many filters.</summary>
[Network]
[Input(9, 9, 1)]
[Conv2D(32, 3), BatchNorm, ReLU, MaxPool2D(2), BatchNorm]
[Flatten, Dense(3)]
internal sealed partial class NormOfLines;

[Network]
[Input(9, 9, 2)]
[MaxPool2D(3, Stride = 2), BatchNorm, ReLU, AveragePool2D(2, Stride = 1), BatchNorm, ReLU]
[Flatten, Dense(3)]
internal sealed partial class NormsOfPooling;

/// <summary>Rows of one sample that threads share.</summary>
[Network]
[Input(32, 32, 20)]
[Conv2D(40, 3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(2, 3, Stride = 3), BatchNorm]
[Flatten, Dense(2)]
internal sealed partial class NormOfSharedRows;

[Network]
[Input(6, 6, 3)]
[Conv2D(4, 3, Padding = Padding.Same), BatchNorm(Name = "a"), ReLU, Conv2D(4, 3, Padding = Padding.Same, Name = "b"), BatchNorm, Add("a")]
[BatchNorm, ReLU, Conv2D(4, 3, Padding = Padding.Same), Add("a", "b"), BatchNorm, Add("b")]
[Flatten, Dense(3)]
internal sealed partial class NormsInABlock;

[Network]
[Input(5, 7, 2)]
[Conv2D(6, 2), Flatten, BatchNorm, ReLU, Dense(7), Flatten, BatchNorm, Dense(2)]
internal sealed partial class NormsBehindFlatten;

[Network]
[Input(9, 5)]
[BatchNorm, ReLU, BatchNorm, Flatten, Dense(2)]
internal sealed partial class NormsOfSequences;

/// <summary>Statistics that training leaves as they are.</summary>
[Network]
[Input(6, 7, 2)]
[BatchNorm(Trainable = false), Conv2D(5, 3, Name = "a"), BatchNorm(Trainable = false), ReLU, BatchNorm(Trainable = false)]
[Conv2D(5, 3, Padding = Padding.Same), BatchNorm(Trainable = false), Add("a"), BatchNorm(Trainable = false), LeakyReLU(0.25)]
[MaxPool2D(2), BatchNorm(Trainable = false), Flatten, Dense(7), BatchNorm(Trainable = false), ReLU, Dense(2)]
internal sealed partial class FrozenNorms;

/// <summary>Dropout in front of a normalisation, and fused behind one.</summary>
[Network]
[Input(6, 5, 2)]
[Conv2D(4, 2), BatchNorm, ReLU, Dropout(0.3), Conv2D(5, 2), Dropout(0.25), BatchNorm, ReLU]
[Flatten, Dense(6), BatchNorm, ReLU, Dropout(0.5), Dense(3)]
internal sealed partial class NormsAndDropout;

/// <summary>The layers of <see cref="NormsAndDropout"/> without dropout.</summary>
[Network]
[Input(6, 5, 2)]
[Conv2D(4, 2), BatchNorm, ReLU, Conv2D(5, 2), BatchNorm, ReLU]
[Flatten, Dense(6), BatchNorm, ReLU, Dense(3)]
internal sealed partial class NormsAndDropoutTwin;

[Network]
[Input(6)]
[Dense(5), BatchNorm, ReLU, Dense(2)]
internal sealed partial class NormOfFeatures;
