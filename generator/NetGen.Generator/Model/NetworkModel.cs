namespace NetGen.Generator.Model;

/// <summary>The element of the class's documentation that has the table of layers.</summary>
internal enum TablePlace
{
    Summary,

    /// <summary>The user wrote a summary.</summary>
    Remarks,

    /// <summary>The user wrote all there is.</summary>
    None,
}

/// <summary>A type that contains the network: <c>partial class Outer</c>.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">The unescaped identifier.</param>
internal sealed record TypeHeader(string Keyword, string Name);

/// <summary>A network that can be built: everything that the generated code depends on, and nothing else.</summary>
/// <param name="Namespace">The namespace with unescaped identifiers; null for the global one.</param>
/// <param name="Containers">The types around the class, the outermost first.</param>
/// <param name="Name">The name of the class, unescaped.</param>
/// <param name="MetadataName">The full metadata name.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers, at least one.</param>
/// <param name="Loss">What training minimises.</param>
/// <param name="Table">Where the class's documentation has the table of layers.</param>
internal sealed record NetworkModel(
    string? Namespace,
    EquatableArray<TypeHeader> Containers,
    string Name,
    string MetadataName,
    Shape Input,
    EquatableArray<Layer> Layers,
    LossModel Loss,
    TablePlace Table)
{
    /// <summary>In which form samples come.</summary>
    public InputKind InputType { get; init; }

    /// <summary>Whether training notes which units are ever positive.</summary>
    public bool TracksDeadUnits { get; init; }

    /// <summary>Where convolutions may use Winograd's transforms.</summary>
    public WinogradSetting Winograd { get; init; } = WinogradSetting.Inference;

    /// <summary>In tests, the rows of the tiles in which every convolution uses Winograd's transforms if it can; 0 where the cost model decides.</summary>
    public int ForcedWinogradTiles { get; init; }

    /// <summary>The shape of the output for one sample.</summary>
    public Shape Output => Layers[Layers.Count - 1].Output;

    /// <summary>The number of values of all parameters, also of those that are not trained.</summary>
    public int ParameterCount => checked((int)Layers.Items.Sum(layer => layer.LongParameterCount));

    /// <summary>Operations per sample in convolutions, dense layers and normalisations; a multiply-add counts 2.</summary>
    public long Flops => Layers.Items.Aggregate(0L, (sum, layer) => Sizes.Sum(sum, layer.Flops));
}
