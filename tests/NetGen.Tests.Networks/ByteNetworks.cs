namespace NetGen.Tests.Bytes;

/// <summary>The input is copied as it is, one float for each byte.</summary>
[Network]
[Input(37, Type = InputType.UInt8)]
[Dense(24), ReLU, Dropout(0.3)]
[Dense(5), Softmax]
internal sealed partial class ByteDense;

/// <summary>The input is scaled, and copied into zeros.</summary>
[Network]
[Input(11, 13, 3, Type = InputType.UInt8)]
[Rescale(1 / 255.0), Conv2D(9, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(4), Softmax]
internal sealed partial class ByteImage;

/// <summary>A regression on sequences, with statistics of the input.</summary>
[Network]
[Input(18, 2, Type = InputType.UInt8)]
[Normalization, Conv1D(6, 3, PaddingLength = 1), Tanh]
[Flatten, Dense(2)]
internal sealed partial class ByteSequence;
