using System.Globalization;

namespace NetGen.RandomNetworks.Declarations;

/// <summary>A declaration while it is written: its text so far, and the shape that comes next.</summary>
internal sealed class Draft
{
    /// <summary>The most values of a sample between two layers: the naive reference and the compiler are slow.</summary>
    public const int MaxLength = 500;

    private const string Frozen = "Trainable = false";

    private static readonly string[] Kinds = ["Dense", "Conv1D", "Conv2D", "DepthwiseConv2D", "LayerNorm", "PReLU"];

    private readonly List<string> _layers = [];
    private int _names;

    public Draft(params int[] input)
    {
        Input = input;
        Shape = input;
        Order = input;
    }

    public int[] Input { get; }

    /// <summary>The shape of the current output, channels last.</summary>
    public int[] Shape { get; private set; }

    /// <summary>For flat features, the shape of the image that they were before Flatten; their order in PyTorch follows from it.</summary>
    public int[] Order { get; private set; }

    public bool IsFlat => Shape.Length == 1;

    public bool IsImage => Shape.Length == 3;

    public int Channels => Shape[^1];

    public int Length => Shape.Aggregate((a, b) => a * b);

    /// <summary>The number of layers.</summary>
    public int Count => _layers.Count;

    /// <summary>Whether some layer normalises over the batch, so that a batch needs several samples.</summary>
    public bool Normalizes { get; set; }

    /// <summary>The arguments of <c>[Network]</c>.</summary>
    public string Settings { get; set; } = "";

    /// <summary>Whether the last layer has trained parameters, unless it is frozen; not those of BatchNorm, which is frozen where it is written.</summary>
    public bool HasParameters => Kinds.Any(kind => _layers[^1].StartsWith(kind, StringComparison.Ordinal));

    /// <summary>Whether there is a dense layer or a convolution that is trained.</summary>
    public bool Learns => _layers.Any(layer => (layer.StartsWith("Dense", StringComparison.Ordinal) || layer.Contains("Conv", StringComparison.Ordinal)) && !layer.Contains(Frozen, StringComparison.Ordinal));

    /// <summary>Whether the input has the type <see cref="InputType.UInt8"/>: then it is always copied, also from floats.</summary>
    public bool TakesBytes { get; set; }

    /// <summary>The attributes after <c>[Network]</c>.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"Input({string.Join(", ", Input)}{(TakesBytes ? ", Type = InputType.UInt8" : "")}), {string.Join(", ", _layers)}");

    public override string ToString() => $"[Network({Settings}), {Text}]";

    /// <summary>Adds a layer that keeps the shape.</summary>
    public void Keep(FormattableString attribute) => _layers.Add(FormattableString.Invariant(attribute));

    /// <summary>Adds a layer with another shape as its output.</summary>
    public void Change(FormattableString attribute, params int[] shape)
    {
        Keep(attribute);
        if (shape.Length == 1 && Shape.Length > 1 && shape[0] == Length) Order = Shape;
        else Order = shape;
        Shape = shape;
    }

    /// <summary>Adds a layer that gives the same values another shape.</summary>
    public void Reorder(FormattableString attribute, params int[] shape)
    {
        Keep(attribute);
        Order = shape;
        Shape = shape;
    }

    /// <summary>Gives the last layer a name.</summary>
    public string Name()
    {
        string name = FormattableString.Invariant($"layer{_names++}");
        Append($"Name = \"{name}\"");
        return name;
    }

    /// <summary>Lets the last layer read an earlier one.</summary>
    public void From(string name) => Append($"From = \"{name}\"");

    /// <summary>Freezes the last layer.</summary>
    public void Freeze() => Append(Frozen);

    private void Append(string argument) =>
        _layers[^1] = _layers[^1].EndsWith(')') ? $"{_layers[^1][..^1]}, {argument})" : $"{_layers[^1]}({argument})";
}
