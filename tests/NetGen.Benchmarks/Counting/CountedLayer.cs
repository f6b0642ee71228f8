namespace NetGen.Benchmarks.Counting;

/// <summary>What a layer reads and multiplies for the outputs of it that are needed.</summary>
internal abstract record CountedLayer(Extent Output)
{
    /// <summary>The name, where there is a weight.</summary>
    public virtual string? WeightName => null;

    /// <summary>What it is, for its input.</summary>
    /// <exception cref="NotSupportedException">It is not counted here yet.</exception>
    public static CountedLayer Of(LayerAttribute attribute, Extent input, string name) => attribute switch
    {
        DenseAttribute dense => new DenseLayer(input, dense.Units, name),
        Conv2DAttribute convolution => new ConvolutionLayer(
            input,
            convolution.Filters,
            convolution.Groups,
            new SlidingAxis(input.Height, convolution.KernelHeight, convolution.Stride, convolution.Padding == Padding.Same, convolution.Dilation, convolution.PaddingHeight),
            new SlidingAxis(input.Width, convolution.KernelWidth, convolution.Stride, convolution.Padding == Padding.Same, convolution.Dilation, convolution.PaddingWidth),
            name),
        DepthwiseConv2DAttribute convolution => new ConvolutionLayer(
            input,
            input.Channels,
            input.Channels,
            new SlidingAxis(input.Height, convolution.KernelHeight, convolution.Stride, convolution.Padding == Padding.Same, convolution.Dilation, convolution.PaddingHeight),
            new SlidingAxis(input.Width, convolution.KernelWidth, convolution.Stride, convolution.Padding == Padding.Same, convolution.Dilation, convolution.PaddingWidth),
            name),
        Conv1DAttribute convolution => new ConvolutionLayer(
            input,
            convolution.Filters,
            convolution.Groups,
            new SlidingAxis(1, 1, 1, Same: false),
            new SlidingAxis(input.Width, convolution.Kernel, convolution.Stride, convolution.Padding == Padding.Same, convolution.Dilation, convolution.PaddingLength),
            name),
        MaxPool2DAttribute pool => new PoolingLayer(
            input,
            new SlidingAxis(input.Height, pool.Size, pool.Stride, pool.Padding == Padding.Same, Padding: pool.PaddingHeight),
            new SlidingAxis(input.Width, pool.Size, pool.Stride, pool.Padding == Padding.Same, Padding: pool.PaddingWidth)),
        AveragePool2DAttribute pool => new PoolingLayer(
            input,
            new SlidingAxis(input.Height, pool.Size, pool.Stride, pool.Padding == Padding.Same, Padding: pool.PaddingHeight),
            new SlidingAxis(input.Width, pool.Size, pool.Stride, pool.Padding == Padding.Same, Padding: pool.PaddingWidth)),
        GlobalAveragePoolAttribute or GlobalMaxPoolAttribute => new WholeLayer(input, new Extent(1, 1, input.Channels)),
        FlattenAttribute or SoftmaxAttribute => new WholeLayer(input, input.Flattened),
        ReLUAttribute or SELUAttribute or TanhAttribute or SigmoidAttribute => new ElementwiseLayer(input),
        DropoutAttribute or AlphaDropoutAttribute or AddAttribute => new ElementwiseLayer(input),
        BatchNormAttribute => new NormalizedLayer(input),
        _ => throw new NotSupportedException($"The operations of {attribute.GetType().Name} are not counted yet."),
    };

    /// <summary>Layers joined along the channels.</summary>
    public static CountedLayer Joined(Extent input, IEnumerable<Extent> others) =>
        new JoinedLayer(input with { Channels = input.Channels + others.Sum(other => other.Channels) });

    /// <summary>The part of the input that <paramref name="needed"/> of the output depends on.</summary>
    public abstract Region Reads(Region needed);

    /// <summary>The same in training.</summary>
    public virtual Region ReadsInTraining(Region needed) => Reads(needed);

    /// <summary>The multiply-adds for <paramref name="needed"/> of the output.</summary>
    public virtual long MultiplyAdds(Region needed) => 0;

    private sealed record DenseLayer(Extent Input, int Units, string Name) : CountedLayer(new Extent(1, 1, Units))
    {
        public override string WeightName => Name;

        public override Region Reads(Region needed) => Region.Whole(Input);

        public override long MultiplyAdds(Region needed) => (long)Input.Length * Units;
    }

    private sealed record ConvolutionLayer(Extent Input, int Filters, int Groups, SlidingAxis Vertical, SlidingAxis Horizontal, string Name)
        : CountedLayer(new Extent(Vertical.Positions, Horizontal.Positions, Filters))
    {
        public override string WeightName => Name;

        public override Region Reads(Region needed) => new(Vertical.Reads(needed.Rows), Horizontal.Reads(needed.Columns));

        public override long MultiplyAdds(Region needed) =>
            Vertical.Covered(needed.Rows) * Horizontal.Covered(needed.Columns) * (Input.Channels / Groups) * Filters;
    }

    private sealed record PoolingLayer(Extent Input, SlidingAxis Vertical, SlidingAxis Horizontal)
        : CountedLayer(new Extent(Vertical.Positions, Horizontal.Positions, Input.Channels))
    {
        public override Region Reads(Region needed) => new(Vertical.Reads(needed.Rows), Horizontal.Reads(needed.Columns));
    }

    /// <summary>Every output depends on the whole input, or becomes part of a flat row in which all counts.</summary>
    private sealed record WholeLayer(Extent Input, Extent Result) : CountedLayer(Result)
    {
        public override Region Reads(Region needed) => Region.Whole(Input);
    }

    private sealed record JoinedLayer(Extent Whole) : CountedLayer(Whole)
    {
        public override Region Reads(Region needed) => needed;
    }

    private sealed record ElementwiseLayer(Extent Input) : CountedLayer(Input)
    {
        public override Region Reads(Region needed) => needed;
    }

    /// <summary>In training, its mean and variance are those of all values.</summary>
    private sealed record NormalizedLayer(Extent Input) : CountedLayer(Input)
    {
        public override Region Reads(Region needed) => needed;

        public override Region ReadsInTraining(Region needed) => Region.Whole(Input);
    }
}
