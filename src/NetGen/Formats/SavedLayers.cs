using System.Text;

namespace NetGen;

/// <summary>
/// The layers of a network that have parameters, as weight files list them: kind, name and the shape of the first tensor,
/// in order, for example <c>Conv2D conv1 [32, 1, 3, 3]; Dense dense1 [10, 800]</c>.
/// </summary>
/// <remarks>
/// Names and shapes of tensors alone do not tell networks apart. If a layer is inserted, the unnamed layers after it get the
/// next number, and one of them may find a tensor with its new name and its shape that belonged to another layer.
/// </remarks>
internal static class SavedLayers
{
    private const int MaxShown = 12;

    private static ReadOnlySpan<byte> Separator => "; "u8;

    /// <summary>
    /// The list of a network's layers, each at the position of its first tensor; null when the kind of a layer is not known.
    /// </summary>
    /// <param name="table">The network's parameters.</param>
    public static string? Of(ParameterTable table)
    {
        var text = new StringBuilder();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (ParameterInfo parameter in table.Parameters)
        {
            if (parameter.LayerKind is null) return null;
            if (!listed.Add(parameter.LayerName)) continue;
            if (text.Length > 0) text.Append("; ");
            text.Append(parameter.LayerKind).Append(' ').Append(parameter.LayerName).Append(' ').Append(parameter.Layout);
        }

        return text.ToString();
    }

    /// <summary>Compares the list of a file with that of a network.</summary>
    /// <param name="saved">What the file says, as UTF-8.</param>
    /// <param name="table">The parameters of the network that the file is for.</param>
    /// <param name="faults">Receives the difference, if there is one.</param>
    public static void Compare(ReadOnlySpan<byte> saved, ParameterTable table, FaultList faults)
    {
        if (Of(table) is not { } expected) return;
        byte[] own = Encoding.UTF8.GetBytes(expected);
        if (saved.SequenceEqual(own)) return;
        faults.Add($"The file was saved by a network with other layers. In the file: {Shown(saved)}. In {table.Network}: {Shown(own)}. They differ from number {FirstDifference(saved, own)} on. A layer without a Name is numbered by its place, so inserting or removing one renames the layers after it: give every layer the name that it has in the file (Name = \"…\").");
    }

    private static int FirstDifference(ReadOnlySpan<byte> saved, ReadOnlySpan<byte> own)
    {
        int number = 1;
        while (!saved.IsEmpty && !own.IsEmpty && Next(ref saved).SequenceEqual(Next(ref own))) number++;
        return number;
    }

    private static string Shown(ReadOnlySpan<byte> layers)
    {
        var text = new StringBuilder();
        for (int i = 0; i < MaxShown && !layers.IsEmpty; i++)
        {
            if (i > 0) text.Append("; ");
            text.Append(QuotedText.Clean(Next(ref layers)));
        }

        if (text.Length == 0) return "none";
        return layers.IsEmpty ? text.ToString() : text.Append("; …").ToString();
    }

    // Takes the first layer off a list.
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> layers)
    {
        int end = layers.IndexOf(Separator);
        ReadOnlySpan<byte> first = end < 0 ? layers : layers[..end];
        layers = end < 0 ? default : layers[(end + Separator.Length)..];
        return first;
    }
}
