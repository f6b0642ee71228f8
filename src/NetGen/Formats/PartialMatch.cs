using System.Text;

namespace NetGen;

/// <summary>Decides which tensors of a file become parameters of a network that need not be the one that was saved.</summary>
internal sealed class PartialMatch
{
    /// <summary>Compares a file with a network.</summary>
    /// <param name="header">The tensors of the file.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="names">The layers and parameters that are wanted; none for all that fit.</param>
    /// <param name="faults">Receives what is wanted and cannot be had.</param>
    public PartialMatch(SafeTensorsHeader header, ParameterTable table, IReadOnlyCollection<string> names, FaultList faults)
    {
        bool[] isWanted = Wanted(table, names, faults);
        bool[] isLoaded = new bool[isWanted.Length];
        bool[] isPresent = new bool[isWanted.Length];
        var ignored = new List<string>();
        Places = new int[header.Entries.Count];
        for (int i = 0; i < Places.Length; i++)
        {
            SafeTensorsEntry entry = header.Entries[i];
            string name = Encoding.UTF8.GetString(header[entry.Name]);
            int place = table.PlaceOf(name);
            string? reason = Reason(header, entry, table, place, isWanted);
            Places[i] = reason is null ? place : -1;
            if (place >= 0)
                isPresent[place] = true;
            if (reason is null)
                isLoaded[place] = true;
            else if (place >= 0 && isWanted[place] && names.Count > 0)
                faults.Add($"{QuotedText.Quote(header[entry.Name])} {reason}.");
            else
                ignored.Add($"{name} ({reason})");
        }

        for (int i = 0; i < isWanted.Length; i++)
        {
            if (names.Count > 0 && isWanted[i] && !isPresent[i])
                faults.Add($"'{table.Parameters[i].Name}' of shape {table.Parameters[i].Layout} is missing.");
        }

        if (names.Count == 0 && !isLoaded.Contains(true))
            faults.Add($"No tensor of the file has the name and the shape of a parameter of {table.Network}.");
        Report = new WeightReport(
            [.. table.Parameters.Where((_, i) => isLoaded[i]).Select(parameter => parameter.Name)],
            [.. table.Parameters.Where((_, i) => !isLoaded[i]).Select(parameter => parameter.Name)],
            [.. ignored]);
    }

    /// <summary>For each tensor of the file the place of its parameter in the table, or -1 when its data is to be passed over.</summary>
    public int[] Places { get; }

    /// <summary>What is read, what is not, and what nobody wants.</summary>
    public WeightReport Report { get; }

    private static bool[] Wanted(ParameterTable table, IReadOnlyCollection<string> names, FaultList faults)
    {
        bool[] isWanted = new bool[table.Parameters.Length];
        Array.Fill(isWanted, names.Count == 0);
        foreach (string name in names)
        {
            bool isKnown = false;
            for (int i = 0; i < isWanted.Length; i++)
            {
                if (table.Parameters[i].Name != name && table.Parameters[i].LayerName != name)
                    continue;
                isWanted[i] = isKnown = true;
            }

            if (!isKnown)
                faults.Add($"{table.Network} has no layer with weights and no parameter named '{name}'; it has {string.Join(", ", table.Parameters.Select(parameter => parameter.LayerName).Distinct())}.");
        }

        return isWanted;
    }

    // Why a tensor is not read; null if it is.
    private static string? Reason(SafeTensorsHeader header, SafeTensorsEntry entry, ParameterTable table, int place, bool[] isWanted)
    {
        if (place < 0)
            return $"is no parameter of {table.Network}";
        if (!isWanted[place])
            return "was not asked for";
        if (!header.HasShape(entry, table.Parameters[place].Shape.AsSpan()))
            return $"has shape {header.ShapeText(entry)}; {table.Network} expects {table.Parameters[place].Layout}";
        return entry.Type is { } type && TensorType.IsReadable(type) ? null : $"has type '{entry.Type}'; {TensorType.Readable} can be read";
    }
}
