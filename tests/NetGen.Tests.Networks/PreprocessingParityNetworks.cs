// Networks of tests/fixtures/reference/families/preprocessing.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(7, 9, 3)]
[Rescale(0.75, -0.5), Conv2D(5, 3, Padding = Padding.Same), ReLU, Rescale(-2, 1), MaxPool2D(2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class RescaledInput;

[Network]
[Input(10)]
[Rescale(-1.5), Dense(21), ReLU, Rescale(0.5, 0.25), Dense(3)]
internal sealed partial class RescaledFeatures;

[Network]
[Input(8, 7, 3)]
[Normalization, Conv2D(6, 3), ReLU]
[Flatten, Normalization, Dense(4), Softmax]
internal sealed partial class NormalizedInput;

[Network]
[Input(21)]
[Normalization, Dense(18), Normalization, ReLU, Dense(3)]
internal sealed partial class NormalizedFeatures;
