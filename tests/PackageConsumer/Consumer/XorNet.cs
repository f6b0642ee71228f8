using NetGen;

namespace Consumer;

/// <summary>Exclusive or of two inputs; dropout after a hidden layer wide enough to bear it.</summary>
[Network]
[Input(2)]
[Dense(32), ReLU, Dropout(0.1)]
[Dense(2), Softmax]
internal sealed partial class XorNet;
