// Networks without a kink.

namespace NetGen.Tests.Gradients;

[Network]
[Input(6, 5, 2)]
[Conv2D(4, 3, Padding = Padding.Same), Conv2D(5, 2, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class SmoothConvolutions;
