using NetGen;

namespace Native;

/// <summary>Tells the direction of a stroke: one layer of each kind, so that each is compiled ahead of time.</summary>
[Network]
[Input(Strokes.Side, Strokes.Side, 1)]
[Conv2D(16, 3), ReLU, MaxPool2D(2)]
[Conv2D(32, 3), ReLU]
[Flatten, Dropout(0.25)]
[Dense(Strokes.Directions), Softmax]
internal sealed partial class StrokeNet;
