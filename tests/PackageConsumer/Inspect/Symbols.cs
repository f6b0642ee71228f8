using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Inspect;

/// <summary>What a debugger needs inside of an assembly: symbols, and the text of every source file.</summary>
internal static class Symbols
{
    /// <summary>Of the Portable PDB specification: "Embedded Source".</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static IEnumerable<string> Faults(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        DebugDirectoryEntry entry = file.ReadDebugDirectory().SingleOrDefault(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        if (entry.DataSize == 0)
            return ["the assembly has no symbols inside"];

        using MetadataReaderProvider provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        MetadataReader reader = provider.GetMetadataReader();
        return [.. reader.Documents.SelectMany(document => Faults(reader, document))];
    }

    private static IEnumerable<string> Faults(MetadataReader reader, DocumentHandle document)
    {
        string path = reader.GetString(reader.GetDocument(document).Name);
        bool hasSource = reader.GetCustomDebugInformation(document)
            .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);
        if (!hasSource)
            yield return $"the source of {path} is not inside";
        if (!path.StartsWith("/_/", StringComparison.Ordinal))
            yield return $"{path} is a path of the machine that built the assembly";
    }
}
