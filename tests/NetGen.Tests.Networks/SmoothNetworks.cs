// Networks without a kink.

namespace NetGen.Tests.Gradients;

[Network]
[Input(6, 5, 2)]
[Conv2D(4, 3, Padding = Padding.Same), Conv2D(5, 2, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class SmoothConvolutions;

[Network]
[Input(7, 6, 2)]
[Conv2D(4, 2), AveragePool2D(2), Conv2D(3, 2), AveragePool2D(2, Stride = 1, Padding = Padding.Same)]
[Flatten, Dense(3)]
internal sealed partial class SmoothAverages;

[Network]
[Input(6, 5, 2)]
[Conv2D(4, 3, Padding = Padding.Same, Name = "a"), Conv2D(4, 3, Padding = Padding.Same, Name = "b"), Add("a")]
[Conv2D(4, 3, Padding = Padding.Same), Add("a", "b"), AveragePool2D(2)]
[Flatten, Dense(3)]
internal sealed partial class SmoothSums;

[Network]
[Input(5)]
[Dense(6, Name = "entry"), Dense(6), Add("entry"), Dense(6), Add("entry"), Dense(4), Softmax]
internal sealed partial class SmoothFeatureSums;

[Network]
[Input(5, 4, 2)]
[Conv2D(3, 2), BatchNorm, Conv2D(4, 2), AveragePool2D(2, Stride = 1), BatchNorm(Name = "a"), Conv2D(4, 1), BatchNorm(Trainable = false), Add("a")]
[Flatten, Dense(2)]
internal sealed partial class SmoothNorms;
