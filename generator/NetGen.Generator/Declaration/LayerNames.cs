using System.Globalization;
using NetGen.Generator.Rules;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>Names the layers.</summary>
internal static class LayerNames
{
    /// <summary>
    /// Gives each layer its name. The counter counts named layers too, so that naming one layer does not rename the others, whose
    /// names are in saved files.
    /// </summary>
    public static void Assign(IReadOnlyList<DeclaredLayer> layers, FaultList faults)
    {
        Dictionary<string, int> counters = new(StringComparer.Ordinal);
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach (DeclaredLayer layer in layers)
        {
            counters.TryGetValue(layer.Kind.Stem, out int count);
            counters[layer.Kind.Stem] = ++count;
            layer.Name = layer.GivenName ?? layer.Kind.Stem + count.ToString(CultureInfo.InvariantCulture);
        }

        // Default names are identifiers, and no two are the same.
        if (!layers.Any(layer => layer.GivenName is not null))
            return;

        // Default names are taken first, so that the fault is at the name that somebody chose.
        foreach (DeclaredLayer layer in layers.OrderBy(layer => layer.GivenName is null ? 0 : 1))
        {
            string member = ParameterNames.Pascal(layer.Name);
            if (!ParameterNames.IsIdentifier(layer.Name))
                faults.At(layer.Attribute, "Name", DeclarationRules.LayerNameInvalid, layer.Kind.Name, layer.Name);
            else if (taken.TryGetValue(member, out string? other))
                faults.At(layer.Attribute, "Name", DeclarationRules.LayerNameRepeated, layer.Kind.Name, layer.Name, other);
            else
                taken.Add(member, layer.Name);
        }
    }
}
