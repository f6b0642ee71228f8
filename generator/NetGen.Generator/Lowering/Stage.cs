namespace NetGen.Generator.Lowering;

/// <summary>What happens to a value before it is stored, in this order: pooling, ReLU, dropout.</summary>
/// <param name="Pool">The side of the pooling window, whose stride is the same; 1 for none.</param>
/// <param name="Relu">Whether negative values become 0.</param>
/// <param name="DropRate">The rate of dropout; 0 for none.</param>
/// <param name="DropoutLayer">The position of the dropout layer among the network's layers, one of the coordinates of its mask.</param>
internal sealed record Epilogue(int Pool = 1, bool Relu = false, double DropRate = 0, int DropoutLayer = 0)
{
    public static readonly Epilogue None = new();

    public bool Drops => DropRate > 0;

    public bool Pools => Pool > 1;

    /// <summary>The rate times 2^32: a unit is dropped when its 32 random bits are below.</summary>
    public uint Threshold => (uint)Math.Min(uint.MaxValue, Math.Round(DropRate * 4294967296.0));

    /// <summary>1 / (1 - rate).</summary>
    public float Scale => (float)(1.0 / (1.0 - DropRate));
}

/// <summary>One pass over the data: a kernel with all that is fused into it.</summary>
/// <param name="Name">The name in generated code: <c>Conv1</c>.</param>
/// <param name="Layers">The layers that the stage stands for, in words: <c>conv1, relu1, pool1</c>.</param>
/// <param name="Input">What one sample's input is.</param>
/// <param name="Epilogue">What is fused into the kernel.</param>
internal abstract record Stage(string Name, string Layers, Extent Input, Epilogue Epilogue)
{
    /// <summary>What is stored for one sample.</summary>
    public abstract Extent Output { get; }

    /// <summary>The zeros that the kernel wants around its input.</summary>
    public virtual Halo Halo => default;

    /// <summary>Whether the training pass keeps, for every pooled value, which value of its window it was.</summary>
    public bool KeepsPoolIndex => Epilogue.Pools || this is PoolStage;

    /// <summary>What is thrown where a stage of this kind has no meaning: compiled as another kind it would write over its neighbours' memory.</summary>
    public InvalidOperationException UnknownKind() => new($"No code is known for the stage '{Name}' of the kind {GetType().Name}.");
}

/// <summary>A stage with a weight matrix of K rows and N columns.</summary>
internal abstract record WeightedStage(string Name, string Layers, Extent Input, Epilogue Epilogue, string WeightName, string BiasName)
    : Stage(Name, Layers, Input, Epilogue)
{
    /// <summary>K, the terms of one output's sum.</summary>
    public abstract int Rows { get; }

    /// <summary>N, the outputs at one position.</summary>
    public abstract int Columns { get; }
}

/// <summary>A dense layer: all samples at once are one matrix product.</summary>
internal sealed record DenseStage(
    string Name, string Layers, Extent Input, Epilogue Epilogue, string WeightName, string BiasName, int Units)
    : WeightedStage(Name, Layers, Input, Epilogue, WeightName, BiasName)
{
    public override int Rows => Input.Length;

    public override int Columns => Units;

    public override Extent Output => new(1, 1, Units);
}

/// <summary>A convolution: for one sample, a matrix product whose left rows overlap in memory.</summary>
internal sealed record ConvolutionStage(
    string Name,
    string Layers,
    Extent Input,
    Epilogue Epilogue,
    string WeightName,
    string BiasName,
    int Filters,
    int KernelHeight,
    int KernelWidth,
    int Stride,
    Halo Padding,
    int ConvolvedHeight,
    int ConvolvedWidth)
    : WeightedStage(Name, Layers, Input, Epilogue, WeightName, BiasName)
{
    public override int Rows => KernelHeight * KernelWidth * Input.Channels;

    public override int Columns => Filters;

    public override Halo Halo => Padding;

    /// <summary>
    /// Whether the gradient with respect to the input may be computed with lanes over the filters, from the weights as they are: where the channels
    /// fill at most half of a vector. The filters must fill whole vectors of one kind of panel, and the gradients under a line of
    /// the kernel leave room in the registers. The kernel then takes both forms of the weights, for each vector width to choose.
    /// </summary>
    public bool HasFilterDots => Input.Channels is >= 2 and <= 8
        && KernelWidth <= 7
        && (Filters == 16 || Filters % RegisterTile.PanelWidth == 0);

    /// <summary>What the convolution itself gives, before pooling.</summary>
    public Extent Convolved => new(ConvolvedHeight, ConvolvedWidth, Filters);

    public override Extent Output => new(ConvolvedHeight / Epilogue.Pool, ConvolvedWidth / Epilogue.Pool, Filters);

    /// <summary>
    /// The buffer of the gradient with respect to <see cref="Convolved"/>: dilated by the stride and with a halo, so that the gradient with respect to the
    /// input is a convolution of it with stride 1.
    /// </summary>
    public Raster OutputGradient
    {
        get
        {
            int top = KernelHeight - 1 - Padding.Top;
            int left = KernelWidth - 1 - Padding.Left;
            int bottom = Input.Height + KernelHeight - 1 - top - (((ConvolvedHeight - 1) * Stride) + 1);
            int right = Input.Width + KernelWidth - 1 - left - (((ConvolvedWidth - 1) * Stride) + 1);
            return new Raster(Convolved, new Halo(top, left, bottom, right), Stride);
        }
    }
}

/// <summary>Max-pooling that could not be fused into a convolution.</summary>
internal sealed record PoolStage(string Name, string Layers, Extent Input, Epilogue Epilogue, int Size, int Stride)
    : Stage(Name, Layers, Input, Epilogue)
{
    public override Extent Output => new(
        ((Input.Height - Size) / Stride) + 1, ((Input.Width - Size) / Stride) + 1, Input.Channels);
}

/// <summary>ReLU or dropout that no kernel before it could take in.</summary>
internal sealed record ElementwiseStage(string Name, string Layers, Extent Input, Epilogue Epilogue)
    : Stage(Name, Layers, Input, Epilogue)
{
    public override Extent Output => Input;
}
