using NetGen;

namespace Digits;

/// <summary>
/// The network: two convolutions that look for strokes and their combinations, and a layer that tells the ten digits
/// apart. NetGen writes the other half of this class while the project builds.
/// </summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3), ReLU, MaxPool2D(2)]
[Conv2D(64, 3), ReLU, MaxPool2D(2)]
[Flatten, Dropout(0.5)]
[Dense(10), Softmax]
public partial class DigitNet;
