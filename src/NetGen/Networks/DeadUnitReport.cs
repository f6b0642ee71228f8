using System.Collections.Immutable;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>The dead units of a layer: <c>ReLU</c> gives 0 for them, whatever the sample, so their gradient is 0 and they learn nothing more.</summary>
/// <param name="Layer">The name of the <c>ReLU</c> layer.</param>
/// <param name="Units">The number of its units: values of flat features, or channels of an image.</param>
/// <param name="Dead">The dead ones, in ascending order.</param>
public sealed record LayerDeadUnits(string Layer, int Units, ImmutableArray<int> Dead)
{
    /// <summary>The share of dead units.</summary>
    public double Share => (double)Dead.Length / Units;
}

/// <summary>The dead units of a network; see <see cref="UnitActivity"/>.</summary>
/// <param name="Layers">The <c>ReLU</c> layers, in the order of the network.</param>
public sealed record DeadUnitReport(ImmutableArray<LayerDeadUnits> Layers)
{
    private const int MostNumbers = 10;

    /// <summary>The number of all units.</summary>
    public int Units => Layers.Sum(layer => layer.Units);

    /// <summary>The number of dead units.</summary>
    public int Dead => Layers.Sum(layer => layer.Dead.Length);

    /// <summary>The share of dead units; 0 if there are no units.</summary>
    public double Share => Units == 0 ? 0 : (double)Dead / Units;

    /// <summary>A line for each layer, such as <c>relu1: 2 of 128 units are dead (0.0156): 4, 17</c>, with <c>\n</c> after each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (LayerDeadUnits layer in Layers)
        {
            text.Append(Invariant($"{layer.Layer}: {layer.Dead.Length} of {layer.Units} units are dead ({NumberText.Share(layer.Share)})"));
            if (!layer.Dead.IsEmpty)
                text.Append(": ").AppendJoin(", ", layer.Dead.Take(MostNumbers).Select(unit => Invariant($"{unit}")));
            text.Append(layer.Dead.Length > MostNumbers ? ", …\n" : "\n");
        }

        return text.ToString();
    }
}
