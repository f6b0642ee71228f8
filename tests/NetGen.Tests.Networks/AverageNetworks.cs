// Average pooling of odd sizes, strides, paddings and orders.

namespace NetGen.Tests.Kernels;

// Windows of 1, 4 and 16 pixels without padding: with small integers the averages are exact.

[Network]
[Input(11, 32, 1)]
[Conv2D(2, 3, Padding = Padding.Same), ReLU, AveragePool2D(2)]
[Flatten, Dense(3), Softmax]
internal sealed partial class AveragedPairs;

[Network]
[Input(9, 9, 3)]
[Conv2D(5, 2), AveragePool2D(2), ReLU]
[Conv2D(6, 3, Padding = Padding.Same), AveragePool2D(2, Stride = 1), ReLU]
[Flatten, Dense(5), Softmax]
internal sealed partial class AverageBeforeReLU;

[Network]
[Input(12, 10, 4)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), AveragePool2D(2, Stride = 1), MaxPool2D(2)]
[Flatten, Dense(3)]
internal sealed partial class AverageBetweenMaxima;

[Network]
[Input(9, 9, 2)]
[Conv2D(5, 2), AveragePool2D(1, Stride = 2), ReLU]
[Conv2D(6, 1), AveragePool2D(2, Stride = 3)]
[Flatten, Dense(3)]
internal sealed partial class SparseAverages;

[Network]
[Input(12, 12, 3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, AveragePool2D(2)]
[Conv2D(9, 3, Padding = Padding.Same), ReLU, AveragePool2D(2)]
[Conv2D(10, 5, Padding = Padding.Same)]
[Flatten, Dense(3), Softmax]
internal sealed partial class AverageIntoHalo;

[Network]
[Input(8, 9, 16)]
[Conv2D(70, 2), ReLU, AveragePool2D(4, Stride = 3)]
[Flatten, Dense(7)]
internal sealed partial class AverageOfManyChannels;

[Network]
[Input(6, 5, 2)]
[Conv2D(3, 2), AveragePool2D(2)]
internal sealed partial class AverageSpatialHead;

// Other divisors.

[Network]
[Input(13, 11, 1)]
[AveragePool2D(2), AveragePool2D(3, Stride = 2), Conv2D(4, 2), ReLU]
[Flatten, Dense(2)]
internal sealed partial class AverageTwice;

[Network]
[Input(7, 10, 5)]
[AveragePool2D(3, Stride = 1, Padding = Padding.Same), Conv2D(17, 2), ReLU, AveragePool2D(4, Stride = 3, Padding = Padding.Same)]
[Flatten, Dense(2)]
internal sealed partial class PaddedAverages;

[Network]
[Input(4, 3, 3)]
[Conv2D(8, 2, Padding = Padding.Same), ReLU, AveragePool2D(7, Stride = 1, Padding = Padding.Same)]
[Flatten, Dense(5), Softmax]
internal sealed partial class AverageOverInput;

[Network]
[Input(8, 7, 33)]
[AveragePool2D(2, Stride = 3, Padding = Padding.Same), ReLU, Conv2D(6, 2)]
[Flatten, Dense(2)]
internal sealed partial class SparsePaddedAverages;

[Network]
[Input(20, 1, 3)]
[Conv2D(11, 3, 1), ReLU, AveragePool2D(3, Padding = Padding.Same), Conv2D(13, 3, 1, Padding = Padding.Same), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class AverageOfOneColumn;

/// <summary>A convolution whose rows threads share for one sample; windows overlap across the borders of their shares.</summary>
[Network]
[Input(31, 27, 16)]
[Conv2D(24, 3), LeakyReLU(0.25), AveragePool2D(3, Stride = 2, Padding = Padding.Same)]
[Flatten, Dense(3)]
internal sealed partial class SharedRowsOfAverages;
