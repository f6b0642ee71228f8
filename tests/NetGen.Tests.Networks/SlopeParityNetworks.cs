// Networks of tests/fixtures/reference/families/prelu.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(9)]
[Dense(20), PReLU, Dense(33), PReLU(Shared = true), Dense(4), Softmax]
internal sealed partial class SlopesDense;

[Network]
[Input(9, 8, 3)]
[PReLU, Conv2D(6, 3), PReLU, MaxPool2D(2)]
[Conv2D(17, 2, Padding = Padding.Same), PReLU(Shared = true), Flatten, PReLU, Dense(3)]
internal sealed partial class SlopesImages;

[Network]
[Input(3, 70, 18)]
[PReLU, MaxPool2D(2), Flatten, Dense(3)]
internal sealed partial class SlopesLongRows;

[Network]
[Input(6, 7, 2)]
[Conv2D(5, 3, Padding = Padding.Same), PReLU(Name = "entry")]
[Conv2D(5, 3, Padding = Padding.Same), Add("entry"), PReLU, MaxPool2D(2)]
[Conv2D(4, 2, Trainable = false), PReLU, Flatten, Dense(4), Softmax]
internal sealed partial class SlopesResidual;

[Network]
[Input(8)]
[Dense(18), PReLU(Trainable = false), Dense(9), PReLU, Dense(3)]
internal sealed partial class SlopesFrozen;
