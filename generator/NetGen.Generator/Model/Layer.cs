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

    /// <summary>The names of all earlier layers that it asks for, <see cref="From"/> among them, in alphabetical order.</summary>
    public EquatableArray<string> Named { get; init; } = [];

    /// <summary>The arguments in words: <c>3×3, 32 filters, valid</c>; empty where there are none.</summary>
    public abstract string Description { get; }

    /// <summary>Whether optimizers change the parameters that <see cref="Parameters"/> says are trained.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Whether the layer has parameters that would be trained, but the declaration says that they are not.</summary>
    public bool IsFrozen => !Trainable && Parameters.Items.Any(parameter => parameter.Role == ParameterRole.Trained);

    /// <summary>The arguments in words, whether the layer is frozen, and where a branch begins.</summary>
    public string Words => string.Join(", ", new[] { Description, IsFrozen ? "frozen" : "", From is null ? "" : "from " + From }.Where(text => text.Length > 0));

    /// <summary>The tensors that the layer has, in the order in which they are stored, with their roles in a layer that is trained; see <see cref="RoleOf"/>.</summary>
    public virtual EquatableArray<ParameterModel> Parameters => [];

    /// <summary>Operations per sample in convolutions, dense layers and normalisations; a multiply-add counts 2.</summary>
    public virtual long Flops => 0;

    /// <summary>Whether value <c>i</c> of the output belongs to value <c>i</c> of the input, so that the order of features is kept.</summary>
    public virtual bool KeepsOrder => false;

    /// <summary>Whether no value of the output is negative where none of the input is, and none positive where none of the input is: it makes no signs of its own.</summary>
    public virtual bool KeepsSign => false;

    /// <summary>Whether the layer scales values, so that those that go in may be large.</summary>
    public virtual bool Scales => false;

    /// <summary>What changes one of the layer's tensors: in a frozen layer, nothing changes what would be trained.</summary>
    public ParameterRole RoleOf(ParameterModel parameter) =>
        parameter.Role == ParameterRole.Trained && !Trainable ? ParameterRole.Frozen : parameter.Role;

    /// <summary>The number of values of all the layer's tensors.</summary>
    public int ParameterCount => checked((int)LongParameterCount);

    /// <summary>The number of values of all the layer's tensors, which may be more than a network can have.</summary>
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
