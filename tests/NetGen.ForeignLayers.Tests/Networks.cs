using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Networks with foreign kinds at all places that the product's kinds can have around them.</summary>
internal static class Networks
{
    private static readonly Dictionary<string, string> Declarations = new(StringComparer.Ordinal)
    {
        // A function whose derivative needs its input: part of a kernel at inference, an operation of its own in training.
        ["square first"] = "Input(6), SignedSquare, Dense(5), SignedSquare, Dense(3)",
        ["square of an image first"] = "Input(5, 4, 3), SignedSquare, Conv2D(3, 2, Padding = Padding.Same), Flatten, Dense(2)",
        ["square last"] = "Input(5), Dense(19), Dense(18), SignedSquare",
        ["square behind pooling"] = "Input(8, 8, 2), Conv2D(5, 3), MaxPool2D(2), SignedSquare, Flatten, Dense(3)",
        ["square before pooling"] = "Input(8, 8, 2), Conv2D(5, 3), SignedSquare, MaxPool2D(2), Flatten, Dense(3), Softmax",
        ["square behind overlapping pooling"] = "Input(7, 7, 2), Conv2D(3, 2), MaxPool2D(3, Stride = 1), SignedSquare, AveragePool2D(2, Stride = 1), SignedSquare, Flatten, Dense(3)",
        ["square between halos"] = "Input(7, 6, 2), Conv2D(4, 3, Padding = Padding.Same), SignedSquare, Conv2D(4, 3, Padding = Padding.Same), SignedSquare, Flatten, Dense(2)",
        ["square behind Flatten"] = "Input(4, 4, 3), Conv2D(3, 2), Flatten, SignedSquare, Dense(2)",
        ["square before a dropout"] = "Input(6), Dense(9), SignedSquare, Dropout(0.4), Dense(3)",
        ["square before a dropout of images"] = "Input(6, 6, 1), Conv2D(4, 3), SignedSquare, Dropout(0.3), Conv2D(3, 2, Padding = Padding.Same), Flatten, Dense(2)",
        ["square behind a dropout"] = "Input(6), Dense(9), Dropout(0.4), SignedSquare, Dense(3)",
        ["square, rectifier, dropout"] = "Input(6), Dense(9), SignedSquare, ReLU, Dropout(0.4), Dense(3)",
        ["squares one after the other"] = "Input(4), Dense(5), SignedSquare, SignedSquare, Dense(2)",
        ["square in a residual block"] = "Input(6), Dense(6, Name = \"a\"), SignedSquare, Dense(6), Add(\"a\"), SignedSquare(Name = \"b\"), Dense(6), Add(\"a\", \"b\")",
        ["square of a sum of images"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), SignedSquare, Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), SignedSquare, Dropout(0.2), Flatten, Dense(2)",

        // A function whose derivative needs its output and sees a scale of it.
        ["softsign first"] = "Input(6), Softsign, Dense(5), Softsign, Dense(3)",
        ["softsign behind pooling"] = "Input(8, 8, 2), Conv2D(5, 3), MaxPool2D(2), Softsign, Flatten, Dense(3), Softmax",
        ["softsign before pooling"] = "Input(8, 8, 2), Conv2D(5, 3), Softsign, MaxPool2D(2), Flatten, Dense(3)",
        ["softsign between dropouts"] = "Input(6), Dense(9), Dropout(0.2), Softsign, Dropout(0.4), Dense(3)",
        ["softsign, rectifier, dropout"] = "Input(6), Dense(9), Softsign, ReLU, Dropout(0.4), Dense(3)",
        ["rectifier, softsign, dropout"] = "Input(6, 6, 1), Conv2D(4, 3), ReLU, Softsign, Dropout(0.4), Flatten, Dense(3)",
        ["softsign in a residual block"] = "Input(6), Dense(6, Name = \"a\"), Softsign, Dense(6), Add(\"a\"), Softsign(Name = \"b\"), Dense(6), Softsign, Add(\"b\"), Dropout(0.3), Dense(2)",
        ["softsigns one after the other"] = "Input(4), Dense(5), Softsign, Softsign, Softsign, Softsign, Softsign, Softsign, Dense(2)",
        ["softsign before Flatten"] = "Input(5, 5, 1), Conv2D(3, 2), Softsign, Flatten, Dense(2)",

        // A function with the same derivative everywhere, which is not 1.
        ["negative of features"] = "Input(6), Negate, Dense(5), Negate, Dense(3), Negate",
        ["negative of images"] = "Input(6, 6, 1), Conv2D(4, 3), Negate, MaxPool2D(2), Negate, Flatten, Dense(2)",
        ["negative behind a dropout"] = "Input(6), Dense(9), Dropout(0.4), Negate, Dense(3)",
        ["negative behind pooling"] = "Input(6, 6, 2), SumPool2D(2), Negate, MaxPool2D(2, Stride = 1), Negate, Flatten, Dense(2)",
        ["negative between equal sums"] = "Input(6), Dense(6, Name = \"a\"), Dense(6), Add(\"a\"), Negate, Add(\"a\"), Dense(2)",

        // The product's own functions whose code is too long for the registers of a tile, and one of the user's own.
        ["sigmoid everywhere"] = "Input(5, 6, 2), Sigmoid, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), Sigmoid, Conv2D(5, 3, Padding = Padding.Same), Sigmoid, Add(\"a\"), Sigmoid, Dropout(0.3), Flatten, Dense(19), Sigmoid, Dense(2)",
        ["tanh everywhere"] = "Input(5, 6, 2), Tanh, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), Tanh, Conv2D(5, 3, Padding = Padding.Same), Tanh, Add(\"a\"), Tanh, Dropout(0.3), Flatten, Dense(19), Tanh, Dense(2)",
        ["softplus everywhere"] = "Input(5, 6, 2), Softplus, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), Softplus, Conv2D(5, 3, Padding = Padding.Same), Softplus, Add(\"a\"), Softplus, Dropout(0.3), Flatten, Dense(19), Softplus, Dense(2)",
        ["ELU everywhere"] = "Input(5, 6, 2), ELU(0.5), Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), ELU(0.5), Conv2D(5, 3, Padding = Padding.Same), ELU(0.5), Add(\"a\"), ELU(0.5), Dropout(0.3), Flatten, Dense(19), ELU(0.5), Dense(2)",
        ["SELU everywhere"] = "Input(5, 6, 2), SELU, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), SELU, Conv2D(5, 3, Padding = Padding.Same), SELU, Add(\"a\"), SELU, Dropout(0.3), Flatten, Dense(19), SELU, Dense(2)",
        ["SiLU everywhere"] = "Input(5, 6, 2), SiLU, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), SiLU, Conv2D(5, 3, Padding = Padding.Same), SiLU, Add(\"a\"), SiLU, Dropout(0.3), Flatten, Dense(19), SiLU, Dense(2)",
        ["GELU everywhere"] = "Input(5, 6, 2), GELU, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), GELU, Conv2D(5, 3, Padding = Padding.Same), GELU, Add(\"a\"), GELU, Dropout(0.3), Flatten, Dense(19), GELU, Dense(2)",
        ["tanh form of GELU everywhere"] = "Input(5, 6, 2), GELU(Approximate = true), Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), GELU(Approximate = true), Conv2D(5, 3, Padding = Padding.Same), GELU(Approximate = true), Add(\"a\"), GELU(Approximate = true), Dropout(0.3), Flatten, Dense(19), GELU(Approximate = true), Dense(2)",
        ["HardSwish everywhere"] = "Input(5, 6, 2), HardSwish, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), HardSwish, Conv2D(5, 3, Padding = Padding.Same), HardSwish, Add(\"a\"), HardSwish, Dropout(0.3), Flatten, Dense(19), HardSwish, Dense(2)",
        ["user's function everywhere"] = "Input(5, 6, 2), Activation<Gaussian>, Conv2D(5, 3, Padding = Padding.Same, Name = \"a\"), Activation<Gaussian>, Conv2D(5, 3, Padding = Padding.Same), Activation<Gaussian>, Add(\"a\"), Activation<Gaussian>, Dropout(0.3), Flatten, Dense(19), Activation<Gaussian>, Dense(2)",
        ["tanh before pooling"] = "Input(8, 8, 1), Conv2D(4, 3), Tanh, MaxPool2D(2), Dropout(0.3), Flatten, Dense(35), Dropout(0.2), Tanh, Dense(3), Softmax",
        ["GELU before pooling"] = "Input(8, 8, 2), Conv2D(5, 3), GELU, MaxPool2D(2), Softplus, Flatten, Dense(3), Tanh",

        // Flat features of a sequence have the shape of a sequence with one step, but the memory of several.
        ["flattened steps as one step"] = "Input(2, 7), Flatten, Reshape(1, 14, Name = \"entry\"), Conv1D(3, 3, Padding = Padding.Same, Name = \"narrow\"), Conv1D(5, 3, Padding = Padding.Same, From = \"entry\"), Concat(\"narrow\"), Flatten, Dense(2)",

        ["flattened function as one pixel"] = "Input(2, 2, 1), Rescale(0.5), Flatten, SignedSquare, Reshape(1, 1, 4, Name = \"entry\"), Conv2D(3, 3, Padding = Padding.Same, Name = \"narrow\"), Conv2D(5, 3, Padding = Padding.Same, From = \"entry\"), Concat(\"narrow\"), Flatten, Dense(2)",

        // Steps and paddings that nobody would choose: one position with a stride beyond the image, and windows that see only padding.
        ["one position of a huge stride"] = "Input(7, 8, 2), DepthwiseConv2D(3, 3, Stride = int.MaxValue, PaddingHeight = 1), Flatten, Dense(2)",
        ["windows beside the image"] = "Input(8, 4, 1), Conv2D(1, 3, 2, Stride = 1 << 16, PaddingWidth = 2), Flatten, Dense(2)",

        // A function that reads values of the channel.
        ["lines of features"] = "Input(6), ChannelLine, Dense(37), ChannelLine, ReLU, Dense(3), ChannelLine",
        ["lines of images"] = "Input(6, 7, 3), ChannelLine, Conv2D(5, 3), ChannelLine, ReLU, Conv2D(19, 2, Padding = Padding.Same), ChannelLine, Flatten, Dense(2), Softmax",
        ["lines of sequences"] = "Input(7, 5), ChannelLine, ReLU, ChannelLine, Flatten, Dense(3)",
        ["lines behind pooling"] = "Input(8, 8, 1), Conv2D(4, 3, Padding = Padding.Same), MaxPool2D(2), ChannelLine, ReLU, Dropout(0.3), Conv2D(3, 2), AveragePool2D(2, Stride = 1), ChannelLine, LeakyReLU(0.1), Flatten, Dense(2)",
        ["lines before pooling"] = "Input(8, 8, 1), Conv2D(4, 3, Padding = Padding.Same), ChannelLine, MaxPool2D(2), Conv2D(3, 2), ChannelLine, MaxPool2D(2, Stride = 1), ChannelLine, Flatten, Dense(2)",
        ["lines behind Flatten"] = "Input(5, 5, 2), Conv2D(3, 2), Flatten, ChannelLine, ReLU, Dense(2)",
        ["lines in residual blocks"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), ChannelLine, ReLU, Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), ChannelLine, ReLU, ChannelLine(Name = \"b\"), Conv2D(3, 3, Padding = Padding.Same), ChannelLine, Add(\"b\"), ChannelLine, Flatten, Dense(2)",
        ["lines in residual blocks of features"] = "Input(6), Dense(7, Name = \"a\"), ReLU, Dense(7), Add(\"a\"), ChannelLine, ReLU, Dropout(0.3), Dense(7), ChannelLine, Add(\"a\"), ChannelLine, ReLU",
        ["lines behind one another"] = "Input(5), Dense(9), ChannelLine, ChannelLine, ChannelLine, Dense(2)",
        ["lines behind a dropout"] = "Input(4, 4, 1), Conv2D(3, 2), Dropout(0.4), ChannelLine, Conv2D(18, 2), SumPool2D(2, Stride = 1), ChannelLine, Flatten, Dense(2)",
        ["lines around a product"] = "Input(6, 5, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), ChannelLine, Multiply(\"a\"), ChannelLine, Flatten, Dense(2)",

        // A function that reads trained values of the channel, and its input in backward.
        ["slopes of features"] = "Input(6), PReLU, Dense(37), PReLU, Dropout(0.3), Dense(3), PReLU",
        ["slopes of images"] = "Input(6, 7, 3), PReLU, Conv2D(5, 3), PReLU, MaxPool2D(2), Conv2D(19, 2, Padding = Padding.Same), Dropout(0.2), PReLU, Flatten, Dense(2), Softmax",
        ["one slope"] = "Input(5, 4, 3), PReLU(Shared = true), Conv2D(5, 3, Padding = Padding.Same), PReLU(Shared = true), Conv2D(3, 2), PReLU(Shared = true), Dropout(0.2), Flatten, PReLU(Shared = true), Dense(2)",
        ["slopes behind Flatten"] = "Input(5, 5, 2), Conv2D(3, 2), Flatten, PReLU, ReLU, Dense(18), PReLU, LeakyReLU(0.1), Dense(2)",
        ["slopes in residual blocks"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), PReLU, Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), PReLU(Name = \"b\", Shared = true), Conv2D(3, 3, Padding = Padding.Same), PReLU, Add(\"b\"), PReLU, Flatten, Dense(2)",
        ["slopes side by side"] = "Input(5, 4, 2), Conv2D(5, 2, Padding = Padding.Same), PReLU(Shared = true, Name = \"a\"), Conv2D(3, 2, Padding = Padding.Same), PReLU, Concat(\"a\"), PReLU(Shared = true), Flatten, Dense(2)",
        ["frozen slopes"] = "Input(6, 6, 2), Conv2D(3, 3), PReLU(Trainable = false), Conv2D(4, 2, Padding = Padding.Same), PReLU(Trainable = false, Shared = true), Dropout(0.3), Flatten, Dense(2)",
        ["trained slopes above frozen layers"] = "Input(6), Dense(7, Trainable = false), PReLU, Dense(5, Trainable = false), PReLU(Shared = true), Dense(2, Trainable = false)",

        ["slopes in a concatenation"] = "Input(5, 6, 2), Conv2D(3, 2), Softsign(Name = \"entry\"), PReLU(Name = \"left\"), Conv2D(4, 1, From = \"entry\"), PReLU(Shared = true), Dropout(0.2), Concat(\"left\"), Conv2D(2, 3, Padding = Padding.Same), Flatten, Dense(2)",
        ["slopes of features in a concatenation"] = "Input(6), Dense(5), Softsign(Name = \"entry\"), PReLU(Name = \"left\"), Dense(19, From = \"entry\"), PReLU(Shared = true), Concat(\"left\"), Dense(2)",

        // Other kinds of dropout. Alpha dropout gives other values than 0, Gaussian dropout negative factors: neither commutes with a rectifier.
        ["spatial dropout first"] = "Input(5, 4, 3), SpatialDropout(0.3), Conv2D(3, 2), Flatten, Dense(2)",
        ["spatial dropout around rectifiers"] = "Input(6, 6, 2), Conv2D(5, 3), ReLU, SpatialDropout(0.4), Conv2D(19, 2, Padding = Padding.Same), SpatialDropout(0.25), ReLU, Flatten, Dense(2)",
        ["spatial dropout around pooling"] = "Input(8, 8, 1), Conv2D(4, 3), MaxPool2D(2), ReLU, SpatialDropout(0.3), Conv2D(5, 2), SpatialDropout(0.2), MaxPool2D(2), Flatten, Dense(3), Softmax",
        ["spatial dropout of sequences and features"] = "Input(7, 5), SpatialDropout(0.4), Flatten, Dense(9), ReLU, SpatialDropout(0.4), Dense(37), SpatialDropout(0.2), Softsign, Dense(3)",
        ["spatial dropout in a residual block"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), SpatialDropout(0.3), Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), ReLU, SpatialDropout(0.2), Flatten, Dense(2)",
        ["alpha dropout of features"] = "Input(6), AlphaDropout(0.3), Dense(9), ReLU, AlphaDropout(0.4), LeakyReLU(0.1), Dense(37), AlphaDropout(0.2), ReLU, Dense(3)",
        ["alpha dropout of a tiny network"] = "Input(4), Dense(5), AlphaDropout(0.3), Dense(3), ReLU, AlphaDropout(0.4), Dense(2)",
        ["alpha dropout of images"] = "Input(6, 6, 1), AlphaDropout(0.2), Conv2D(4, 3), MaxPool2D(2), LeakyReLU(0.2), AlphaDropout(0.3), Conv2D(19, 2), AlphaDropout(0.2), SignedSquare, Flatten, Dense(2), Softmax",
        ["alpha dropout before pooling"] = "Input(8, 8, 2), Conv2D(5, 3), AlphaDropout(0.3), MaxPool2D(2), AlphaDropout(0.2), AveragePool2D(3), Flatten, Dense(3)",
        ["alpha dropout in a residual block"] = "Input(6), Dense(6, Name = \"a\"), AlphaDropout(0.3), Softsign, Dense(6), AlphaDropout(0.2), Add(\"a\"), AlphaDropout(0.3), ReLU, Dense(2)",
        ["alpha dropout between dropouts"] = "Input(6), Dense(9), Dropout(0.2), AlphaDropout(0.3), Dropout(0.2), ReLU, Dense(3)",
        ["Gaussian dropout of features"] = "Input(6), GaussianDropout(0.3), Dense(9), ReLU, GaussianDropout(0.4), LeakyReLU(0.1), Dense(37), GaussianDropout(0.2), ReLU, Dense(3)",
        ["Gaussian dropout of a tiny network"] = "Input(4), Dense(5), GaussianDropout(0.3), Dense(3), ReLU, GaussianDropout(0.4), Dense(2)",
        ["Gaussian dropout of images"] = "Input(6, 6, 1), GaussianDropout(0.2), Conv2D(4, 3), MaxPool2D(2), LeakyReLU(0.2), GaussianDropout(0.3), Conv2D(19, 2), GaussianDropout(0.2), SignedSquare, Flatten, Dense(2), Softmax",
        ["Gaussian dropout before pooling"] = "Input(6, 6, 1), Conv2D(3, 3), GaussianDropout(0.3), MaxPool2D(2), GaussianDropout(0.2), AveragePool2D(2), Flatten, Dense(3)",
        ["Gaussian dropout in a residual block"] = "Input(6), Dense(6, Name = \"a\"), GaussianDropout(0.3), Softsign, Dense(6), GaussianDropout(0.2), Add(\"a\"), GaussianDropout(0.3), ReLU, Dense(2)",
        ["dropouts around normalisations"] = "Input(6, 6, 1), Conv2D(4, 3), AlphaDropout(0.2), BatchNorm, ReLU, GaussianDropout(0.2), BatchNorm, SpatialDropout(0.2), Flatten, Dense(2)",

        // Preprocessing: a scaling in the copy of the input, or a function as others.
        ["rescaled features"] = "Input(6), Rescale(0.5, -0.25), Dense(5), ReLU, Rescale(-2), Dense(3)",
        ["rescaled image"] = "Input(6, 7, 3), Rescale(-1.5, 1), Conv2D(5, 3, Padding = Padding.Same), Rescale(-2, 1), MaxPool2D(2), Rescale(2), MaxPool2D(2), Flatten, Dense(2), Softmax",
        ["rescaled image for a pooling"] = "Input(6, 6, 1), Rescale(1.5, 1), MaxPool2D(2, Stride = 1), Rescale(0.5), Flatten, Dense(2)",
        ["rescaled for two readers"] = "Input(6), Rescale(2, 1), Dense(6), Add(\"rescale1\"), SignedSquare, Dense(2)",
        ["rescaled and joined"] = "Input(5, 4, 2), Rescale(2, 1, Name = \"a\"), Conv2D(3, 2, Padding = Padding.Same), Rescale(-2, 1), Concat(\"a\"), Normalization, Flatten, Dense(2)",
        ["rescaled and dropped"] = "Input(6), Rescale(2, 1), Dropout(0.3), Dense(6), Rescale(3, 1), Dropout(0.2), Dense(2)",
        ["rescaled twice behind Flatten"] = "Input(3, 2, 2), Flatten, Rescale(2), Rescale(0.5, 1), Dense(3)",
        ["features as an image"] = "Input(60), Reshape(5, 6, 2), Conv2D(3, 3), Softsign, Flatten, Dense(2)",
        ["features as a padded image"] = "Input(60), Reshape(5, 6, 2), Conv2D(3, 3, Padding = Padding.Same), Softsign, Flatten, Dense(2)",
        ["features as a scaled image"] = "Input(60), Reshape(10, 6), Rescale(0.5, -1), Reshape(5, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), DepthwiseConv2D(3, Padding = Padding.Same), Add(\"a\"), Flatten, Dense(2)",
        ["features as an image with two readers"] = "Input(60), Reshape(5, 6, 2, Name = \"a\"), Conv2D(2, 3, Padding = Padding.Same), Softsign, Add(\"a\"), Flatten, Dense(2)",
        ["features as an image that is pooled"] = "Input(60), Reshape(5, 6, 2), MaxPool2D(3, Stride = 1), Conv2D(2, 3), Flatten, Dense(2)",
        ["normalised features"] = "Input(6), Normalization, Dense(37), Normalization, ReLU, Dense(3)",
        ["normalised image"] = "Input(6, 7, 3), Normalization, Conv2D(5, 3, Padding = Padding.Same), ReLU, Normalization, Flatten, Normalization, Dense(2), Softmax",

        // Groups, whose kernels go from one group to the next, and depthwise convolutions.
        ["lines behind groups"] = "Input(6, 6, 4), Conv2D(6, 3, Groups = 2), ChannelLine, ReLU, DepthwiseConv2D(3, Padding = Padding.Same), ChannelLine, MaxPool2D(2), ChannelLine, Flatten, Dense(2)",
        ["lines behind groups of a sequence"] = "Input(9, 2), Conv1D(4, 3, Groups = 2, Dilation = 2), ChannelLine, ReLU, Dropout(0.2), Conv1D(4, 2, Groups = 4, PaddingLength = 1), ChannelLine, Flatten, Dense(2)",
        ["one pixel and one channel of a group"] = "Input(4, 4, 2), Conv2D(4, 1, Groups = 2), Softsign, Flatten, Dense(2)",
        ["one step and one channel of a group"] = "Input(6, 2), Conv1D(4, 1, Groups = 2), Softsign, Conv1D(4, 1, Groups = 2), Flatten, Dense(2)",
        ["a dilated column"] = "Input(8, 4, 1), Conv2D(3, 3, 1, Dilation = 2), Softsign, Flatten, Dense(2)",
        ["a long dilated column"] = "Input(61, 2, 1), Conv2D(2, 29, 1, Dilation = 2), Softsign, Flatten, Dense(2)",
        ["dropout behind groups"] = "Input(6, 6, 4), Conv2D(6, 3, Groups = 2), Softsign, Dropout(0.4), DepthwiseConv2D(2), Dropout(0.3), Conv2D(38, 2, Groups = 2), Dropout(0.2), Flatten, Dense(2)",
        ["sums behind groups"] = "Input(5, 6, 4), Conv2D(6, 3, Groups = 2, Padding = Padding.Same, Name = \"a\"), Softsign, Conv2D(6, 3, Groups = 3, Padding = Padding.Same), Add(\"a\"), DepthwiseConv2D(3, Padding = Padding.Same, Dilation = 2), Add(\"a\"), Flatten, Dense(2)",

        // One pixel of an image is the same values as flat features, also where a convolution has zeros around it.
        ["features as one pixel"] = "Input(6), Dense(8), ReLU, Reshape(1, 1, 8), Conv2D(4, 3, Padding = Padding.Same), Flatten, Dense(2)",
        ["features as one step"] = "Input(6), Dense(8), Softsign, Reshape(1, 8), Conv1D(4, 3, Padding = Padding.Same), LeakyReLU(0.1), Flatten, Dense(2)",
        ["sum of flattened images, one of which has zeros around it"] = "Input(4, 8, 1), Tanh(Name = \"start\"), Conv2D(32, 4, 8, Name = \"p\"), Conv2D(4, 3, Padding = Padding.Same, Name = \"c\"), Flatten(From = \"p\", Name = \"f\"), Conv2D(1, 3, Padding = Padding.Same, From = \"start\"), Flatten, Add(\"f\", Name = \"sum\"), GlobalAveragePool(From = \"c\"), Concat(\"sum\"), Dense(2)",
        ["flattened image as one pixel"] = "Input(4, 4, 2), Conv2D(2, 3, Padding = Padding.Same), Flatten, Softsign, Reshape(1, 1, 32), DepthwiseConv2D(1), Softsign, Flatten, Dense(2)",
        ["flattened image as one pooled pixel"] = "Input(4, 4, 2), Conv2D(2, 3, Padding = Padding.Same), Flatten, Softsign, Reshape(1, 1, 32), SumPool2D(1), MaxPool2D(1), Conv2D(5, 1), Softsign, Flatten, Dense(2)",
        ["one pixel with two readers"] = "Input(6), Reshape(1, 1, 6), Softsign(Name = \"a\"), Conv2D(4, 3, Padding = Padding.Same, Name = \"b\"), GlobalAveragePool(From = \"a\"), Dense(4), Reshape(1, 1, 4), Add(\"b\"), Flatten, Dense(2)",

        // A pooling.
        ["sums first"] = "Input(6, 6, 2), SumPool2D(2), Conv2D(3, 2), Flatten, Dense(2)",
        ["overlapping sums first"] = "Input(5, 6, 2), SumPool2D(3, Stride = 1), Flatten, Dense(2)",
        ["sums of one channel"] = "Input(6, 6, 1), SumPool2D(2, Stride = 1), SumPool2D(3, Stride = 2), Flatten, Dense(2)",
        ["sums with gaps"] = "Input(7, 7, 3), Conv2D(4, 1), SumPool2D(2, Stride = 3), ReLU, Flatten, Dense(2)",
        ["sums of wide images"] = "Input(5, 5, 2), Conv2D(19, 2), ReLU, SumPool2D(3, Stride = 1), Dropout(0.3), Conv2D(2, 2, Padding = Padding.Same), Flatten, Dense(2)",
        ["sums and an activation"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same), SumPool2D(2), LeakyReLU(0.2), Dropout(0.2), Flatten, Dense(3), Softmax",
        ["sums of a sum"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), SumPool2D(3, Stride = 2, Name = \"b\"), ReLU, Conv2D(3, 3, Padding = Padding.Same), Add(\"b\"), Flatten, Dense(2)",
        ["sums added to what is there"] = "Input(5, 5, 2), Conv2D(3, 2, Padding = Padding.Same, Name = \"a\"), SumPool2D(1), SumPool2D(1, Stride = 1), Add(\"a\"), Flatten, Dense(2)",

        // An operation of two inputs.
        ["product of features"] = "Input(6), Dense(5, Name = \"a\"), ReLU, Dense(5), Multiply(\"a\"), Dense(3)",
        ["product with itself"] = "Input(6), Dense(5, Name = \"a\"), Multiply(\"a\"), Dense(3)",
        ["product last"] = "Input(6), Dense(5, Name = \"a\"), Dense(5), Multiply(\"a\")",
        ["product with the input"] = "Input(6), Dropout(0, Name = \"input\"), Dense(6), Multiply(\"input\"), Dense(3)",
        ["square of the input"] = "Input(6), Dropout(0, Name = \"input\"), Multiply(\"input\"), Dense(3)",
        ["product of images"] = "Input(6, 5, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), Conv2D(3, 3, Padding = Padding.Same), Softsign, Multiply(\"a\"), Flatten, Dense(2), Softmax",
        ["product into a halo"] = "Input(6, 5, 2), Conv2D(3, 3, Name = \"a\"), LeakyReLU(0.1), Multiply(\"a\"), Conv2D(3, 3, Padding = Padding.Same), MaxPool2D(2), Flatten, Dense(2)",
        ["product, rectifier, dropout"] = "Input(6), Dense(5, Name = \"a\"), Dense(5), Multiply(\"a\"), ReLU, Dropout(0.4), Dense(3)",
        ["product and dropout"] = "Input(6), Dense(5, Name = \"a\"), Dropout(0.3), Dense(5), Multiply(\"a\"), Dropout(0.4), Dense(3)",
        ["product and sums"] = "Input(6), Dense(5, Name = \"a\"), Dense(5, Name = \"b\"), Multiply(\"a\"), Add(\"b\", \"a\"), Negate, Dense(5), Multiply(\"b\")",
        ["product behind Flatten"] = "Input(4, 4, 2), Conv2D(3, 2), Flatten(Name = \"a\"), Dropout(0.2), SignedSquare, Multiply(\"a\"), Dense(2)",
        ["gate"] = "Input(6), Dense(5), Softsign(Name = \"a\"), Dense(5), SignedSquare, Multiply(\"a\"), SignedSquare, Dropout(0.3), Dense(2)",
        ["three readers"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), SignedSquare, Conv2D(3, 3, Padding = Padding.Same), Multiply(\"a\"), Softsign, Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), SumPool2D(2), Flatten, Dense(2)",
        ["four readers of the input"] = "Input(6), Dropout(0, Name = \"a\"), SignedSquare, Multiply(\"a\"), FixedScale, Add(\"a\"), Dense(6), Multiply(\"a\")",

        // Parameters that nobody trains.
        ["scale first"] = "Input(6), FixedScale, Dense(5), FixedScale, ReLU, Dense(3)",
        ["scale of an image"] = "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same), FixedScale, Conv2D(3, 3, Padding = Padding.Same), MaxPool2D(2), FixedScale, Flatten, Dense(2)",
        ["scale last"] = "Input(6), Dense(21), Dropout(0.2), FixedScale",
        ["scale below all that is trained"] = "Input(6, 6, 2), FixedScale, SumPool2D(2), SignedSquare, FixedScale, Flatten, Dense(2)",
        ["frozen dense layers"] = "Input(6), Dense(9, Trainable = false), ReLU, Dense(7, Trainable = false), Dropout(0.3), Dense(5), LeakyReLU(0.1), Dense(4, Trainable = false), Dense(3)",
        ["a frozen base of convolutions"] = "Input(8, 7, 2), Conv2D(5, 3, Trainable = false), ReLU, MaxPool2D(2), Conv2D(4, 2, Padding = Padding.Same, Trainable = false), BatchNorm(Trainable = false), Flatten, Dense(3), Softmax",
        ["a frozen convolution between trained ones"] = "Input(7, 6, 2), Conv2D(3, 2), Conv2D(4, 3, Stride = 2, Padding = Padding.Same, Trainable = false), LeakyReLU(0.2), Dropout(0.2, Trainable = false), Conv2D(3, 2), BatchNorm, Flatten, Dense(2, Trainable = false)",
        ["a frozen branch"] = "Input(6), Dense(6, Name = \"a\", Trainable = false), ReLU, Dense(6), Add(\"a\"), SignedSquare, Dense(6, Trainable = false), Add(\"a\"), Dense(2)",
        ["scale in a residual block"] = "Input(6), Dense(6, Name = \"a\"), FixedScale(Name = \"b\"), Dense(6), Multiply(\"b\"), Add(\"a\"), Softsign, FixedScale, Add(\"a\"), Dense(2)",
    };

    // Threads share the layers of one sample, and gradients of weights are computed over the whole batch.
    private static readonly Dictionary<string, string> LargeDeclarations = new(StringComparer.Ordinal)
    {
        ["shared rows"] = "Input(40, 40, 8), Conv2D(24, 3, Padding = Padding.Same, Name = \"a\"), SignedSquare, Conv2D(24, 3, Padding = Padding.Same), Multiply(\"a\"), SumPool2D(8), Softsign, Flatten, Dense(4)",
        ["shared rows of long functions"] = "Input(39, 41, 8), Conv2D(24, 3, Padding = Padding.Same), SiLU, Conv2D(25, 3, Padding = Padding.Same), Tanh, AveragePool2D(9), Flatten, Dense(4)",
        ["shared panels of long functions"] = "Input(512), Dense(519), GELU, Dense(521), Softplus, Dense(4)",
        ["shared panels"] = "Input(512), Dense(512, Name = \"a\"), Softsign, Dense(512), Multiply(\"a\"), FixedScale, SignedSquare, Dense(4)",
        ["one pixel of many features"] = "Input(520), Reshape(1, 1, 520), Softsign(Name = \"a\"), Conv2D(4, 3, Padding = Padding.Same, Name = \"b\"), GlobalMaxPool(From = \"a\"), Dense(513), Dense(4), Reshape(1, 1, 4), Add(\"b\"), Flatten, Dense(2)",
    };

    /// <summary>The names of all small networks.</summary>
    public static TheoryData<string> Names => [.. Declarations.Keys];

    /// <summary>The names of those with large layers.</summary>
    public static TheoryData<string> LargeNames => [.. LargeDeclarations.Keys];

    /// <summary>Those in which nothing is random.</summary>
    public static TheoryData<string> NamesWithoutDropout => [.. Declarations.Keys.Where(name => !HasDropout(name)), .. LargeDeclarations.Keys];

    /// <summary>Those in which training drops values.</summary>
    public static TheoryData<string> NamesWithDropout => [.. Declarations.Keys.Where(HasDropout)];

    /// <summary>The attributes of a network behind <c>[Network]</c>.</summary>
    public static string Layers(string name) => Declarations.GetValueOrDefault(name) ?? LargeDeclarations[name];

    private static bool HasDropout(string name) => Declarations[name].Replace("Dropout(0,", "", StringComparison.Ordinal).Contains("Dropout", StringComparison.Ordinal);
}
