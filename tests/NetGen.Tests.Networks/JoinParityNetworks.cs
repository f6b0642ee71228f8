// Networks of tests/fixtures/reference with pooling, joins, layer normalisation and reshapes; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(7, 6, 3)]
[Conv2D(5, 3), ReLU, GlobalAveragePool, Dense(4), Softmax]
internal sealed partial class GlobalMean;

[Network]
[Input(11, 5)]
[GlobalAveragePool, Dense(3)]
internal sealed partial class GlobalMeanSequence;

[Network]
[Input(10, 9, 2)]
[Conv2D(33, 2), GlobalAveragePool, ReLU, Dense(3)]
internal sealed partial class GlobalMeanWide;

[Network]
[Input(7, 6, 3)]
[Conv2D(5, 3), GlobalMaxPool, ReLU, Dense(4), Softmax]
internal sealed partial class GlobalMaximum;

[Network]
[Input(11, 5)]
[GlobalMaxPool, Dense(3)]
internal sealed partial class GlobalMaximumSequence;

[Network]
[Input(6, 5, 2)]
[Conv2D(33, 2, Padding = Padding.Same), LeakyReLU(0.1), GlobalMaxPool, Dense(3)]
internal sealed partial class GlobalMaximumWide;

[Network]
[Input(9, 8, 2)]
[Conv2D(5, 3, Padding = Padding.Same), MaxPool2D(3, Stride = 2, Padding = Padding.Same), ReLU, Conv2D(4, 2), Flatten, Dense(3), Softmax]
internal sealed partial class MaxSame;

[Network]
[Input(7, 5, 3)]
[MaxPool2D(2, Padding = Padding.Same), Conv2D(6, 2), ReLU, Flatten, Dense(3)]
internal sealed partial class MaxSameEven;

[Network]
[Input(4, 5, 1)]
[Conv2D(5, 2), MaxPool2D(3, Stride = 1, Padding = Padding.Same), Flatten, Dense(2)]
internal sealed partial class MaxSameStrideOne;

[Network]
[Input(7, 6, 2)]
[Conv2D(5, 2), MaxPool2D(3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), ReLU, Flatten, Dense(3)]
internal sealed partial class MaxPadded;

[Network]
[Input(7, 6, 2)]
[Conv2D(5, 2), AveragePool2D(3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), ReLU, Flatten, Dense(3)]
internal sealed partial class AveragePadded;

[Network]
[Input(5, 6, 2)]
[Conv2D(4, 1), MaxPool2D(2, PaddingHeight = 1), Flatten, Dense(3)]
internal sealed partial class MaxPaddedRows;

[Network]
[Input(5, 6, 2)]
[Conv2D(4, 1), AveragePool2D(4, Stride = 3, PaddingWidth = 2), Flatten, Dense(3)]
internal sealed partial class AveragePaddedColumns;

[Network]
[Input(9, 4)]
[LayerNorm, MaxPool1D(3, Stride = 2, PaddingLength = 1), AveragePool1D(2, Stride = 1, PaddingLength = 1), Flatten, Dense(3)]
internal sealed partial class LinesPadded;

[Network]
[Input(13, 4)]
[LayerNorm, MaxPool1D(3, Stride = 2, Padding = Padding.Same), Flatten, Dense(3)]
internal sealed partial class MaxLine;

[Network]
[Input(13, 19)]
[MaxPool1D(2), LeakyReLU(0.2), Flatten, Dense(3), Softmax]
internal sealed partial class MaxLineHalves;

[Network]
[Input(9, 3)]
[LayerNorm, MaxPool1D(3, Stride = 1), LeakyReLU(0.1), MaxPool1D(2, Stride = 1, Padding = Padding.Same), Flatten, Dense(2)]
internal sealed partial class MaxLineOverlap;

[Network]
[Input(13, 4)]
[LayerNorm, AveragePool1D(3, Stride = 2, Padding = Padding.Same), Flatten, Dense(3)]
internal sealed partial class AverageLine;

[Network]
[Input(13, 19)]
[AveragePool1D(2), LeakyReLU(0.2), Flatten, Dense(3), Softmax]
internal sealed partial class AverageLineHalves;

[Network]
[Input(9, 3)]
[LayerNorm, AveragePool1D(3, Stride = 1), LeakyReLU(0.1), AveragePool1D(2, Stride = 3, Padding = Padding.Same), Flatten, Dense(2)]
internal sealed partial class AverageLineOverlap;

[Network]
[Input(9)]
[Dense(20), LayerNorm, ReLU, Dense(33), LayerNorm(Epsilon = 1e-3), LeakyReLU(0.1), Dense(4), Softmax]
internal sealed partial class LayerNormDense;

[Network]
[Input(7, 6, 3)]
[Conv2D(17, 3), LayerNorm, ReLU, MaxPool2D(2), Conv2D(6, 2, Padding = Padding.Same), LayerNorm(Trainable = false), Flatten, Dense(3)]
internal sealed partial class LayerNormImages;

[Network]
[Input(5, 4, 3)]
[Conv2D(4, 2), Flatten, LayerNorm, ReLU, Dense(5), LayerNorm]
internal sealed partial class LayerNormFlattened;

[Network]
[Input(75, 18)]
[LayerNorm, LeakyReLU(0.1), Flatten, Dense(3)]
internal sealed partial class LayerNormLongSequence;

[Network]
[Input(11, 5)]
[LayerNorm, LeakyReLU(0.2), LayerNorm(Epsilon = 0.1), Flatten, Dense(3)]
internal sealed partial class LayerNormSequence;

[Network]
[Input(7, 6, 3)]
[Conv2D(4, 1), ReLU(Name = "first")]
[Conv2D(3, 1, From = "first"), ReLU(Name = "first_narrow")]
[Conv2D(17, 3, Padding = Padding.Same, From = "first"), ReLU(Name = "first_wide")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "first"), Conv2D(3, 1), ReLU, Concat("first_narrow", "first_wide")]
[GlobalAveragePool, Dense(4), Softmax]
internal sealed partial class Inception;

[Network]
[Input(6, 6, 2)]
[Conv2D(4, 3, Name = "first")]
[Conv2D(3, 1, From = "first"), ReLU(Name = "first_narrow")]
[Conv2D(5, 3, Padding = Padding.Same, From = "first"), ReLU(Name = "first_wide")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "first"), Conv2D(3, 1), ReLU, Concat("first_narrow", "first_wide"), ReLU(Name = "second")]
[Conv2D(4, 1, From = "second"), ReLU(Name = "second_narrow")]
[Conv2D(2, 3, Padding = Padding.Same, From = "second"), ReLU(Name = "second_wide")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "second"), Conv2D(4, 1), ReLU, Concat("second_narrow", "second_wide")]
[GlobalAveragePool, Dense(3)]
internal sealed partial class InceptionTwice;

[Network]
[Input(6, 6, 2)]
[Conv2D(4, 3, Padding = Padding.Same, Name = "first"), ReLU, Conv2D(3, 3, Padding = Padding.Same), Concat("first", Name = "second"), ReLU]
[Conv2D(3, 3, Padding = Padding.Same), Concat("second"), Flatten, Dense(3)]
internal sealed partial class DenselyConnected;

[Network]
[Input(9)]
[Dense(8), ReLU(Name = "entry"), Dense(5, Name = "first"), Dense(7, From = "entry"), ReLU, Concat("first"), Dense(4), Softmax]
internal sealed partial class ConcatFeatures;

[Network]
[Input(10, 3)]
[LayerNorm(Name = "entry"), MaxPool1D(3, Stride = 1, Padding = Padding.Same, Name = "first")]
[AveragePool1D(3, Stride = 1, Padding = Padding.Same, From = "entry"), Concat("first", "entry"), Flatten, Dense(3)]
internal sealed partial class ConcatSequences;

[Network]
[Input(24)]
[Reshape(4, 3, 2), Conv2D(5, 2), ReLU, Reshape(6, 5), MaxPool1D(2), Reshape(15), Dense(3)]
internal sealed partial class ReshapeFeatures;

[Network]
[Input(4, 6, 2)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU, Reshape(8, 3, 3), Conv2D(4, 2), Reshape(56), Dense(4), Softmax]
internal sealed partial class ReshapeImage;

[Network]
[Input(5)]
[Dense(12), Reshape(2, 2, 3), LeakyReLU(0.2), Conv2D(4, 2, Padding = Padding.Same), Reshape(8, 2), MaxPool1D(2), Reshape(8), Dense(2)]
internal sealed partial class ReshapeDense;
