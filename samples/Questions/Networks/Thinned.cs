using NetGen;

namespace Questions.Networks;

/// <summary>A hidden layer of 256 units without dropout.</summary>
[Network]
[Input(784)]
[Dense(256), ReLU]
[Dense(10), Softmax]
internal sealed partial class LargeNet;

/// <summary>The same with dropout.</summary>
[Network]
[Input(784), Dropout(0.2)]
[Dense(256), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class LargeDropoutNet;

/// <summary>A hidden layer of ten units with dropout: there are only 1,024 ways to thin it.</summary>
[Network]
[Input(784)]
[Dense(10), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class SmallDropoutNet;
