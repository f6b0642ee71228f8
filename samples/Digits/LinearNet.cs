using NetGen;

namespace Digits;

/// <summary>A linear model of the same digits, to see what the convolutions are good for (<c>--compare-linear</c>).</summary>
[Network]
[Input(28, 28, 1)]
[Flatten, Dense(10), Softmax]
public partial class LinearNet;
