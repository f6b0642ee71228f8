using NetGen;

namespace Sample;

[Network, Input(16)]
[Dense(8), ReLU, Dropout(0.5)]
[Dense(4), Softmax]
public partial class DigitNet;
