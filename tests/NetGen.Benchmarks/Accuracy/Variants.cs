namespace NetGen.Benchmarks.Accuracy;

// vgg-small of the reference networks, once for each use of Winograd's transforms. AccuracySuite checks that the layers are those of the reference.

[Network(Winograd = WinogradUse.Off)]
[Input(32, 32, 3)]
[Conv2D(32, 3, Padding = Padding.Same), ReLU]
[Conv2D(32, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Conv2D(64, 3, Padding = Padding.Same), ReLU]
[Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Flatten, Dense(512), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class VggOff;

[Network(Winograd = WinogradUse.Inference)]
[Input(32, 32, 3)]
[Conv2D(32, 3, Padding = Padding.Same), ReLU]
[Conv2D(32, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Conv2D(64, 3, Padding = Padding.Same), ReLU]
[Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Flatten, Dense(512), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class VggInference;

[Network(Winograd = WinogradUse.Training)]
[Input(32, 32, 3)]
[Conv2D(32, 3, Padding = Padding.Same), ReLU]
[Conv2D(32, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Conv2D(64, 3, Padding = Padding.Same), ReLU]
[Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.25)]
[Flatten, Dense(512), ReLU, Dropout(0.5)]
[Dense(10), Softmax]
internal sealed partial class VggTraining;
