namespace NetGen.Tests.Parity;

/// <summary>The classifier of tests/fixtures/make_curves.py.</summary>
[Network, Input(8, 8, 1), Conv2D(6, 3), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dense(4), Softmax]
internal sealed partial class CurveClassifier;

/// <summary>The regression of tests/fixtures/make_curves.py.</summary>
[Network, Input(6), Dense(16), ReLU, Dense(10), ReLU, Dense(2)]
internal sealed partial class CurveRegression;
