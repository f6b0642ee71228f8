using NetGen;

namespace Questions.Networks;

/// <summary>Three hidden layers with ReLU, which tell of their dead units.</summary>
[Network(TrackDeadUnits = true)]
[Input(784)]
[Dense(64), ReLU]
[Dense(64), ReLU]
[Dense(64), ReLU]
[Dense(10), Softmax]
internal sealed partial class ReluStack;

/// <summary>The same with a slope for negative values.</summary>
[Network]
[Input(784)]
[Dense(64), LeakyReLU(0.1)]
[Dense(64), LeakyReLU(0.1)]
[Dense(64), LeakyReLU(0.1)]
[Dense(10), Softmax]
internal sealed partial class LeakyStack;

/// <summary>The same with exponential linear units.</summary>
[Network]
[Input(784)]
[Dense(64), ELU]
[Dense(64), ELU]
[Dense(64), ELU]
[Dense(10), Softmax]
internal sealed partial class EluStack;

/// <summary>Six hidden layers with ReLU.</summary>
[Network]
[Input(784)]
[Dense(32), ReLU]
[Dense(32), ReLU]
[Dense(32), ReLU]
[Dense(32), ReLU]
[Dense(32), ReLU]
[Dense(32), ReLU]
[Dense(10), Softmax]
internal sealed partial class SixRelus;

// What NG0311 warns of is what the question is about.
#pragma warning disable NG0311

/// <summary>Six hidden layers with sigmoids.</summary>
[Network]
[Input(784)]
[Dense(32), Sigmoid]
[Dense(32), Sigmoid]
[Dense(32), Sigmoid]
[Dense(32), Sigmoid]
[Dense(32), Sigmoid]
[Dense(32), Sigmoid]
[Dense(10), Softmax]
internal sealed partial class SixSigmoids;
#pragma warning restore NG0311

/// <summary>Three hidden layers with ReLU and dropout.</summary>
[Network]
[Input(784)]
[Dense(64), ReLU, Dropout(0.5)]
[Dense(64), ReLU, Dropout(0.5)]
[Dense(64), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class DropoutStack;

/// <summary>Three hidden layers with hyperbolic tangents and dropout.</summary>
[Network]
[Input(784)]
[Dense(64), Tanh, Dropout(0.5)]
[Dense(64), Tanh, Dropout(0.5)]
[Dense(64), Tanh, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class TanhDropoutStack;
