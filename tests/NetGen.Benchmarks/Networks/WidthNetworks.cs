namespace NetGen.Benchmarks.Networks;

// Networks of equal 3×3 convolutions, whose filters fill vectors and panels more or less: as many channels as filters, or 32 channels.

[Network]
[Input(32, 32, 1)]
[Conv2D(1, 3, Padding = Padding.Same), ReLU]
[Conv2D(1, 3, Padding = Padding.Same), ReLU]
[Conv2D(1, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square1;

[Network]
[Input(32, 32, 32)]
[Conv2D(1, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels1;

[Network]
[Input(32, 32, 3)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU]
[Conv2D(3, 3, Padding = Padding.Same), ReLU]
[Conv2D(3, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square3;

[Network]
[Input(32, 32, 32)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels3;

[Network]
[Input(32, 32, 10)]
[Conv2D(10, 3, Padding = Padding.Same), ReLU]
[Conv2D(10, 3, Padding = Padding.Same), ReLU]
[Conv2D(10, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square10;

[Network]
[Input(32, 32, 32)]
[Conv2D(10, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels10;

[Network]
[Input(32, 32, 17)]
[Conv2D(17, 3, Padding = Padding.Same), ReLU]
[Conv2D(17, 3, Padding = Padding.Same), ReLU]
[Conv2D(17, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square17;

[Network]
[Input(32, 32, 32)]
[Conv2D(17, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels17;

[Network]
[Input(32, 32, 24)]
[Conv2D(24, 3, Padding = Padding.Same), ReLU]
[Conv2D(24, 3, Padding = Padding.Same), ReLU]
[Conv2D(24, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square24;

[Network]
[Input(32, 32, 32)]
[Conv2D(24, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels24;

[Network]
[Input(32, 32, 33)]
[Conv2D(33, 3, Padding = Padding.Same), ReLU]
[Conv2D(33, 3, Padding = Padding.Same), ReLU]
[Conv2D(33, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square33;

[Network]
[Input(32, 32, 32)]
[Conv2D(33, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels33;

[Network]
[Input(32, 32, 48)]
[Conv2D(48, 3, Padding = Padding.Same), ReLU]
[Conv2D(48, 3, Padding = Padding.Same), ReLU]
[Conv2D(48, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Square48;

[Network]
[Input(32, 32, 32)]
[Conv2D(48, 3, Padding = Padding.Same), ReLU]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class Of32Channels48;
