// Networks that are unrolled over inputs and outputs, as far as methods have room: widths around vectors
// of 4, 8 and 16 and panels of 32, and every function between the layers. Slopes are powers of two, with which small integers stay exact.

namespace NetGen.Tests.Kernels;

[Network]
[Input(3)]
[Dense(15), LeakyReLU(0.25), Dense(8), ReLU, Dense(1)]
internal sealed partial class TinyToOne;

[Network]
[Input(8)]
[Dense(16), ReLU, Dense(17), LeakyReLU(0.125), Dense(2)]
internal sealed partial class TinyVectors;

[Network]
[Input(2)]
[Dense(33), ReLU, Dense(5), LeakyReLU(0.5), Dense(3), Softmax]
internal sealed partial class TinyPanel;

[Network]
[Input(5)]
[Dense(31), LeakyReLU(0.25), Dense(5), ReLU]
internal sealed partial class TinyRectifiedHead;

[Network]
[Input(3)]
[Dense(17), LeakyReLU(0.25), Dense(2)]
internal sealed partial class TinyFrom17;

[Network]
[Input(3)]
[Dense(5), LeakyReLU(0.5), Dense(33)]
internal sealed partial class TinyOnto33;

/// <summary>No function between the layers.</summary>
[Network]
[Input(17)]
[Dense(15), Dense(33)]
internal sealed partial class TinyLinear;

/// <summary>A single output with many terms, of the input and of another layer, and a term more than a multiple of four.</summary>
[Network]
[Input(20)]
[Dense(1), LeakyReLU(0.5), Dense(24), ReLU, Dense(1), LeakyReLU(0.25), Dense(17), ReLU, Dense(1)]
internal sealed partial class TinyDots;

/// <summary>As many multiply-adds as an unrolled network may have.</summary>
[Network]
[Input(16)]
[Dense(32), ReLU, Dense(16), Softmax]
internal sealed partial class TinyLargest;

[Network]
[Input(1)]
[Dense(16), ReLU, Dense(60)]
internal sealed partial class TinyWideHead;

[Network]
[Input(2)]
[Dense(2), ReLU, Dense(3), LeakyReLU(0.5), Dense(1), LeakyReLU(0.5), Dense(5), ReLU, Dense(2), LeakyReLU(0.25), Dense(3)]
internal sealed partial class TinyDeep;

/// <summary>A tensor with three readers, and sums of which one feeds the next.</summary>
[Network]
[Input(5)]
[Dense(15), ReLU(Name = "entry"), Dense(15), Add("entry"), LeakyReLU(0.25, Name = "second")]
[Dense(15), Add("entry", "second"), ReLU, Dense(3)]
internal sealed partial class TinySums;

/// <summary>As many outputs as inputs, which may replace them.</summary>
[Network]
[Input(7)]
[Dense(3), ReLU, Dense(7)]
internal sealed partial class TinyAutoencoder;

/// <summary>One layer, which reads the inputs while it writes the outputs.</summary>
[Network]
[Input(7)]
[Dense(7), LeakyReLU(0.25)]
internal sealed partial class TinySquare;
