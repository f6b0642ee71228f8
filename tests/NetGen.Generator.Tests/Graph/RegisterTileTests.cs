using System.Runtime.CompilerServices;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>The cost model of register tiles, and the tiles that it chooses for the reference networks.</summary>
public sealed class RegisterTileTests
{
    private static readonly Lazy<(string Layer, ConvolutionShape Shape)[]> Convolutions = new(() =>
    [
        .. from model in GeneratorRun.Of(File.ReadAllText(Path.Combine(Folder(), "..", "..", "NetGen.Benchmarks", "Networks", "Networks.cs"))).Models
           from operation in NetworkGraph.Of(model, training: false).Operations.OfType<ConvolutionOperation>()
           select ($"{model.Name} {operation.Name}", operation.ForwardShape(keepsArgmax: false) with { Sharing = operation.Sharing, Winograd = WinogradMode.Never }),
    ]);

    [Fact]
    public void No_other_tile_that_fits_the_registers_is_expected_to_be_faster()
    {
        int compared = 0;
        foreach ((string layer, ConvolutionShape shape) in Convolutions.Value)
        {
            foreach (VectorWidth width in VectorWidth.All)
            {
                ConvolutionAlgorithm algorithm = ConvolutionTiling.Choose(shape, width);
                if (algorithm is ConvolutionAlgorithm.Dots or ConvolutionAlgorithm.Pairs or ConvolutionAlgorithm.Repeated)
                    continue;
                PositionGrid grid = ConvolutionTiling.Grid(shape, algorithm, width);
                int vectors = shape.IsDepthwise ? 1 : RegisterTile.VectorsForPositions(grid, width);
                (int rows, int columns, double cost) = RegisterTile.ForPositions(grid, vectors, width);
                Assert.True(Fits(grid, rows, columns, vectors, width), $"{layer}, {width.Bits} bits: {rows}×{columns} by {vectors} does not fit.");
                foreach ((int otherRows, int otherColumns, int otherVectors) in Tiles(grid, shape.IsDepthwise ? 1 : 2, width))
                {
                    compared++;
                    Assert.True(
                        cost / vectors <= (RegisterTile.Cost(grid, otherRows, otherColumns, otherVectors) / otherVectors) + 1e-9,
                        $"{layer}, {width.Bits} bits: {rows}×{columns} by {vectors} costs more than {otherRows}×{otherColumns} by {otherVectors}.");
                }
            }
        }

        Assert.InRange(compared, 1000, int.MaxValue);
    }

    /// <summary>Written down, so that a change of the model's constants shows what it changes.</summary>
    [Theory]
    [InlineData("KerasCnn Conv2", 512, 1, 5, 1)]
    [InlineData("VggSmall Conv2", 512, 1, 2, 2)]
    [InlineData("VggSmall Conv2", 256, 1, 3, 1)]
    [InlineData("LeNet Conv2", 512, 1, 5, 1)]
    [InlineData("LeNet Conv2", 256, 1, 1, 2)]
    public void Chosen_tiles(string layer, int bits, int rows, int columns, int vectors)
    {
        ConvolutionShape shape = Convolutions.Value.Single(convolution => convolution.Layer == layer).Shape;
        VectorWidth width = VectorWidth.All.Single(width => width.Bits == bits);
        PositionGrid grid = ConvolutionTiling.Grid(shape, ConvolutionTiling.Choose(shape, width), width);
        int chosen = RegisterTile.VectorsForPositions(grid, width);
        (int chosenRows, int chosenColumns, _) = RegisterTile.ForPositions(grid, chosen, width);
        Assert.Equal((rows, columns, vectors), (chosenRows, chosenColumns, chosen));
    }

    /// <summary>
    /// A core that issues in order, with two units for multiply-adds that take four cycles, and two for loads: the model must not expect less than it needs, nor
    /// more than a cycle more.
    /// </summary>
    [Fact]
    public void The_cycles_of_a_term_are_those_of_a_simulated_core()
    {
        for (int vectors = 1; vectors <= 3; vectors++)
        {
            for (int positions = 1; positions * vectors <= 28; positions++)
            {
                double simulated = Simulated(positions, vectors);
                Assert.InRange(RegisterTile.CyclesPerTerm(positions, vectors), simulated - 0.1, simulated + 1.1);
            }
        }
    }

    private static double Simulated(int positions, int vectors)
    {
        const int terms = 200, latency = 4, units = 2;
        var ready = new int[positions * vectors];
        int cycle = 0, multiplied = 0, loads = 0;
        for (int term = 0; term < terms; term++)
        {
            loads += positions + vectors;
            for (int sum = 0; sum < ready.Length; sum++)
            {
                if (multiplied == units)
                    (cycle, multiplied) = (cycle + 1, 0);
                if (ready[sum] > cycle)
                    (cycle, multiplied) = (ready[sum], 0);
                multiplied++;
                ready[sum] = cycle + latency;
            }
        }

        return Math.Max(cycle + latency, (double)loads / units) / terms;
    }

    private static IEnumerable<(int Rows, int Columns, int Vectors)> Tiles(PositionGrid grid, int mostVectors, VectorWidth width) =>
        from vectors in Enumerable.Range(1, mostVectors)
        from rows in Enumerable.Range(1, grid.Height)
        from columns in Enumerable.Range(1, grid.Width)
        where Fits(grid, rows, columns, vectors, width)
        select (rows, columns, vectors);

    /// <summary>Whether sums, held weights and one more operand have registers, and no row of a part is computed twice.</summary>
    private static bool Fits(PositionGrid grid, int rows, int columns, int vectors, VectorWidth width)
    {
        int sums = rows * columns * grid.Window * vectors;
        return sums <= width.Accumulators && sums + (grid.HeldRows * vectors) + 1 <= width.Registers && (grid.PartRows == 0 || grid.PartRows % rows == 0);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
