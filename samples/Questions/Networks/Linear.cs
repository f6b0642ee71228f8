using NetGen;

namespace Questions.Networks;

/// <summary>One linear layer.</summary>
[Network]
[Input(784)]
[Dense(10), Softmax]
internal sealed partial class OneLinear;

// What NG0301 warns of is what the question is about.
#pragma warning disable NG0301

/// <summary>Two linear layers, with nothing between them.</summary>
[Network]
[Input(784)]
[Dense(64)]
[Dense(10), Softmax]
internal sealed partial class TwoLinear;

/// <summary>Four layers of 256 units, with nothing between them.</summary>
[Network]
[Input(256)]
[Dense(256)]
[Dense(256)]
[Dense(256)]
[Dense(256)]
internal sealed partial class WideLinear;
#pragma warning restore NG0301

/// <summary>The same layers with ReLU between them.</summary>
[Network]
[Input(256)]
[Dense(256), ReLU]
[Dense(256), ReLU]
[Dense(256), ReLU]
[Dense(256)]
internal sealed partial class WideRelu;
