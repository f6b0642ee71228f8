using NetGen;

namespace Shapes;

/// <summary>Tells circles from squares, without dropout.</summary>
[Network]
[Input(ShapePainter.Side, ShapePainter.Side, 1)]
[Conv2D(8, 3), ReLU, MaxPool2D(2)]
[Conv2D(16, 3), ReLU]
[Flatten]
[Dense(2), Softmax]
internal sealed partial class PlainNet;
