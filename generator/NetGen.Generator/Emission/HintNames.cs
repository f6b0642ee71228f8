using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emission;

/// <summary>
/// The hint names of a network's files, without their suffixes. The compiler compares hint names case-insensitively, so if the names of two
/// networks differ only in case, a hash of the exact name is appended.
/// </summary>
internal static class HintNames
{
    /// <summary>Those names that differ from another name only in case, sorted.</summary>
    public static EquatableArray<string> Alike(ImmutableArray<string> names) => names.Length < 2
        ? []
        : names.Distinct(StringComparer.Ordinal)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .SelectMany(group => group)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();

    /// <summary>What the names of the files of a network begin with.</summary>
    /// <param name="name">The full metadata name of the network.</param>
    /// <param name="alike">The names that are not unique without case.</param>
    public static string Prefix(string name, EquatableArray<string> alike) => alike.Contains(name) ? name + "-" + Hash(name) : name;

    /// <summary>FNV-1a over UTF-8: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ value) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
