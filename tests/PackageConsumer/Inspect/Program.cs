using System.IO.Compression;
using System.Runtime.Loader;
using Inspect;

// Usage: Inspect PACKAGE. Looks into the library in the package, for each of its target frameworks, and prints what is wrong.
List<string> faults = [];
using ZipArchive package = ZipFile.OpenRead(args[0]);
ZipArchiveEntry[] libraries = [.. package.Entries.Where(entry => entry.Name == "NetGen.dll" && entry.FullName.StartsWith("lib/"))];
if (libraries.Length != 2)
    faults.Add($"expected the library for two target frameworks, but got {libraries.Length}");

foreach (ZipArchiveEntry library in libraries)
{
    using MemoryStream assembly = Read(library);
    using MemoryStream documentation = Read(package.GetEntry(Path.ChangeExtension(library.FullName, ".xml"))
        ?? throw new InvalidDataException($"{library.FullName} has no documentation file"));

    string[] found = [.. Symbols.Faults(assembly.ToArray()), .. Documentation.Faults(Load(assembly), documentation)];
    Console.WriteLine($"{library.FullName}: {found.Length} faults");
    faults.AddRange(found.Select(fault => $"{library.FullName}: {fault}"));
}

faults.ForEach(Console.WriteLine);
return faults.Count == 0 ? 0 : 1;

static MemoryStream Read(ZipArchiveEntry entry)
{
    var copy = new MemoryStream();
    using Stream stream = entry.Open();
    stream.CopyTo(copy);
    copy.Position = 0;
    return copy;
}

static System.Reflection.Assembly Load(Stream assembly)
{
    assembly.Position = 0;
    return new AssemblyLoadContext(null).LoadFromStream(assembly);
}
