using NetGen;

namespace Questions.Networks;

/// <summary>A hidden layer of 64 units with ReLU.</summary>
[Network]
[Input(784)]
[Dense(64), ReLU]
[Dense(10), Softmax]
internal sealed partial class PlainNet;

/// <summary>The same with dropout.</summary>
[Network]
[Input(784)]
[Dense(64), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class DropoutNet;
