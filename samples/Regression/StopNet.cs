using NetGen;

namespace Regression;

/// <summary>
/// Computes the stopping distance of a car from the four columns of <see cref="StopTable.Features"/>. Without softmax at its end, a network
/// is a regression, and its loss the mean squared error.
/// </summary>
[Network]
[Input(4)]
[Dense(48), ReLU]
[Dense(48), ReLU]
[Dense(1)]
internal sealed partial class StopNet;
