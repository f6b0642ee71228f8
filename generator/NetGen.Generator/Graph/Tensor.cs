namespace NetGen.Generator.Graph;

/// <summary>A value between operations: one array for each sample.</summary>
/// <param name="shape">What one sample's values are.</param>
internal sealed class Tensor(SampleShape shape)
{
    /// <summary>Its position among the tensors of the graph: 0 is the network's input, and a producer comes before its readers.</summary>
    public int Id { get; set; }

    /// <summary>What one sample's values are.</summary>
    public SampleShape Shape { get; set; } = shape;

    /// <summary>The operation that writes it; null for the network's input.</summary>
    public Operation? Producer { get; set; }

    /// <summary>The operations that read it, in the order of the plan; one that reads it twice stands here twice.</summary>
    public List<Operation> Readers { get; } = [];

    /// <summary>How one sample lies in memory: with the halo that its readers need.</summary>
    public BufferLayout Layout { get; set; } = new(shape, default);

    /// <summary>How one sample lies in memory for a reader that takes it for another shape of as many values.</summary>
    /// <exception cref="InvalidOperationException">Another reader needs a halo, so that rows are no longer one run.</exception>
    public BufferLayout LayoutAs(SampleShape shape)
    {
        if (shape == Shape)
            return Layout;
        return Layout.IsContiguous
            ? new BufferLayout(shape, default)
            : throw new InvalidOperationException($"The output of '{Name}', {Shape}, is read both with a halo and as {shape}; that takes a copy, which no operation makes.");
    }

    /// <summary>The name in generated code: that of the operation that writes it.</summary>
    public string Name => Producer?.Name ?? "NetworkInput";
}

/// <summary>A tensor as one reader sees it: an image may be read as flat features, which are the same floats in the same order.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Shape">What the reader takes it for.</param>
internal readonly record struct View(Tensor Tensor, SampleShape Shape);
