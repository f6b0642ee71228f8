namespace NetGen.Generator.Graph;

/// <summary>A tensor between operations. Its shape is that of one sample.</summary>
/// <param name="shape">The shape of one sample.</param>
internal sealed class Tensor(SampleShape shape)
{
    /// <summary>Its position among the tensors of the graph: 0 is the network's input, and a producer comes before its readers.</summary>
    public int Id { get; set; }

    private SampleShape? _whole;

    /// <summary>The shape of one sample.</summary>
    public SampleShape Shape { get; set; } = shape;

    /// <summary>The shape that the layer declares: <see cref="Shape"/>, with the rows and columns that <see cref="Cropping"/> has left out.</summary>
    public SampleShape Whole => _whole ?? Shape;

    /// <summary>The operation that writes it; null for the network's input.</summary>
    public Operation? Producer { get; set; }

    /// <summary>The operations that read it, in the order of the graph; an operation that reads it twice is here twice.</summary>
    public List<Operation> Readers { get; } = [];

    /// <summary>The layout of one sample in memory, with the halo that the readers need.</summary>
    public BufferLayout Layout { get; set; } = new(shape, default);

    /// <summary>The larger tensor in whose memory it lies; null if it has memory of its own.</summary>
    public Slice? Slice { get; set; }

    /// <summary>The tensor whose memory it lies in, with the first of its channels there: itself, or the outermost tensor of which it is a slice.</summary>
    public (Tensor Tensor, int Channel) Home
    {
        get
        {
            if (Slice is null)
                return (this, 0);
            (Tensor home, int channel) = Slice.Whole.Home;
            return (home, channel + Slice.Channel);
        }
    }

    /// <summary>The layout of the gradient with respect to one sample of it.</summary>
    public BufferLayout GradientLayout => new(Shape, default) { Pitch = Slice is null ? 0 : Home.Tensor.Shape.Channels };

    /// <summary>Leaves out the last rows and columns.</summary>
    /// <param name="shape">The shape without them.</param>
    public void Crop(SampleShape shape)
    {
        _whole = Whole;
        Shape = shape;
    }

    /// <summary>The layout of one sample for a reader that views it in another shape of as many values.</summary>
    /// <exception cref="InvalidOperationException">Another reader needs a halo, or the tensor is a slice, so the values are not contiguous.</exception>
    public BufferLayout LayoutAs(SampleShape shape)
    {
        if (shape == Shape)
            return Layout;
        return Layout.IsContiguous
            ? new BufferLayout(shape, default)
            : throw new InvalidOperationException(
                $"The output of '{Name}', {Shape}, is not contiguous and is also read as {shape}, which needs a copy; GraphBuilder should have made one.");
    }

    /// <summary>The name in generated code: that of the operation that writes it.</summary>
    public string Name => Producer?.Name ?? "NetworkInput";
}

/// <summary>A tensor with the shape in which one reader views it: an image may be viewed as flat features, the same floats in the same order.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Shape">The shape of the view.</param>
internal readonly record struct View(Tensor Tensor, SampleShape Shape)
{
    /// <summary>The shape, with what <see cref="Cropping"/> has left out.</summary>
    public SampleShape Whole => Shape == Tensor.Shape ? Tensor.Whole : Shape;

    /// <summary>For comments: <c>8×8 of (9, 9, 4)</c> where the tensor is cropped, otherwise the shape.</summary>
    public override string ToString() => Shape.PartOf(Whole);
}
