// Branches that are joined, padded and global pooling, layer normalisation and reshapes, of odd sizes.

namespace NetGen.Tests.Kernels;

// With small integers these stay exact.

[Network]
[Input(8, 8, 1)]
[ReLU(Name = "input"), Conv2D(2, 3, Padding = Padding.Same, Name = "first")]
[Conv2D(4, 3, Padding = Padding.Same, From = "input"), ReLU, Concat("first")]
[MaxPool2D(3, Stride = 2, Padding = Padding.Same), Flatten, Dense(3)]
internal sealed partial class BranchesOfOneChannel;

[Network]
[Input(9, 8, 3)]
[Conv2D(5, 2, Name = "entry"), MaxPool2D(2), ReLU(Name = "first")]
[Conv2D(19, 2, Stride = 2, From = "entry"), ReLU, Concat("first", "first", Name = "joined")]
[Conv2D(3, 3, Padding = Padding.Same), Concat("joined"), GlobalMaxPool, Dense(3), Softmax]
internal sealed partial class JoinsOfJoins;

[Network]
[Input(5, 4, 2)]
[Conv2D(4, 3, Padding = Padding.Same, Name = "entry"), Conv2D(3, 1, Name = "first")]
[ReLU(From = "entry"), Concat("first", Name = "inner"), Conv2D(5, 1, From = "entry")]
[LeakyReLU(0.5), Concat("inner"), MaxPool2D(2, Stride = 1, Padding = Padding.Same), Conv2D(2, 3), Flatten, Dense(2)]
internal sealed partial class JoinInAJoin;

[Network]
[Input(7, 10, 5)]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same), Conv2D(17, 2), ReLU, MaxPool2D(4, Stride = 3, Padding = Padding.Same)]
[Flatten, Dense(2)]
internal sealed partial class PaddedMaxima;

[Network]
[Input(11, 3)]
[MaxPool1D(3, Stride = 2, Padding = Padding.Same), ReLU, MaxPool1D(2), Flatten, Dense(2)]
internal sealed partial class MaximaOfSequences;

[Network]
[Input(4, 4, 3)]
[Conv2D(33, 1), GlobalAveragePool, Dense(2)]
internal sealed partial class MeansOfPositions;

[Network]
[Input(6)]
[Dense(9), ReLU(Name = "entry"), Dense(5, Name = "first"), Dense(17, From = "entry"), ReLU, Concat("first")]
internal sealed partial class JoinedOutputs;

// Other divisors, and square roots.

[Network]
[Input(9, 9, 2)]
[Conv2D(18, 1), GlobalAveragePool, LayerNorm, Dense(2), Softmax]
internal sealed partial class MeansOfManyPositions;

[Network]
[Input(5, 4, 33)]
[LayerNorm, Conv2D(18, 2), LayerNorm, ReLU, Flatten, LayerNorm(Epsilon = 0.1), Dense(3), Softmax]
internal sealed partial class NormsOfPositions;

// With the transforms, a value that is not a number would reach whole tiles.
[Network(Winograd = WinogradUse.Off)]
[Input(4, 4, 3)]
[Conv2D(5, 1, Name = "entry"), ReLU(Name = "first"), LayerNorm(From = "entry"), LeakyReLU(0.1, Name = "second")]
[Conv2D(16, 3, Padding = Padding.Same, From = "entry"), LayerNorm(Trainable = false), Concat("second", "first")]
[LayerNorm, Conv2D(2, 3, Padding = Padding.Same)]
internal sealed partial class NormsInBranches;

[Network]
[Input(6, 5, 2)]
[Conv2D(3, 3, Padding = Padding.Same, Name = "entry"), Flatten, Dense(4, Name = "first")]
[Conv2D(2, 3, Padding = Padding.Same, From = "entry"), ReLU, Reshape(10, 6), AveragePool1D(3, Padding = Padding.Same)]
[Reshape(2, 2, 6), Conv2D(3, 2), Reshape(3), Dense(4), Add("first")]
internal sealed partial class ReshapedBranches;

/// <summary>Two branches whose rows threads share for one sample.</summary>
[Network]
[Input(32, 32, 16)]
[LayerNorm(Name = "entry"), Conv2D(36, 3, Padding = Padding.Same), ReLU(Name = "first")]
[Conv2D(33, 3, Padding = Padding.Same, From = "entry"), ReLU, Concat("first")]
[MaxPool2D(5, Padding = Padding.Same), Flatten, Dense(3)]
internal sealed partial class SharedRowsOfBranches;

/// <summary>Dense branches whose weight gradients are computed over the whole batch.</summary>
[Network]
[Input(250)]
[Dense(260), ReLU(Name = "entry"), Dense(270, Name = "first"), Dense(260, From = "entry"), ReLU, Concat("first"), Dense(2)]
internal sealed partial class SharedPanelsOfBranches;
