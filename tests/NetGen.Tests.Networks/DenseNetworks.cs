// Multilayer perceptrons whose widths lie around the sizes at which kernels change: vectors of 4, 8 and 16, panels of 32.

namespace NetGen.Tests.Kernels;

[Network]
[Input(1)]
[Dense(1)]
internal sealed partial class OneByOne;

[Network]
[Input(3)]
[Dense(5), ReLU, Dense(2)]
internal sealed partial class Small;

[Network]
[Input(17)]
[Dense(15), ReLU, Dense(31), ReLU, Dense(63), ReLU, Dense(3), Softmax]
internal sealed partial class JustBelowVectors;

[Network]
[Input(64)]
[Dense(128), ReLU, Dense(96), ReLU, Dense(16)]
internal sealed partial class WholeVectors;

[Network]
[Input(33)]
[Dense(65), ReLU, Dense(97), ReLU, Dense(9)]
internal sealed partial class JustAbovePanels;

[Network]
[Input(600)]
[Dense(130), ReLU, Dense(11), Softmax]
internal sealed partial class LongRows;

[Network]
[Input(2)]
[Dense(300), ReLU, Dense(1)]
internal sealed partial class OneWideLayer;

[Network]
[Input(12)]
[Dense(77), Softmax]
internal sealed partial class ManyClasses;

[Network]
[Input(6)]
[Dense(9), ReLU, Dense(4), ReLU]
internal sealed partial class RectifiedHead;

[Network]
[Input(6)]
[ReLU, Dense(5), Softmax]
internal sealed partial class RectifiedInput;

[Network]
[Input(9, 3)]
[Flatten, Dense(4), ReLU, Dense(4)]
internal sealed partial class Sequence;

/// <summary>Weights that no second-level cache holds; such layers may be computed in another way.</summary>
[Network]
[Input(300)]
[Dense(700), ReLU, Dense(520), ReLU, Dense(10), Softmax]
internal sealed partial class Large;

/// <summary>Layers that training computes for the whole batch, with panels that are not full, dropout, a sum, and tracked units.</summary>
[Network(TrackDeadUnits = true)]
[Input(530), Dropout(0.2)]
[Dense(525), ReLU, Dropout(0.5, Name = "first")]
[Dense(517), ReLU]
[Dense(525), Add("first"), ReLU, Dropout(0.3)]
[Dense(5)]
internal sealed partial class LargeWithDropout;

/// <summary>A layer for the whole batch that reads the network's input and is the last one.</summary>
[Network]
[Input(600)]
[Dense(500)]
internal sealed partial class LargeAlone;

/// <summary>A layer for the whole batch ends the network, so that shards have nothing to do before it in backward.</summary>
[Network]
[Input(10)]
[Dense(600), ReLU, Dense(600)]
internal sealed partial class LargeLast;

/// <summary>The same, not trained.</summary>
[Network]
[Input(10)]
[Dense(600), ReLU, Dense(600, Trainable = false)]
internal sealed partial class LargeFrozen;

/// <summary>A layer of many weights but few inputs: shards compute the gradient with respect to these.</summary>
[Network]
[Input(20)]
[Dense(32), ReLU, Dense(8200), ReLU]
[Dense(3)]
internal sealed partial class LargeOfFewInputs;

/// <summary>A layer for the whole batch that reads the caller's inputs, which nothing packs.</summary>
[Network]
[Input(600)]
[Dense(450, Trainable = false), ReLU, Dense(3)]
internal sealed partial class LargeFrozenFirst;

/// <summary>The first layer has a single panel of columns, and so many weights that its gradient is computed over the whole batch.</summary>
[Network]
[Input(430)]
[Dense(10), Softmax]
internal sealed partial class Linear;

/// <summary>A normalisation between layers whose weight gradients are computed over the whole batch.</summary>
[Network]
[Input(70)]
[Dense(66), BatchNorm, ReLU, Dense(65), ReLU, Dense(4)]
internal sealed partial class WholeBatchNorm;
