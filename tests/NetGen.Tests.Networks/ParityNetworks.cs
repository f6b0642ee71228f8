// Networks of tests/fixtures/reference; both must say the same. Other files have more, in the same namespace.

namespace NetGen.Tests.Parity;

[Network]
[Input(8)]
[Dense(16), ReLU, Dense(16), ReLU, Dense(1)]
internal sealed partial class TinyRegression;

[Network]
[Input(7)]
[Dense(33), ReLU, Dense(10), ReLU, Dense(3)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class SeveralOutputs;

[Network]
[Input(10)]
[Dense(100), ReLU, Dense(32), ReLU, Dense(10), Softmax]
internal sealed partial class WideClassifier;

[Network]
[Input(1)]
[Dense(1), ReLU, Dense(7), ReLU, Dense(2), Softmax]
internal sealed partial class NarrowClassifier;

[Network]
[Input(32)]
[Dense(32), ReLU, Dense(7), Softmax]
[Loss(Loss.CrossEntropy)]
internal sealed partial class SoftLabels;

[Network]
[Input(33)]
[Dense(10), Dense(1)]
internal sealed partial class LinearRegression;

[Network]
[Input(4, 3, 5)]
[Flatten, Dense(6), ReLU, Dense(4), Softmax]
internal sealed partial class FlattenedInput;

[Network]
[Input(13, 11, 1)]
[Conv2D(6, 3), ReLU, MaxPool2D(2)]
[Conv2D(10, 3), ReLU]
[Flatten, Dense(10), Softmax]
internal sealed partial class DroppedRows;

[Network]
[Input(12, 12, 1)]
[Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(16, 5), ReLU, MaxPool2D(2)]
[Flatten, Dense(33), ReLU, Dense(10), Softmax]
internal sealed partial class LeNetLike;

[Network]
[Input(15, 9, 3)]
[Conv2D(5, 3, Stride = 2, Padding = Padding.Same), ReLU]
[Conv2D(33, 2, Stride = 2), ReLU]
[Flatten, Dense(7), Softmax]
internal sealed partial class StrideTwo;

[Network]
[Input(6, 17, 2)]
[Conv2D(10, 1, 5), ReLU]
[Conv2D(40, 3, 2), MaxPool2D(3, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class NonSquare;

[Network]
[Input(5, 5, 33)]
[Conv2D(40, 1), ReLU, Conv2D(1, 1)]
[Flatten, Dense(2)]
internal sealed partial class Pointwise;

[Network]
[Input(9, 9, 3)]
[Conv2D(5, 2), MaxPool2D(2), ReLU]
[Conv2D(6, 3, Padding = Padding.Same), MaxPool2D(2, Stride = 1), ReLU]
[Flatten, Dense(5), Softmax]
internal sealed partial class PoolBeforeReLU;

[Network]
[Input(10, 12, 1)]
[Conv2D(33, 3, Padding = Padding.Same), ReLU, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class OverlappingPool;

[Network]
[Input(14, 14, 3)]
[MaxPool2D(2), ReLU, Conv2D(6, 3), ReLU, ReLU, MaxPool2D(2), MaxPool2D(2, Stride = 1), ReLU]
[Flatten, ReLU, Dense(10), ReLU, Dense(3), Softmax]
internal sealed partial class OddPlaces;

[Network]
[Input(7, 7, 1)]
[Conv2D(3, 3), ReLU, Conv2D(5, 3, Padding = Padding.Same), ReLU, Conv2D(10, 5)]
[Flatten, Softmax]
internal sealed partial class ConvolutionStack;

[Network]
[Input(11, 8, 2)]
[Conv2D(4, 5, Stride = 2, Padding = Padding.Same), ReLU]
[Conv2D(6, 2, Padding = Padding.Same), ReLU]
[Conv2D(3, 1, Stride = 2, Padding = Padding.Same)]
[Flatten, Dense(1)]
internal sealed partial class SamePadding;

[Network]
[Input(9)]
[Dense(20), LeakyReLU(0.01), Dense(13), LeakyReLU(0.2), Dense(3)]
internal sealed partial class LeakyDense;

[Network]
[Input(12)]
[Dense(33), LeakyReLU(0), Dense(10), LeakyReLU(0), Dense(4), Softmax]
internal sealed partial class LeakyZero;

[Network]
[Input(11, 10, 2)]
[Conv2D(6, 3), LeakyReLU(0.2), MaxPool2D(2)]
[Conv2D(10, 2, Padding = Padding.Same), MaxPool2D(2, Stride = 1), LeakyReLU(0.01)]
[Flatten, Dense(5), Softmax]
internal sealed partial class LeakyPool;

[Network]
[Input(6, 5, 3)]
[LeakyReLU(0.2), Conv2D(4, 3), LeakyReLU(0.01)]
[Flatten, Dense(4), Softmax]
internal sealed partial class LeakyInput;

[Network]
[Input(5, 5, 4)]
[Conv2D(7, 2)]
[Flatten, LeakyReLU(0.01), Dense(6), LeakyReLU(0), Dense(3)]
internal sealed partial class LeakyFlat;

[Network]
[Input(12, 10, 1)]
[Conv2D(6, 3), ReLU, AveragePool2D(2)]
[Flatten, Dense(5), Softmax]
internal sealed partial class AverageHalves;

[Network]
[Input(11, 13, 2)]
[Conv2D(7, 3), ReLU, AveragePool2D(3, Stride = 2)]
[Flatten, Dense(3)]
internal sealed partial class AverageOverlap;

[Network]
[Input(10, 8, 3)]
[Conv2D(5, 2), ReLU, AveragePool2D(3, Stride = 2, Padding = Padding.Same)]
[Conv2D(4, 2, Padding = Padding.Same), AveragePool2D(2, Padding = Padding.Same)]
[Flatten, Dense(2)]
internal sealed partial class AverageSame;

[Network]
[Input(8, 8, 3)]
[AveragePool2D(2), Conv2D(6, 3), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class AverageInput;

[Network]
[Input(8, 9, 2)]
[Conv2D(5, 3), ReLU, AveragePool2D(3, Stride = 1)]
[Conv2D(4, 2, Padding = Padding.Same), ReLU, AveragePool2D(4, Stride = 1, Padding = Padding.Same)]
[Flatten, Dense(3)]
internal sealed partial class AverageStrideOne;

[Network]
[Input(9, 8, 3)]
[Conv2D(8, 2), AveragePool2D(2), LeakyReLU(0.2)]
[Flatten, Dense(5), Softmax]
internal sealed partial class AverageLeaky;

[Network]
[Input(7, 7, 2)]
[Conv2D(10, 2), ReLU, AveragePool2D(6)]
[Flatten, Softmax]
internal sealed partial class AverageWhole;

[Network]
[Input(8, 7, 2)]
[Conv2D(6, 3, Padding = Padding.Same), ReLU(Name = "entry")]
[Conv2D(6, 3, Padding = Padding.Same), ReLU]
[Conv2D(6, 3, Padding = Padding.Same), Add("entry"), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class ResidualBlock;

[Network]
[Input(7, 6, 1)]
[Conv2D(5, 3, Padding = Padding.Same), ReLU(Name = "entry")]
[Conv2D(5, 3, Padding = Padding.Same), ReLU]
[Conv2D(5, 3, Padding = Padding.Same), Add("entry"), ReLU(Name = "first")]
[Conv2D(5, 3, Padding = Padding.Same), ReLU]
[Conv2D(5, 3, Padding = Padding.Same), Add("first"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class ResidualChain;

[Network]
[Input(10)]
[Dense(20, Name = "entry"), ReLU, Dense(20), Add("entry"), ReLU, Dense(3)]
internal sealed partial class ResidualDense;

[Network]
[Input(6, 6, 2)]
[Conv2D(5, 3, Padding = Padding.Same, Name = "a"), ReLU(Name = "b")]
[Conv2D(5, 3, Padding = Padding.Same), Add("a", "b"), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class AddTwo;

[Network]
[Input(11)]
[Dense(12, Name = "entry"), Add("entry"), ReLU, Dense(4), Softmax]
internal sealed partial class AddItself;

[Network]
[Input(7, 8, 3)]
[Conv2D(6, 2, Name = "entry"), ReLU]
[Conv2D(6, 3, Padding = Padding.Same), Add("entry"), ReLU]
[Flatten, Dense(3)]
internal sealed partial class AddPreActivation;

[Network]
[Input(8, 9, 2)]
[Conv2D(6, 3), ReLU(Name = "entry")]
[Conv2D(6, 3, Padding = Padding.Same), Add("entry"), MaxPool2D(2), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class AddMaxPool;

[Network]
[Input(9, 8, 2)]
[Conv2D(6, 2), ReLU(Name = "entry")]
[Conv2D(6, 3, Padding = Padding.Same), Add("entry"), ReLU, AveragePool2D(2)]
[Flatten, Dense(3)]
internal sealed partial class AddAveragePool;

[Network]
[Input(6)]
[Dense(5, Name = "entry"), ReLU, Dense(5), Add("entry")]
internal sealed partial class AddHead;

[Network]
[Input(5, 6, 3)]
[Conv2D(4, 2)]
[Flatten(Name = "entry"), ReLU, Add("entry"), Dense(6), ReLU, Dense(3)]
internal sealed partial class AddFlattened;

/// <summary>Six blocks; in prediction no more lives at once than in one block.</summary>
[Network]
[Input(12, 12, 3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU(Name = "block0")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add("block0"), ReLU(Name = "block1")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add("block1"), ReLU(Name = "block2")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add("block2"), ReLU(Name = "block3")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add("block3"), ReLU(Name = "block4")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add("block4"), ReLU(Name = "block5")]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add("block5"), ReLU(Name = "block6")]
[AveragePool2D(4), Flatten, Dense(10), Softmax]
internal sealed partial class DeepResidual;

[Network]
[Input(9)]
[Dense(20), BatchNorm, ReLU, Dense(33), BatchNorm, LeakyReLU(0.1), Dense(4), Softmax]
internal sealed partial class NormDense;

[Network]
[Input(12)]
[BatchNorm(Momentum = 0.3, Epsilon = 1e-3), Dense(7), ReLU, BatchNorm(Momentum = 1), Dense(3)]
internal sealed partial class NormFirst;

[Network]
[Input(6, 5, 2)]
[Conv2D(3, 2), ReLU, BatchNorm(Momentum = 0.25), Flatten, Dense(4), BatchNorm]
internal sealed partial class NormLast;

[Network]
[Input(9, 8, 3)]
[Conv2D(6, 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(17, 3, Padding = Padding.Same), BatchNorm, ReLU, AveragePool2D(2)]
[Flatten, Dense(5), Softmax]
internal sealed partial class NormImages;

[Network]
[Input(8, 10, 1)]
[Conv2D(4, 5, Padding = Padding.Same), BatchNorm, MaxPool2D(2), ReLU]
[Conv2D(5, 2), ReLU, BatchNorm, Flatten, Dense(3)]
internal sealed partial class NormBeforePool;

[Network]
[Input(9, 8, 2)]
[Conv2D(20, 1), BatchNorm, ReLU, Conv2D(35, 1), BatchNorm, LeakyReLU(0.1), Flatten, Dense(3)]
internal sealed partial class NormManyChannels;

[Network]
[Input(3, 70, 18)]
[BatchNorm, LeakyReLU(0.2), MaxPool2D(2), Flatten, Dense(3)]
internal sealed partial class NormLongRows;

[Network]
[Input(8, 7, 2)]
[Conv2D(6, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = "entry")]
[Conv2D(6, 3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(6, 3, Padding = Padding.Same), BatchNorm, Add("entry"), ReLU]
[AveragePool2D(2), Flatten, Dense(4), Softmax]
internal sealed partial class NormResidual;

[Network]
[Input(7, 6, 3)]
[Conv2D(5, 3, Padding = Padding.Same, Name = "entry"), BatchNorm, ReLU, Conv2D(5, 3, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(5, 3, Padding = Padding.Same), Add("entry"), BatchNorm, ReLU]
[Flatten, Dense(3)]
internal sealed partial class NormPreActivation;

[Network]
[Input(5, 4, 3)]
[Conv2D(4, 2), Flatten, BatchNorm, ReLU, Dense(5), BatchNorm]
internal sealed partial class NormFlattened;

[Network]
[Input(7, 8, 2)]
[Conv2D(5, 3), BatchNorm(Trainable = false), ReLU, Conv2D(6, 3), ReLU, BatchNorm]
[Flatten, Dense(8), BatchNorm(Trainable = false), ReLU, Dense(3), Softmax]
internal sealed partial class NormFrozen;

[Network]
[Input(8, 7, 3)]
[Conv2D(4, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = "entry")]
[Conv2D(6, 3, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(6, 3, Padding = Padding.Same), BatchNorm(Name = "first")]
[Conv2D(6, 1, Stride = 2, From = "entry"), BatchNorm, Add("first"), ReLU(Name = "joined")]
[Conv2D(6, 3, Padding = Padding.Same), ReLU(Name = "second")]
[BatchNorm(From = "joined"), Add("second"), AveragePool2D(2), Flatten, Dense(5), Softmax]
internal sealed partial class NormBranches;

[Network]
[Input(11, 5)]
[BatchNorm, LeakyReLU(0.2), BatchNorm(Trainable = false), Flatten, Dense(3)]
internal sealed partial class NormSequence;
