using System.Collections.Immutable;
using System.Globalization;

namespace NetGen;

/// <summary>
/// What is known of a network when the project is built: layers, shapes, parameters, arithmetic and memory.
/// </summary>
public sealed class NetworkSummary
{
    /// <summary>Describes a network.</summary>
    /// <param name="name">Name of its class.</param>
    /// <param name="inputShape">The shape of one input sample, channels last.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="activationBytes">Bytes of the buffers between the layers, for one sample at inference.</param>
    /// <param name="loss">What training minimises.</param>
    public NetworkSummary(
        string name, ImmutableArray<int> inputShape, ImmutableArray<LayerSummary> layers, long activationBytes, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (inputShape.IsDefault) throw new ArgumentNullException(nameof(inputShape));
        if (layers.IsDefault) throw new ArgumentNullException(nameof(layers));
        ArgumentOutOfRangeException.ThrowIfNegative(activationBytes);
        Name = name;
        InputShape = inputShape;
        Layers = layers;
        ActivationBytes = activationBytes;
        Loss = loss;
        InputLength = Length(inputShape);
        OutputLength = layers.IsEmpty ? InputLength : Length(layers[^1].OutputShape);
        foreach (LayerSummary layer in layers)
        {
            Parameters = checked(Parameters + layer.Parameters);
            Flops = checked(Flops + layer.Flops);
        }
    }

    /// <summary>Name of the network's class.</summary>
    public string Name { get; }

    /// <summary>The shape of one input sample, channels last.</summary>
    public ImmutableArray<int> InputShape { get; }

    /// <summary>Number of floats in one input sample.</summary>
    public int InputLength { get; }

    /// <summary>Number of floats that come out for one sample.</summary>
    public int OutputLength { get; }

    /// <summary>What training minimises.</summary>
    public Loss Loss { get; }

    /// <summary>The layers, in order.</summary>
    public ImmutableArray<LayerSummary> Layers { get; }

    /// <summary>Number of weights and biases.</summary>
    public int Parameters { get; }

    /// <summary>Floating-point operations for one sample at inference; a multiply-add counts as two, and only convolutions
    /// and dense layers count.</summary>
    public long Flops { get; }

    /// <summary>Bytes of all weights and biases.</summary>
    public long ParameterBytes => (long)Parameters * sizeof(float);

    /// <summary>Bytes of the buffers between the layers, for one sample at inference.</summary>
    public long ActivationBytes { get; }

    /// <summary>The summary as a table in the manner of Keras, with <c>\n</c> between its lines.</summary>
    public override string ToString()
    {
        var table = new TextTable(
            new TextColumn("Layer (type)"),
            new TextColumn("Settings"),
            new TextColumn("Output shape"),
            new TextColumn("Params", AlignRight: true),
            new TextColumn("FLOPs", AlignRight: true),
            new TextColumn("Computed as"));
        table.Add("input (Input)", "", ShapeText.Parentheses(InputShape.AsSpan()), "0", "0", "");
        foreach (LayerSummary layer in Layers)
        {
            table.Add(
                layer.Name.Length == 0 ? layer.Kind : $"{layer.Name} ({layer.Kind})",
                layer.Description,
                ShapeText.Parentheses(layer.OutputShape.AsSpan()),
                Count(layer.Parameters),
                Count(layer.Flops),
                layer.Lowering);
        }

        return $"Network: \"{Name}\"\n{table}"
            + $" Parameters: {Count(Parameters)} ({Bytes(ParameterBytes)})\n"
            + $" FLOPs per sample: {Count(Flops)}\n"
            + $" Activations per sample: {Bytes(ActivationBytes)}\n";
    }

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes)
    {
        ReadOnlySpan<string> units = ["KB", "MB", "GB", "TB"];
        if (bytes < 1024) return FormattableString.Invariant($"{bytes} B");
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return FormattableString.Invariant($"{value:F2} {units[unit]}");
    }

    private static int Length(ImmutableArray<int> shape)
    {
        int length = 1;
        foreach (int dimension in shape)
            length = checked(length * dimension);
        return length;
    }
}
