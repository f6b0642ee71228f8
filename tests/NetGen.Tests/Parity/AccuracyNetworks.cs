namespace NetGen.Tests.Parity;

/// <summary>The network of tests/fixtures/make_accuracies.py for spirals.</summary>
[Network, Input(2), Dense(32), ReLU, Dropout(0.2), Dense(32), ReLU, Dropout(0.2), Dense(2), Softmax]
internal sealed partial class SpiralNet;

/// <summary>The network of tests/fixtures/make_accuracies.py for glyphs.</summary>
[Network, Input(8, 8, 1), Conv2D(8, 3), ReLU, MaxPool2D(2), Flatten, Dropout(0.25), Dense(64), ReLU, Dropout(0.5), Dense(10), Softmax]
internal sealed partial class GlyphNet;
