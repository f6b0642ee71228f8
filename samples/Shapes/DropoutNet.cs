using NetGen;

namespace Shapes;

/// <summary>The same network with dropout before its last layer.</summary>
[Network]
[Input(ShapePainter.Side, ShapePainter.Side, 1)]
[Conv2D(8, 3), ReLU, MaxPool2D(2)]
[Conv2D(16, 3), ReLU]
[Flatten, Dropout(0.5)]
[Dense(2), Softmax]
internal sealed partial class DropoutNet;
