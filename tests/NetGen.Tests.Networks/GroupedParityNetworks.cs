// Networks of tests/fixtures/reference/families/grouped.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(20, 3)]
[Conv1D(8, 5), ReLU]
[Conv1D(5, 4, Stride = 2, Padding = Padding.Same), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class SequenceStrided;

[Network]
[Input(33, 1)]
[Conv1D(17, 7, Stride = 2, PaddingLength = 3), ReLU]
[Conv1D(6, 3, Dilation = 4)]
[Flatten, Dense(2)]
internal sealed partial class SequencePadded;

[Network]
[Input(24, 4)]
[Conv1D(12, 3, Groups = 2, Dilation = 2, Padding = Padding.Same), BatchNorm, ReLU]
[Conv1D(12, 5, Groups = 12, Stride = 2), ReLU]
[Conv1D(3, 1), ReLU]
[Flatten, Dense(4), Softmax]
internal sealed partial class SequenceGroups;

[Network]
[Input(9, 8, 3)]
[Conv2D(6, 3, PaddingHeight = 1, PaddingWidth = 1), ReLU, MaxPool2D(2)]
[Conv2D(5, 3, 2, PaddingHeight = 2)]
[Flatten, Dense(3), Softmax]
internal sealed partial class PaddedAlike;

[Network]
[Input(8, 9, 2)]
[Conv2D(7, 3, Stride = 2, PaddingHeight = 1, PaddingWidth = 2), ReLU]
[Conv2D(33, 2, PaddingWidth = 1)]
[Flatten, Dense(2)]
internal sealed partial class PaddedStride;

[Network]
[Input(5, 4, 3)]
[Conv2D(6, 1, PaddingHeight = 1, PaddingWidth = 2), ReLU]
[Conv2D(4, 2, Stride = 3, PaddingHeight = 3, PaddingWidth = 4)]
[Flatten, Dense(3)]
internal sealed partial class PaddedBeyondKernel;

[Network]
[Input(12, 11, 2)]
[Conv2D(6, 3, Dilation = 2), ReLU]
[Conv2D(5, 2, Dilation = 3, Padding = Padding.Same)]
[Flatten, Dense(3), Softmax]
internal sealed partial class Dilated;

[Network]
[Input(13, 12, 1)]
[Conv2D(8, 3, Dilation = 2, Stride = 2, PaddingHeight = 2, PaddingWidth = 2), ReLU]
[Conv2D(3, 3, 2, Dilation = 2)]
[Flatten, Dense(2)]
internal sealed partial class DilatedStride;

[Network]
[Input(9, 10, 33)]
[Conv2D(34, 2, Dilation = 4), BatchNorm, ReLU]
[Conv2D(4, 3, Dilation = 2, Padding = Padding.Same), MaxPool2D(2)]
[Flatten, Dense(2)]
internal sealed partial class DilatedWide;

[Network]
[Input(8, 7, 6)]
[Conv2D(9, 3, Groups = 3), ReLU]
[Conv2D(6, 2, Groups = 3, Padding = Padding.Same)]
[Flatten, Dense(3), Softmax]
internal sealed partial class Grouped;

[Network]
[Input(9, 9, 4)]
[Conv2D(66, 3, Groups = 2, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), BatchNorm, ReLU]
[Conv2D(10, 2, Groups = 2), MaxPool2D(3)]
[Flatten, Dense(2)]
internal sealed partial class GroupedWide;

[Network]
[Input(8, 9, 4)]
[Conv2D(12, 3, Groups = 4), ReLU]
[Conv2D(8, 2, Groups = 4, Dilation = 2)]
[Flatten, Dense(3)]
internal sealed partial class GroupedDilated;

[Network]
[Input(9, 8, 5)]
[DepthwiseConv2D(3), BatchNorm, ReLU]
[Conv2D(9, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)]
[Flatten, Dense(4), Softmax]
internal sealed partial class Depthwise;

[Network]
[Input(10, 9, 35)]
[DepthwiseConv2D(2, 3, PaddingWidth = 1), ReLU, MaxPool2D(2)]
[DepthwiseConv2D(3, Dilation = 2, PaddingHeight = 2, PaddingWidth = 2)]
[Flatten, Dense(2)]
internal sealed partial class DepthwiseWide;

[Network]
[Input(15, 14, 3)]
[DepthwiseConv2D(11, Padding = Padding.Same), ReLU]
[DepthwiseConv2D(5, Stride = 3), ReLU]
[Flatten, Dense(3)]
internal sealed partial class DepthwiseLarge;
