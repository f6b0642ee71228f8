// Activations in every place: first, after a convolution and before pooling, after Flatten, after a dense layer, and in networks without loops.
// Networks of tests/fixtures/reference/families/activations.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(7, 6, 2)]
[Sigmoid, Conv2D(5, 3), Sigmoid, MaxPool2D(2), Flatten, Sigmoid, Dense(19), Sigmoid, Dense(3), Softmax]
internal sealed partial class SigmoidPlaces;

[Network]
[Input(7, 6, 2)]
[Tanh, Conv2D(5, 3), Tanh, MaxPool2D(2), Flatten, Tanh, Dense(19), Tanh, Dense(3), Softmax]
internal sealed partial class TanhPlaces;

[Network]
[Input(7, 6, 2)]
[Softplus, Conv2D(5, 3), Softplus, MaxPool2D(2), Flatten, Softplus, Dense(19), Softplus, Dense(3), Softmax]
internal sealed partial class SoftplusPlaces;

[Network]
[Input(7, 6, 2)]
[ELU(0.5), Conv2D(5, 3), ELU(0.5), MaxPool2D(2), Flatten, ELU(0.5), Dense(19), ELU(0.5), Dense(3), Softmax]
internal sealed partial class EluPlaces;

[Network]
[Input(7, 6, 2)]
[SELU, Conv2D(5, 3), SELU, MaxPool2D(2), Flatten, SELU, Dense(19), SELU, Dense(3), Softmax]
internal sealed partial class SeluPlaces;

[Network]
[Input(7, 6, 2)]
[SiLU, Conv2D(5, 3), SiLU, MaxPool2D(2), Flatten, SiLU, Dense(19), SiLU, Dense(3), Softmax]
internal sealed partial class SiluPlaces;

[Network]
[Input(7, 6, 2)]
[GELU, Conv2D(5, 3), GELU, MaxPool2D(2), Flatten, GELU, Dense(19), GELU, Dense(3), Softmax]
internal sealed partial class GeluPlaces;

[Network]
[Input(7, 6, 2)]
[GELU(Approximate = true), Conv2D(5, 3), GELU(Approximate = true), MaxPool2D(2), Flatten, GELU(Approximate = true), Dense(19), GELU(Approximate = true), Dense(3), Softmax]
internal sealed partial class GeluTanhPlaces;

[Network]
[Input(7, 6, 2)]
[HardSwish, Conv2D(5, 3), HardSwish, MaxPool2D(2), Flatten, HardSwish, Dense(19), HardSwish, Dense(3), Softmax]
internal sealed partial class HardSwishPlaces;

[Network]
[Input(7, 6, 2)]
[Activation<Mish>, Conv2D(5, 3), Activation<Mish>, MaxPool2D(2), Flatten, Activation<Mish>, Dense(19), Activation<Mish>, Dense(3), Softmax]
internal sealed partial class MishPlaces;

[Network]
[Input(9)]
[Dense(20), Tanh, Dense(13), Tanh, Dense(3)]
internal sealed partial class TanhTiny;

[Network]
[Input(8)]
[Dense(17), SiLU, Dense(5), SiLU, Dense(2)]
internal sealed partial class SiluTiny;
