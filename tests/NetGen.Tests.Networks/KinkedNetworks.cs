// Small networks with leaky rectifiers.

namespace NetGen.Tests.Gradients;

[Network]
[Input(5)]
[Dense(6), LeakyReLU(0.2), Dense(4), LeakyReLU(0.01), Dense(3)]
internal sealed partial class KinkedFeatures;

[Network]
[Input(3, 3, 2)]
[Conv2D(3, 2), LeakyReLU(0.3), Flatten, Dense(3), LeakyReLU(0.1), Dense(2)]
internal sealed partial class KinkedImages;

[Network]
[Input(4)]
[Dense(5), LeakyReLU(0.2, Name = "entry"), Dense(5), Add("entry"), LeakyReLU(0.1), Dense(2)]
internal sealed partial class KinkedSums;
