// Networks with dropout in every place that a declaration can have it in.

namespace NetGen.Tests.DropoutMasks;

[Network]
[Input(64)]
[Dropout(0.1), Dense(64)]
internal sealed partial class Input10;

[Network]
[Input(64)]
[Dropout(0.5), Dense(64)]
internal sealed partial class Input50;

[Network]
[Input(64)]
[Dense(64), ReLU, Dropout(0.25), Dense(64)]
internal sealed partial class Hidden25;

[Network]
[Input(64)]
[Dense(64), ReLU, Dropout(0.8), Dense(64)]
internal sealed partial class Hidden80;

[Network]
[Input(7)]
[Dense(37), Dropout(0.3), Dense(37)]
internal sealed partial class AfterLinear;

[Network]
[Input(7)]
[Dense(37), Dropout(0.3), ReLU, Dense(37)]
internal sealed partial class BeforeReLU;

[Network]
[Input(7)]
[Dense(37), ReLU, Dropout(0.2), Dropout(0.4), Dense(37)]
internal sealed partial class TwiceInARow;

[Network]
[Input(7)]
[Dense(10), Dropout(0.3)]
internal sealed partial class OnHead;

[Network]
[Input(8, 9, 2)]
[Conv2D(6, 3), ReLU, MaxPool2D(2), Dropout(0.3)]
[Flatten, Dense(54)]
internal sealed partial class AfterPool;

[Network]
[Input(6, 7, 2)]
[Conv2D(5, 3), ReLU, Dropout(0.4)]
[Flatten, Dense(100)]
internal sealed partial class AfterConvolution;

[Network]
[Input(6, 7, 2)]
[Conv2D(5, 3), Dropout(0.4)]
[Flatten, Dense(100)]
internal sealed partial class AfterLinearConvolution;

[Network]
[Input(24)]
[Dropout(0.25), Dense(24), ReLU, Dropout(0.25), Dense(24)]
internal sealed partial class TwoPlaces;

/// <summary>The layers of <see cref="TwoPlaces"/> without dropout.</summary>
[Network]
[Input(24)]
[Dense(24), ReLU, Dense(24)]
internal sealed partial class TwoPlacesTwin;

[Network]
[Input(6, 6, 3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, Dropout(0.3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.2)]
[Flatten, Dense(72)]
internal sealed partial class BetweenConvolutions;

/// <summary>The layers of <see cref="BetweenConvolutions"/> without dropout.</summary>
[Network]
[Input(6, 6, 3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(72)]
internal sealed partial class BetweenConvolutionsTwin;

[Network]
[Input(7, 7, 2)]
[Conv2D(5, 2), ReLU, Dropout(0.3), MaxPool2D(2)]
[Flatten, Dense(45)]
internal sealed partial class BeforePool;

/// <summary>One channel and few filters, so that two positions share a vector.</summary>
[Network]
[Input(6, 7, 1)]
[Conv2D(5, 3, 2), ReLU, Dropout(0.4)]
[Flatten, Dense(120)]
internal sealed partial class AfterPairs;

[Network]
[Input(8, 10, 1)]
[Conv2D(4, 3), ReLU, MaxPool2D(2), Dropout(0.3)]
[Flatten, Dense(48)]
internal sealed partial class AfterPooledPairs;

/// <summary>Few filters: the lanes are positions and filters.</summary>
[Network]
[Input(12, 16, 3)]
[Conv2D(3, 3, Padding = Padding.Same), ReLU, Dropout(0.35)]
[Flatten, Dense(576)]
internal sealed partial class AfterFewFilters;

[Network]
[Input(20, 24, 3)]
[Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.35)]
[Flatten, Dense(720)]
internal sealed partial class AfterPooledFewFilters;

[Network]
[Input(7)]
[Dense(37), LeakyReLU(0.2), Dropout(0.3), Dense(37)]
internal sealed partial class AfterLeaky;

[Network]
[Input(7)]
[Dense(37), Dropout(0.3), LeakyReLU(0.2), Dense(37)]
internal sealed partial class BeforeLeaky;

[Network]
[Input(8, 9, 2)]
[Conv2D(6, 3), ReLU, AveragePool2D(2), Dropout(0.3)]
[Flatten, Dense(54)]
internal sealed partial class AfterAverage;

[Network]
[Input(7)]
[Dense(37, Name = "entry"), ReLU, Dense(37), Add("entry"), ReLU, Dropout(0.3), Dense(37)]
internal sealed partial class AfterSum;

/// <summary>The dropped values are added.</summary>
[Network]
[Input(7)]
[Dense(37), ReLU, Dropout(0.3, Name = "dropped"), Dense(37), Add("dropped"), Dense(37)]
internal sealed partial class SumWithDropped;

/// <summary>The values before dropout are added.</summary>
[Network]
[Input(7)]
[Dense(37), ReLU(Name = "whole"), Dropout(0.3), Dense(37), Add("whole"), Dense(37)]
internal sealed partial class SumWithWhole;

// Networks that are unrolled, forward and backward.

[Network]
[Input(5)]
[Dense(15), Dropout(0.3), Dense(15)]
internal sealed partial class TinyAfterLinear;

[Network]
[Input(5)]
[Dense(17), Dropout(0.3), ReLU, Dense(17)]
internal sealed partial class TinyBeforeReLU;

[Network]
[Input(5)]
[Dense(17), ReLU, Dropout(0.4), Dense(17)]
internal sealed partial class TinyAfterReLU;

[Network]
[Input(5)]
[Dense(17), LeakyReLU(0.25), Dropout(0.3), Dense(17)]
internal sealed partial class TinyAfterLeaky;

[Network]
[Input(5)]
[Dense(9, Name = "entry"), Dense(9), Add("entry"), ReLU, Dropout(0.3), Dense(9)]
internal sealed partial class TinyAfterSum;
