// Networks in which one spoilt input is one place of a pooling window.

namespace NetGen.Tests.Reproducibility;

/// <summary>Pools what it is given, so that a spoilt input is one place of a window.</summary>
[Network]
[Input(5, 6, 19)]
[MaxPool2D(2), ReLU, Conv2D(3, 1)]
internal sealed partial class PooledInput;

/// <summary>Pools what a convolution makes of one pixel.</summary>
[Network]
[Input(6, 7, 2)]
[Conv2D(19, 1), ReLU, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(2)]
internal sealed partial class PooledPixels;
