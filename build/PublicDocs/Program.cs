using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PublicDocs;

// Usage: PublicDocs ASSEMBLY DOCUMENTATION
// Removes from the documentation file what users of the assembly cannot see: the compiler writes internal members too.
(string assembly, string documentation) = (args[0], args[1]);
HashSet<string> visible = VisibleMembers.Of(Load(assembly));
XDocument document = XDocument.Load(documentation, LoadOptions.PreserveWhitespace);
foreach (XElement member in document.Descendants("member").Where(member => !visible.Contains(member.Attribute("name")!.Value)).ToList())
{
    // The line break and the indentation before it go too.
    if (member.PreviousNode is XText indentation)
        indentation.Remove();
    member.Remove();
}

document.Save(documentation, SaveOptions.DisableFormatting);

static IAssemblySymbol Load(string path)
{
    IEnumerable<string> framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
    MetadataReference reference = MetadataReference.CreateFromFile(path);
    var compilation = CSharpCompilation.Create(
        nameof(PublicDocs), references: framework.Select(file => MetadataReference.CreateFromFile(file)).Append(reference));
    return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
}
