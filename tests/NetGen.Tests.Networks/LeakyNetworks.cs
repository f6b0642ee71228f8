// Leaky rectifiers in every place. Their slopes are powers of two, with which small integers stay exact.

namespace NetGen.Tests.Kernels;

[Network]
[Input(6)]
[Dense(9), LeakyReLU(0.25), Dense(4), LeakyReLU(0.5)]
internal sealed partial class LeakyHead;

/// <summary>Few enough weights for code without loops, and rows enough for sums in four parts.</summary>
[Network]
[Input(18)]
[Dense(9), LeakyReLU(0.25), Dense(17), LeakyReLU(0.5), Dense(5), LeakyReLU(0.5)]
internal sealed partial class LeakyPartialSums;

[Network]
[Input(6)]
[LeakyReLU(0.25), Dense(5), Softmax]
internal sealed partial class LeakyFeatures;

[Network]
[Input(33)]
[Dense(65), LeakyReLU(0.125), Dense(97), LeakyReLU(0), Dense(9)]
internal sealed partial class LeakyPanels;

[Network]
[Input(300)]
[Dense(300), LeakyReLU(0.25), Dense(7), Softmax]
internal sealed partial class LeakyLarge;

[Network]
[Input(9, 3)]
[LeakyReLU(0.5), Flatten, Dense(4), LeakyReLU(0.25), Dense(4)]
internal sealed partial class LeakySequence;

[Network]
[Input(9, 7, 4)]
[Conv2D(16, 3, Padding = Padding.Same), LeakyReLU(0.25)]
[Conv2D(16, 3, Padding = Padding.Same), LeakyReLU(0.125), MaxPool2D(2)]
[Flatten, Dense(6), Softmax]
internal sealed partial class LeakySameStack;

[Network]
[Input(8, 8, 5)]
[Conv2D(12, 3), LeakyReLU(0.5), LeakyReLU(0.25), MaxPool2D(3, Stride = 1), LeakyReLU(0.5)]
[Conv2D(20, 2), ReLU, LeakyReLU(0.5), MaxPool2D(2), LeakyReLU(0.5), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class LeakyRuns;

/// <summary>One channel and few filters, so that two positions share a vector.</summary>
[Network]
[Input(8, 10, 1)]
[Conv2D(4, 3), LeakyReLU(0.25), MaxPool2D(2)]
[Flatten, Dense(3)]
internal sealed partial class LeakyPairs;

/// <summary>Few channels before many filters: the gradient with respect to the input goes over the filters.</summary>
[Network]
[Input(9, 20, 5)]
[Conv2D(32, 5, 3, Padding = Padding.Same), LeakyReLU(0.25), MaxPool2D(2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class LeakyFiveChannels;

[Network]
[Input(6, 5, 2)]
[Conv2D(3, 3, Padding = Padding.Same), LeakyReLU(0.25), Conv2D(2, 2), LeakyReLU(0.5)]
internal sealed partial class LeakySpatialHead;
