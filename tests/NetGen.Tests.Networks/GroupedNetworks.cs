// Convolutions with groups, dilation and explicit padding, depthwise convolutions, and convolutions of sequences.

namespace NetGen.Tests.Kernels;

[Network]
[Input(8, 7, 6)]
[Conv2D(9, 3, Groups = 3), ReLU]
[Conv2D(6, 2, Groups = 3, Padding = Padding.Same)]
[Flatten, Dense(3)]
internal sealed partial class ThreeGroups;

[Network]
[Input(9, 8, 4)]
[Conv2D(74, 3, Groups = 2, Dilation = 2, PaddingWidth = 1), ReLU, MaxPool2D(2)]
[Conv2D(4, 1, Groups = 2)]
[Flatten, Dense(2), Softmax]
internal sealed partial class WideGroups;

[Network]
[Input(11, 9, 1)]
[Conv2D(6, 3, Dilation = 3, Padding = Padding.Same), ReLU]
[Conv2D(5, 3, 2, Stride = 2, Dilation = 2, PaddingHeight = 3)]
[Flatten, Dense(3)]
internal sealed partial class DilatedKernels;

[Network]
[Input(5, 4, 2)]
[Conv2D(5, 1, PaddingHeight = 2, PaddingWidth = 1), ReLU]
[Conv2D(3, 2, Stride = 3, PaddingHeight = 4, PaddingWidth = 3)]
[Flatten, Dense(2)]
internal sealed partial class PaddingOverKernel;

[Network]
[Input(9, 8, 5)]
[DepthwiseConv2D(3), ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)]
[Flatten, Dense(3), Softmax]
internal sealed partial class DepthwiseStack;

[Network]
[Input(9, 8, 37)]
[DepthwiseConv2D(2, 3, PaddingWidth = 1), MaxPool2D(2), ReLU]
[DepthwiseConv2D(3, Dilation = 2, Padding = Padding.Same)]
[Flatten, Dense(2)]
internal sealed partial class WideDepthwise;

[Network]
[Input(14, 13, 3)]
[DepthwiseConv2D(11, Padding = Padding.Same), ReLU]
[DepthwiseConv2D(5, 1, Stride = 3)]
[Flatten, Dense(3)]
internal sealed partial class LargeDepthwise;

[Network]
[Input(22, 3)]
[Conv1D(6, 5, Stride = 2, PaddingLength = 2), ReLU]
[Conv1D(6, 3, Groups = 6, Dilation = 2), ReLU]
[Conv1D(4, 3, Groups = 2, Padding = Padding.Same)]
[Flatten, Dense(3), Softmax]
internal sealed partial class SequenceStack;

[Network]
[Input(40, 1)]
[Conv1D(33, 9, Padding = Padding.Same), ReLU]
[Conv1D(2, 16, Stride = 3)]
internal sealed partial class LongSequence;
