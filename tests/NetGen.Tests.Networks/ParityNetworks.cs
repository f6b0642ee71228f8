// The networks of tests/fixtures/make_parity.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(8)]
[Dense(16), ReLU, Dense(16), ReLU, Dense(1)]
internal sealed partial class TinyRegression;

[Network]
[Input(7)]
[Dense(33), ReLU, Dense(10), ReLU, Dense(3)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class SeveralOutputs;

[Network]
[Input(10)]
[Dense(100), ReLU, Dense(32), ReLU, Dense(10), Softmax]
internal sealed partial class WideClassifier;

[Network]
[Input(1)]
[Dense(1), ReLU, Dense(7), ReLU, Dense(2), Softmax]
internal sealed partial class NarrowClassifier;

[Network]
[Input(32)]
[Dense(32), ReLU, Dense(7), Softmax]
[Loss(Loss.CrossEntropy)]
internal sealed partial class SoftLabels;

[Network]
[Input(33)]
[Dense(10), Dense(1)]
internal sealed partial class LinearRegression;

[Network]
[Input(4, 3, 5)]
[Flatten, Dense(6), ReLU, Dense(4), Softmax]
internal sealed partial class FlattenedInput;

[Network]
[Input(13, 11, 1)]
[Conv2D(6, 3), ReLU, MaxPool2D(2)]
[Conv2D(10, 3), ReLU]
[Flatten, Dense(10), Softmax]
internal sealed partial class DroppedRows;

[Network]
[Input(12, 12, 1)]
[Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(16, 5), ReLU, MaxPool2D(2)]
[Flatten, Dense(33), ReLU, Dense(10), Softmax]
internal sealed partial class LeNetLike;

[Network]
[Input(15, 9, 3)]
[Conv2D(5, 3, Stride = 2, Padding = Padding.Same), ReLU]
[Conv2D(33, 2, Stride = 2), ReLU]
[Flatten, Dense(7), Softmax]
internal sealed partial class StrideTwo;

[Network]
[Input(6, 17, 2)]
[Conv2D(10, 1, 5), ReLU]
[Conv2D(40, 3, 2), MaxPool2D(3, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class NonSquare;

[Network]
[Input(5, 5, 33)]
[Conv2D(40, 1), ReLU, Conv2D(1, 1)]
[Flatten, Dense(2)]
internal sealed partial class Pointwise;

[Network]
[Input(9, 9, 3)]
[Conv2D(5, 2), MaxPool2D(2), ReLU]
[Conv2D(6, 3, Padding = Padding.Same), MaxPool2D(2, Stride = 1), ReLU]
[Flatten, Dense(5), Softmax]
internal sealed partial class PoolBeforeReLU;

[Network]
[Input(10, 12, 1)]
[Conv2D(33, 3, Padding = Padding.Same), ReLU, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class OverlappingPool;

[Network]
[Input(14, 14, 3)]
[MaxPool2D(2), ReLU, Conv2D(6, 3), ReLU, ReLU, MaxPool2D(2), MaxPool2D(2, Stride = 1), ReLU]
[Flatten, ReLU, Dense(10), ReLU, Dense(3), Softmax]
internal sealed partial class OddPlaces;

[Network]
[Input(7, 7, 1)]
[Conv2D(3, 3), ReLU, Conv2D(5, 3, Padding = Padding.Same), ReLU, Conv2D(10, 5)]
[Flatten, Softmax]
internal sealed partial class ConvolutionStack;

[Network]
[Input(11, 8, 2)]
[Conv2D(4, 5, Stride = 2, Padding = Padding.Same), ReLU]
[Conv2D(6, 2, Padding = Padding.Same), ReLU]
[Conv2D(3, 1, Stride = 2, Padding = Padding.Same)]
[Flatten, Dense(1)]
internal sealed partial class SamePadding;
