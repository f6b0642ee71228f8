// Networks of tests/fixtures/reference/families/references.py; both must say the same.

namespace NetGen.Tests.Parity;

[Network]
[Input(30)]
[Dense(24), ReLU, Dense(13), ReLU]
[Dense(10), Softmax]
internal sealed partial class MlpLike;

[Network]
[Input(30)]
[Dense(24), SELU, Dense(13), SELU]
[Dense(10), Softmax]
internal sealed partial class SnnLike;

[Network]
[Input(30)]
[Dense(24), Tanh, Dense(6), Tanh]
[Dense(24), Tanh, Dense(30), Sigmoid]
internal sealed partial class AutoencoderLike;

[Network]
[Input(14, 14, 1)]
[Conv2D(9, 3), ReLU, MaxPool2D(2)]
[Conv2D(18, 3), ReLU, MaxPool2D(2)]
[Flatten, Dense(10), Softmax]
internal sealed partial class KerasCnnLike;

[Network]
[Input(12, 12, 3)]
[Conv2D(9, 3, Padding = Padding.Same), ReLU]
[Conv2D(9, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(18, 3, Padding = Padding.Same), ReLU]
[Conv2D(18, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(33), ReLU, Dense(10), Softmax]
internal sealed partial class VggLike;

[Network]
[Input(12, 12, 3)]
[Conv2D(8, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = "stem")]
[Conv2D(8, 3, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Add("stem"), ReLU(Name = "stage1")]
[Conv2D(12, 3, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(12, 3, Padding = Padding.Same), BatchNorm(Name = "block2")]
[Conv2D(12, 1, Stride = 2, From = "stage1"), Add("block2"), ReLU]
[AveragePool2D(6), Flatten, Dense(10), Softmax]
internal sealed partial class ResNetLike;

[Network]
[Input(10, 10, 3)]
[Conv2D(8, 3, Padding = Padding.Same), ReLU, MaxPool2D(2, Name = "stem")]
[Conv2D(6, 1, From = "stem"), ReLU(Name = "stem_narrow")]
[Conv2D(6, 1, From = "stem"), ReLU, Conv2D(9, 3, Padding = Padding.Same), ReLU(Name = "stem_middle")]
[Conv2D(4, 1, From = "stem"), ReLU, Conv2D(5, 5, Padding = Padding.Same), ReLU(Name = "stem_wide")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "stem"), Conv2D(4, 1), ReLU]
[Concat("stem_narrow", "stem_middle", "stem_wide"), MaxPool2D(2, Name = "joined")]
[Conv2D(8, 1, From = "joined"), ReLU(Name = "joined_narrow")]
[Conv2D(8, 1, From = "joined"), ReLU, Conv2D(10, 3, Padding = Padding.Same), ReLU(Name = "joined_middle")]
[Conv2D(4, 1, From = "joined"), ReLU, Conv2D(6, 5, Padding = Padding.Same), ReLU(Name = "joined_wide")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "joined"), Conv2D(5, 1), ReLU]
[Concat("joined_narrow", "joined_middle", "joined_wide")]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class InceptionLike;

[Network]
[Input(64, 2)]
[Conv1D(9, 7, Stride = 2, PaddingLength = 3), BatchNorm, ReLU]
[Conv1D(9, 5, Stride = 2, PaddingLength = 2), BatchNorm, ReLU]
[Conv1D(18, 3, Stride = 2, PaddingLength = 1), BatchNorm, ReLU]
[Flatten, Dense(17), ReLU, Dense(11), Softmax]
internal sealed partial class SignalLike;

[Network]
[Input(8, 8, 3)]
[Conv2D(8, 3, Padding = Padding.Same), BatchNorm, ReLU]
[DepthwiseConv2D(3, PaddingHeight = 1, PaddingWidth = 1), BatchNorm, ReLU, Conv2D(12, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), BatchNorm, ReLU, Conv2D(18, 1), BatchNorm, ReLU]
[AveragePool2D(4), Flatten, Dense(10), Softmax]
internal sealed partial class MobileLike;
