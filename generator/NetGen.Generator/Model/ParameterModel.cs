namespace NetGen.Generator.Model;

/// <summary>How a tensor of parameters is stored; each value is a factory method of the library's <c>WeightLayout</c>.</summary>
internal enum LayoutKind
{
    /// <summary>Arguments: length.</summary>
    Vector,

    /// <summary>Arguments: height, width, channels.</summary>
    VectorAfterFlatten,

    /// <summary>Arguments: inputs, units.</summary>
    Dense,

    /// <summary>Arguments: height, width, channels, units.</summary>
    DenseAfterFlatten,

    /// <summary>Arguments: kernel height, kernel width, channels, filters.</summary>
    Convolution,

    /// <summary>Arguments: kernel, channels, filters.</summary>
    Convolution1D,

    /// <summary>Arguments: groups, kernel height, kernel width, and channels and filters of one group.</summary>
    GroupedConvolution,

    /// <summary>Arguments: groups, kernel, and channels and filters of one group.</summary>
    GroupedConvolution1D,
}

/// <summary>How the first values of a tensor are drawn; a copy of the library's <c>Initializer</c>, with the same numbers.</summary>
internal enum InitializerKind
{
    Zeros,
    HeNormal,
    GlorotUniform,
    Ones,
    HeUniform,
    GlorotNormal,
    LeCunNormal,
    LeCunUniform,
    Orthogonal,
    Constant,
    Uniform,
    Normal,
    Default,
}

/// <summary>What changes a tensor of parameters; a copy of the library's <c>ParameterRole</c>.</summary>
internal enum ParameterRole
{
    /// <summary>Optimizers change it along its gradient.</summary>
    Trained,

    /// <summary>It stays as it is.</summary>
    Frozen,

    /// <summary>Forward of training changes it.</summary>
    Statistic,
}

/// <summary>One tensor of parameters of a layer.</summary>
/// <param name="Name">Its name within the layer: <c>weight</c>, <c>bias</c>.</param>
/// <param name="Layout">How it is stored.</param>
/// <param name="Arguments">The arguments of the layout, in the order of the factory of that name.</param>
/// <param name="Initializer">How it begins.</param>
/// <param name="FanIn">The inputs that one output sums.</param>
/// <param name="FanOut">The outputs that one input reaches.</param>
internal sealed record ParameterModel(
    string Name,
    LayoutKind Layout,
    EquatableArray<int> Arguments,
    InitializerKind Initializer,
    int FanIn,
    int FanOut)
{
    /// <summary>A tensor that begins as the declaration says.</summary>
    public ParameterModel(string name, LayoutKind layout, EquatableArray<int> arguments, Initialization initialization, int fanIn, int fanOut)
        : this(name, layout, arguments, initialization.Kind, fanIn, fanOut) => InitializerValue = initialization.Value;

    /// <summary>A tensor with one value for each channel.</summary>
    /// <param name="name">Its name within the layer.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="unflattened">The shape that was flattened into the channels, which orders them in files; null if none.</param>
    /// <param name="initializer">How it begins.</param>
    public static ParameterModel OfChannels(string name, int channels, Shape? unflattened, InitializerKind initializer) =>
        unflattened is { IsReorderedByFlatten: true } image
            ? new(name, LayoutKind.VectorAfterFlatten, [image.Dimensions[0], image.IsImage ? image.Width : 1, image.Channels], initializer, 1, 1)
            : new(name, LayoutKind.Vector, [channels], initializer, 1, 1);

    /// <summary>The number that the initializer takes; 0 where it takes none.</summary>
    public double InitializerValue { get; init; }

    /// <summary>What changes it, if the layer is trained; <see cref="Layer.RoleOf"/> also knows of frozen layers.</summary>
    public ParameterRole Role { get; init; }

    /// <summary>The number of values, which is known to fit once the network is built.</summary>
    public int Length => checked((int)LongLength);

    /// <summary>The number of values of a tensor that may be too large.</summary>
    public long LongLength
    {
        get
        {
            long length = 1;
            foreach (int argument in Arguments)
                length = Sizes.Product(length, argument);
            return length;
        }
    }
}
