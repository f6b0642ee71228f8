// Networks of tests/fixtures/reference/families/frozen.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(9, 8, 2)]
[Conv2D(5, 3, Trainable = false), ReLU, MaxPool2D(2)]
[Conv2D(6, 2, Trainable = false), ReLU]
[Flatten, Dense(9), ReLU, Dense(4), Softmax]
internal sealed partial class FrozenBase;

[Network]
[Input(11)]
[Dense(20), ReLU, Dense(17, Trainable = false), LeakyReLU(0.1)]
[Dense(6), ReLU, Dense(3, Trainable = false)]
internal sealed partial class FrozenBetween;

[Network]
[Input(8, 7, 3)]
[Conv2D(6, 3), BatchNorm, ReLU, Conv2D(5, 2, Padding = Padding.Same, Trainable = false), ReLU]
[Conv2D(4, 2), Flatten, Dense(3)]
internal sealed partial class FrozenConvolution;
