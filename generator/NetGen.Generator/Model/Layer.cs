namespace NetGen.Generator.Model;

/// <summary>A layer with its shapes resolved. Each kind is a record in a file of its own in <c>Layers/</c>.</summary>
/// <param name="Name">The name of the layer, unique in its network.</param>
/// <param name="Input">The shape of one sample that goes in.</param>
/// <param name="Output">The shape of one sample that comes out.</param>
internal abstract record Layer(string Name, Shape Input, Shape Output)
{
    /// <summary>The name of the attribute: <c>Conv2D</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The name of the earlier layer whose output it reads; null for the layer before it.</summary>
    public string? From { get; init; }

    /// <summary>The arguments in words: <c>3×3, 32 filters, valid</c>; empty where there are none.</summary>
    public abstract string Description { get; }

    /// <summary>The arguments in words, and where a branch begins.</summary>
    public string Words => From is null ? Description : Description + (Description.Length == 0 ? "" : ", ") + "from " + From;

    /// <summary>The tensors that the layer learns, in the order in which they are stored.</summary>
    public virtual EquatableArray<ParameterModel> Parameters => [];

    /// <summary>Operations per sample in convolutions, dense layers and normalisations; a multiply-add counts 2.</summary>
    public virtual long Flops => 0;

    /// <summary>Whether value <c>i</c> of the output belongs to value <c>i</c> of the input, so that the order of features is kept.</summary>
    public virtual bool KeepsOrder => false;

    /// <summary>The number of values that the layer learns.</summary>
    public int ParameterCount => checked((int)LongParameterCount);

    /// <summary>The number of values that the layer learns, which may be more than a network can have.</summary>
    public long LongParameterCount
    {
        get
        {
            long count = 0;
            foreach (ParameterModel parameter in Parameters)
                count = Sizes.Sum(count, parameter.LongLength);
            return count;
        }
    }
}
