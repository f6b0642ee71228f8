// Convolutions and poolings of odd sizes, strides and orders.

namespace NetGen.Tests.Kernels;

[Network]
[Input(3, 3, 1)]
[Conv2D(1, 3), Flatten]
internal sealed partial class OnePosition;

[Network]
[Input(9, 7, 4)]
[Conv2D(16, 3, Padding = Padding.Same), ReLU]
[Conv2D(16, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(6), Softmax]
internal sealed partial class SameStack;

[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3), ReLU, MaxPool2D(2)]
[Conv2D(64, 3), ReLU, MaxPool2D(2)]
[Flatten, Dense(10), Softmax]
internal sealed partial class KerasLike;

[Network]
[Input(16, 13, 2)]
[Conv2D(7, 4, Stride = 3, Padding = Padding.Same), ReLU]
[Conv2D(9, 2, 3, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class StrideThree;

[Network]
[Input(11, 11, 3)]
[Conv2D(5, 2, Stride = 3), ReLU, Conv2D(4, 1, Stride = 2), ReLU]
[Flatten, Dense(2)]
internal sealed partial class StrideOverKernel;

[Network]
[Input(8, 9, 1)]
[Conv2D(6, 5, 1, Padding = Padding.Same), ReLU]
[Conv2D(6, 1, 4, Padding = Padding.Same), ReLU]
[Flatten, Dense(3), Softmax]
internal sealed partial class LongKernels;

[Network]
[Input(5, 4, 3)]
[Conv2D(8, 7, Padding = Padding.Same), ReLU]
[Flatten, Dense(5), Softmax]
internal sealed partial class KernelOverInput;

[Network]
[Input(8, 8, 5)]
[Conv2D(12, 3), ReLU, MaxPool2D(3, Stride = 1), ReLU]
[Conv2D(20, 2), MaxPool2D(2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class PoolBetweenReLUs;

[Network]
[Input(9, 9, 2)]
[Conv2D(5, 2), MaxPool2D(1, Stride = 2), ReLU]
[Conv2D(6, 1), MaxPool2D(2, Stride = 3)]
[Flatten, Dense(3)]
internal sealed partial class SparsePools;

[Network]
[Input(12, 9, 33)]
[MaxPool2D(2), Conv2D(17, 3, Padding = Padding.Same), MaxPool2D(3, Stride = 1)]
[Flatten, Dense(2)]
internal sealed partial class PoolWithoutReLU;

[Network]
[Input(20, 1, 3)]
[Conv2D(11, 3, 1), ReLU, Conv2D(13, 3, 1, Stride = 2, Padding = Padding.Same), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class OneColumn;

[Network]
[Input(1, 20, 3)]
[Conv2D(11, 1, 3), ReLU, Conv2D(13, 1, 3, Stride = 2, Padding = Padding.Same), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class OneRow;

[Network]
[Input(6, 5, 2)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU, Conv2D(2, 2)]
internal sealed partial class SpatialHead;

[Network]
[Input(8, 8, 16)]
[Conv2D(48, 3), ReLU]
[Flatten, Dense(34), ReLU, Dense(5)]
internal sealed partial class WideFlatten;

[Network]
[Input(4, 4, 1)]
[Conv2D(33, 1), ReLU, Conv2D(1, 4)]
[Flatten]
internal sealed partial class FromOneChannel;

[Network]
[Input(6, 6, 3)]
[Conv2D(5, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), ReLU]
[Conv2D(24, 3, Padding = Padding.Same), ReLU, Conv2D(40, 3), ReLU, Conv2D(70, 3), ReLU]
[Flatten, Dense(7), Softmax]
internal sealed partial class GrowingChannels;

[Network]
[Input(12, 10, 1)]
[Conv2D(4, 3, Stride = 2), ReLU, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(2), Softmax]
internal sealed partial class DroppedBorders;

[Network]
[Input(12, 12, 3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(9, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(10, 5, Padding = Padding.Same)]
[Flatten, Dense(3), Softmax]
internal sealed partial class PoolIntoHalo;

[Network]
[Input(7, 10, 1)]
[Conv2D(3, 4, Stride = 2, Padding = Padding.Same), ReLU]
[Flatten, Dense(3)]
internal sealed partial class StridedInputHalo;

[Network]
[Input(5, 5, 2)]
[Conv2D(6, 2, Name = "edges"), ReLU]
[Flatten, Dense(3, Name = "head"), Softmax]
internal sealed partial class NamedLayers;

// Few channels before many filters: the gradient with respect to the input goes over the filters.

[Network]
[Input(9, 20, 5)]
[Conv2D(32, 5, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class FiveChannels;

[Network]
[Input(12, 7, 1)]
[Conv2D(2, 3), ReLU]
[Conv2D(64, 2, Stride = 2), ReLU]
[Flatten, Dense(3)]
internal sealed partial class TwoChannelsStrideTwo;

[Network]
[Input(5, 3, 8)]
[Conv2D(16, 1), ReLU]
[Conv2D(7, 3, 2, Padding = Padding.Same), ReLU]
[Conv2D(96, 7, Padding = Padding.Same)]
[Flatten, Dense(3)]
internal sealed partial class FewChannelsNarrowImage;

[Network]
[Input(40, 30, 3)]
[Conv2D(4, 3, Stride = 2), ReLU]
[Conv2D(16, 7), ReLU, MaxPool2D(2)]
[Flatten, Dense(3)]
internal sealed partial class WideKernelAfterFourChannels;

[Network]
[Input(9, 8, 2)]
[Conv2D(16, 3), Flatten]
internal sealed partial class OnlyFewChannels;

/// <summary>Convolutions whose rows threads share for one sample: the first reads the caller's memory.</summary>
[Network]
[Input(31, 27, 16)]
[Conv2D(40, 3), ReLU, MaxPool2D(2)]
[Conv2D(75, 3, Padding = Padding.Same), ReLU]
[Flatten, Dense(3)]
internal sealed partial class SharedRows;

/// <summary>Convolutions of a sequence, which has one row: threads share their filters for one sample.</summary>
[Network]
[Input(60, 16)]
[Conv1D(64, 5), ReLU(Name = "entry")]
[Conv1D(64, 3, Padding = Padding.Same), Add("entry"), ReLU]
[Conv1D(96, 3, Stride = 2), ReLU, MaxPool1D(2)]
[Flatten, Dense(3)]
internal sealed partial class SharedFilters;

/// <summary>
/// Convolutions with Winograd's transforms whose rows are too few for parts: threads share their filters for one sample. The last one computes directly, in more parts, without a
/// workspace; of the threads that it may take, some have none.
/// </summary>
[Network]
[Input(13, 13, 32)]
[Conv2D(96, 3), ReLU, MaxPool2D(2), Conv2D(40, 1, Name = "entry")]
[Conv2D(64, 3, Padding = Padding.Same), ReLU]
[Concat("entry"), Conv2D(50, 3, Padding = Padding.Same)]
[Flatten, Dense(3)]
internal sealed partial class SharedFiltersOfTiles;

/// <summary>One channel: a line of the filters, which threads share, stays in registers.</summary>
[Network]
[Input(540, 1)]
[Conv1D(96, 3), ReLU, MaxPool1D(2)]
[Flatten, Dense(3)]
internal sealed partial class SharedFiltersOfLines;

// One channel and few filters: two positions share a vector.

[Network]
[Input(9, 12, 1)]
[Conv2D(8, 4, 5, Padding = Padding.Same), ReLU]
[Conv2D(3, 2), ReLU]
[Flatten, Dense(4)]
internal sealed partial class PairsOfPositions;

[Network]
[Input(11, 32, 1)]
[Conv2D(2, 3, Padding = Padding.Same), MaxPool2D(2), ReLU]
[Flatten, Dense(3), Softmax]
internal sealed partial class PooledPairsOfPositions;

[Network]
[Input(3, 6, 1)]
[Conv2D(4, 1, 3), ReLU, Conv2D(1, 3, 3), ReLU, Flatten, Dense(2)]
internal sealed partial class OnePairOfPositions;

// Few filters of few channels: the lanes are positions and filters, and inputs are repeated.

[Network]
[Input(13, 17, 3)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU]
[Conv2D(3, 3, Padding = Padding.Same, Name = "valid"), GELU]
[Conv2D(5, 3), Tanh]
[Flatten, Dense(4), Softmax]
internal sealed partial class FewFilters;

[Network]
[Input(20, 19, 3)]
[Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(7, 2), MaxPool2D(3), ELU]
[Flatten, Dense(3)]
internal sealed partial class PooledFewFilters;

[Network]
[Input(36, 40, 2)]
[Conv2D(10, 5, 3, Padding = Padding.Same), ReLU]
[Conv2D(1, 3), ReLU]
[Conv2D(1, 7, 3), PReLU]
[Flatten, Dense(3)]
internal sealed partial class FewFiltersOfLargeImages;

[Network]
[Input(12, 16, 2)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU(Name = "first")]
[Conv2D(3, 3, Padding = Padding.Same), Add("first"), ReLU(Name = "second")]
[Conv2D(2, 3, Padding = Padding.Same, From = "first"), Concat("second"), Conv2D(3, 3), LeakyReLU(0.1)]
[Flatten, Dense(4)]
internal sealed partial class FewFiltersOfBranches;

[Network]
[Input(50, 2)]
[Conv1D(6, 7, Padding = Padding.Same), ReLU, MaxPool1D(2)]
[Conv1D(3, 5), ReLU]
[Flatten, Dense(4)]
internal sealed partial class FewFiltersOfSequences;

[Network]
[Input(14, 15, 1)]
[Conv2D(20, 5), ReLU]
[Conv2D(30, 3, Padding = Padding.Same, Trainable = false), ReLU]
[GlobalAveragePool, Dense(3)]
internal sealed partial class MoreFiltersThanLanes;

// Filters and channels that fill a part of a vector: the lanes hold terms.

[Network]
[Input(11, 9, 20)]
[Conv2D(17, 3), ReLU, MaxPool2D(2)]
[Conv2D(3, 3, Padding = Padding.Same), Tanh]
[Flatten, Dense(4), Softmax]
internal sealed partial class PartsOfVectors;

[Network]
[Input(10, 13, 33)]
[Conv2D(41, 3, Stride = 2, Padding = Padding.Same), ReLU]
[Conv2D(35, 2, 3, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class StridedPartsOfVectors;

[Network]
[Input(40, 18)]
[Conv1D(21, 5, Padding = Padding.Same), ReLU(Name = "before")]
[Conv1D(21, 3, Padding = Padding.Same), Add("before"), ReLU]
[Conv1D(5, 7, Stride = 3), GlobalAveragePool]
[Dense(2)]
internal sealed partial class SequenceOfPartsOfVectors;

/// <summary>
/// A convolution whose gradient lies in zeros, before a layer that training computes for the whole batch: what that layer needs must not lie in the zeros.
/// </summary>
[Network]
[Input(10, 10, 3)]
[Conv2D(16, 3, Padding = Padding.Same), ReLU]
[Conv2D(16, 3, Padding = Padding.Same), ReLU]
[Flatten, Dense(600), ReLU]
[Dense(3), Softmax]
internal sealed partial class PaddedBeforeLarge;

/// <summary>
/// Training fuses another pooling than prediction, and prepares weights that prediction does not. The rate is so small that nothing is dropped: the reference knows no dropout.
/// </summary>
[Network]
[Input(12, 12, 8)]
[Conv2D(20, 3), ReLU, Dropout(1e-7), MaxPool2D(3)]
[Flatten, Dense(2)]
internal sealed partial class PreparedForTraining;

/// <summary>Rows of the output that lie in the padding alone.</summary>
[Network]
[Input(1, 9, 2)]
[Conv2D(4, 1, 1)]
[Conv2D(3, 1, 3, Stride = 2, PaddingHeight = 1)]
[Flatten, Dense(2)]
internal sealed partial class RowsOfPadding;

/// <summary>A stride that is nearly as long as the image: most inputs are read by no filter.</summary>
[Network]
[Input(2, 4001, 1)]
[Conv2D(2, 1, 1)]
[Conv2D(1, 1, 3, Stride = 2000)]
[Flatten, Dense(2)]
internal sealed partial class StrideOverImage;

/// <summary>Names that would be those of another layer's weights.</summary>
[Network]
[Input(8, 8, 8)]
[Conv2D(20, 3, Name = "first"), Conv2D(20, 3, Name = "a"), Conv2D(20, 3, Name = "aFlipped")]
[Flatten, Dense(2)]
internal sealed partial class NamesOfLines;

/// <summary>Poolings and strides that drop the last rows and columns of what comes before them, again and again.</summary>
[Network]
[Input(23, 22, 2)]
[Conv2D(8, 3), ReLU, AveragePool2D(2)]
[Conv2D(20, 3), ReLU, MaxPool2D(3, Stride = 2)]
[Conv2D(6, 1, Stride = 3)]
[Flatten, Dense(3)]
internal sealed partial class CroppedAgainAndAgain;

/// <summary>Two readers drop different parts, and one channel goes to few filters.</summary>
[Network]
[Input(17, 18, 1)]
[Conv2D(4, 3), ReLU(Name = "stem")]
[Conv2D(5, 3, Stride = 6), GlobalAveragePool(Name = "strided")]
[MaxPool2D(3, Stride = 4, From = "stem"), GlobalAveragePool, Concat("strided"), Dense(3)]
internal sealed partial class CroppedForTwoReaders;

/// <summary>All that is left of the image after the pooling is padding.</summary>
[Network]
[Input(8, 8, 3)]
[Conv2D(4, 1, PaddingHeight = 2, PaddingWidth = 2), MaxPool2D(2, Stride = 100)]
[Flatten, Dense(2)]
internal sealed partial class CroppedToPadding;
