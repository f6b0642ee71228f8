namespace NetGen.Benchmarks.Networks;

// The reference networks. Their names in the tables and their layers are fixed, so that figures can be compared over time.

[Network]
[Input(8)]
[Dense(16), ReLU]
[Dense(16), ReLU]
[Dense(1)]
internal sealed partial class Tiny;

[Network]
[Input(784)]
[Dense(128), ReLU, Dropout(0.5)]
[Dense(64), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class MlpSmall;

[Network]
[Input(784), Dropout(0.2)]
[Dense(1024), ReLU, Dropout(0.5)]
[Dense(1024), ReLU, Dropout(0.5)]
[Dense(1024), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class Mlp1024;

/// <summary>A self-normalising network (Klambauer et al. 2017).</summary>
[Network]
[Input(784)]
[Dense(128), SELU, AlphaDropout(0.1)]
[Dense(64), SELU, AlphaDropout(0.1)]
[Dense(10), Softmax]
internal sealed partial class Snn;

[Network]
[Input(784)]
[Dense(128), Tanh, Dense(32), Tanh]
[Dense(128), Tanh, Dense(784), Sigmoid]
internal sealed partial class Autoencoder;

[Network]
[Input(28, 28, 1)]
[Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2)]
[Conv2D(16, 5), ReLU, MaxPool2D(2)]
[Flatten, Dense(120), ReLU, Dense(84), ReLU]
[Dense(10), Softmax]
internal sealed partial class LeNet;

[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3), ReLU, MaxPool2D(2)]
[Conv2D(64, 3), ReLU, MaxPool2D(2)]
[Flatten, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class KerasCnn;

[Network]
[Input(32, 32, 3)]
[Conv2D(32, 3, Padding = Padding.Same), ReLU]
[Conv2D(32, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Conv2D(64, 3, Padding = Padding.Same), ReLU]
[Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Flatten, Dense(512), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class VggSmall;

/// <summary>Three residual stages; the shortcuts of the second and the third go through a convolution of stride 2.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = "stem")]
[Conv2D(16, 3, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(16, 3, Padding = Padding.Same), BatchNorm, Add("stem"), ReLU(Name = "stage1")]
[Conv2D(32, 3, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(32, 3, Padding = Padding.Same), BatchNorm(Name = "block2")]
[Conv2D(32, 1, Stride = 2, From = "stage1"), Add("block2"), ReLU(Name = "stage2")]
[Conv2D(64, 3, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(64, 3, Padding = Padding.Same), BatchNorm(Name = "block3")]
[Conv2D(64, 1, Stride = 2, From = "stage2"), Add("block3"), ReLU]
[AveragePool2D(8), Flatten, Dense(10), Softmax]
internal sealed partial class ResNet8;

/// <summary>Two modules of four branches each, whose outputs are joined: 1×1, 3×3, 5×5, and a maximum.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same), ReLU, MaxPool2D(2, Name = "stem")]
[Conv2D(16, 1), ReLU(Name = "narrow1")]
[Conv2D(16, 1, From = "stem"), ReLU, Conv2D(24, 3, Padding = Padding.Same), ReLU(Name = "middle1")]
[Conv2D(8, 1, From = "stem"), ReLU, Conv2D(8, 5, Padding = Padding.Same), ReLU(Name = "wide1")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "stem"), Conv2D(8, 1), ReLU, Concat("narrow1", "middle1", "wide1"), MaxPool2D(2, Name = "joined1")]
[Conv2D(32, 1), ReLU(Name = "narrow2")]
[Conv2D(32, 1, From = "joined1"), ReLU, Conv2D(48, 3, Padding = Padding.Same), ReLU(Name = "middle2")]
[Conv2D(8, 1, From = "joined1"), ReLU, Conv2D(16, 5, Padding = Padding.Same), ReLU(Name = "wide2")]
[MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "joined1"), Conv2D(16, 1), ReLU, Concat("narrow2", "middle2", "wide2")]
[GlobalAveragePool, Dense(10), Softmax]
internal sealed partial class InceptionSmall;

/// <summary>A classifier of radio signals, as in the experiments with RadioML: 1024 samples of I and Q, 11 kinds of modulation.</summary>
[Network]
[Input(1024, 2)]
[Conv1D(64, 7, Stride = 2, PaddingLength = 3), BatchNorm, ReLU]
[Conv1D(64, 5, Stride = 2, PaddingLength = 2), BatchNorm, ReLU]
[Conv1D(64, 5, Stride = 2, PaddingLength = 2), BatchNorm, ReLU]
[Conv1D(64, 3, Stride = 2, PaddingLength = 1), BatchNorm, ReLU]
[Conv1D(64, 3, Stride = 2, PaddingLength = 1), BatchNorm, ReLU]
[Flatten, Dense(128), ReLU, Dropout(0.5)]
[Dense(11), Softmax]
internal sealed partial class Signal;

/// <summary>Separable convolutions, as in MobileNets (Howard et al. 2017), for images of 32×32 pixels.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(32, 3, Padding = Padding.Same), BatchNorm, ReLU]
[DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(64, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), BatchNorm, ReLU, Conv2D(128, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(128, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), BatchNorm, ReLU, Conv2D(256, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(256, 1), BatchNorm, ReLU]
[AveragePool2D(8), Flatten, Dense(10), Softmax]
internal sealed partial class MobileSmall;
