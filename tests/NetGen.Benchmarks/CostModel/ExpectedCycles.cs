using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.Measuring;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;

namespace NetGen.Benchmarks.CostModel;

/// <summary>What the generator expects of a layer's kernel at inference.</summary>
/// <param name="Tile">The register tile.</param>
/// <param name="Cycles">Cycles for one sample.</param>
internal sealed record Expectation(string Tile, double Cycles);

/// <summary>
/// Reads the declarations of the reference networks as the generator does, and asks the generator's own cost model for the cycles of their kernels.
/// </summary>
internal sealed class ExpectedCycles
{
    private static readonly Compilation Declarations = Compile();

    private readonly VectorWidth _width = VectorWidth.All.Single(width => width.Bits == FmaLoop.VectorBits);
    private readonly NetworkGraph _graph;

    /// <summary>Reads one network.</summary>
    public ExpectedCycles(Type network) => _graph = NetworkGraph.Of(
        DeclarationParser.Parse(Declarations.GetTypeByMetadataName(network.FullName!)!, CancellationToken.None).Model!, training: false);

    /// <summary>What is expected of a layer; null where the model has no estimate of its kernel.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="samples">How many samples a dense kernel takes at once.</param>
    public Expectation? Of(string layer, int samples) => _graph.Operations.First(operation => string.Equals(operation.Name, layer, StringComparison.OrdinalIgnoreCase)) switch
    {
        ConvolutionOperation convolution => OfConvolution(convolution.ForwardShape(keepsArgmax: false) with { Sharing = convolution.Sharing }),
        DenseOperation dense => OfDense(dense, samples),
        _ => null,
    };

    private Expectation? OfConvolution(ConvolutionShape conv)
    {
        ConvolutionAlgorithm algorithm = ConvolutionTiling.Choose(conv, _width);
        if (algorithm == ConvolutionAlgorithm.Dots || NarrowColumns.Count(conv, _width) > 0)
            return null;
        if (algorithm == ConvolutionAlgorithm.Repeated)
        {
            int tileRows = RepeatedInputs.Rows(conv, _width)!.Value;
            return new($"{tileRows} rows of a vector", RepeatedInputs.Cost(conv, tileRows, _width));
        }

        if (WinogradTiling.Choose(conv, _width) is { } tile)
            return new($"{tile.Positions} tiles of {tile.Outputs}×{tile.Outputs} by {tile.Vectors}", WinogradTiling.Cost(conv, tile, _width));
        PositionGrid grid = ConvolutionTiling.Grid(conv, algorithm, _width);
        int vectors = algorithm is ConvolutionAlgorithm.Direct or ConvolutionAlgorithm.HeldLine ? RegisterTile.VectorsForPositions(grid, _width) : 1;
        ColumnGroup[] groups = algorithm == ConvolutionAlgorithm.Pairs
            ? [new(0, 1, conv.Columns, 0, 1, 1, conv.Columns)]
            : [.. RegisterTile.Groups(conv.Columns, _width, vectors)];
        double cycles = groups.Sum(group => Times(group) * RegisterTile.ForPositions(grid, group.Vectors, _width).Cost) * conv.Terms * conv.Groups;
        (int rows, int columns, _) = RegisterTile.ForPositions(grid, groups[0].Vectors, _width);
        int pool = conv.Epilogue.Pool;
        int pair = algorithm == ConvolutionAlgorithm.Pairs ? 2 : pool;
        return new($"{rows * pool}×{columns * pair} positions by {groups[0].Vectors}", cycles);
    }

    private Expectation OfDense(DenseOperation dense, int samples)
    {
        ColumnGroup[] groups = [.. RegisterTile.Groups(dense.Columns, _width)];
        double cycles = dense.Rows * groups.Sum(group => Times(group) * Tiles(group).Sum(size => RegisterTile.CyclesPerTerm(size, group.Vectors)));
        return new($"{Tiles(groups[0]).Max()} samples by {groups[0].Vectors}", cycles / samples);

        IEnumerable<int> Tiles(ColumnGroup group)
        {
            int most = DenseTiling.LargestTile(group.Vectors, _width);
            int tiles = (samples + most - 1) / most;
            return Enumerable.Range(0, tiles).Select(tile => ((tile + 1) * samples / tiles) - (tile * samples / tiles));
        }
    }

    private static int Times(ColumnGroup group) => group.PanelCount * group.Repeats;

    private static CSharpCompilation Compile()
    {
        using var reader = new StreamReader(typeof(ExpectedCycles).Assembly.GetManifestResourceStream("Networks.cs")!);
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "Networks",
            [CSharpSyntaxTree.ParseText(reader.ReadToEnd(), new CSharpParseOptions(LanguageVersion.CSharp13))],
            platform.Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                .Append(typeof(NetworkAttribute).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
