using System.Reflection;
using System.Xml.Linq;

namespace Inspect;

/// <summary>A documentation file beside its assembly: all that users see, and nothing else.</summary>
internal static class Documentation
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Faults(Assembly assembly, Stream file)
    {
        // Overloads are told apart by their parameters, which stand in brackets or, for conversions, end with the result.
        string[] documented = [.. XDocument.Load(file).Descendants("member")
            .Select(member => member.Attribute("name")!.Value)
            .Select(name => name.Split('(', '~')[0])
            .Distinct()];
        HashSet<string> visible = [.. assembly.GetExportedTypes().SelectMany(Names)];
        return documented.Except(visible).Select(name => $"{name} is documented, but nobody sees it")
            .Concat(visible.Where(name => name.StartsWith("T:", StringComparison.Ordinal)).Except(documented).Select(name => $"{name} is not documented"));
    }

    private static IEnumerable<string> Names(Type type)
    {
        string owner = type.FullName!.Replace('+', '.');
        yield return $"T:{owner}";
        foreach (MemberInfo member in type.GetMembers(All).Where(IsVisible))
        {
            string name = $"{owner}.{member.Name.Replace('.', '#')}";
            yield return member switch
            {
                FieldInfo => $"F:{name}",
                PropertyInfo => $"P:{name}",
                EventInfo => $"E:{name}",
                MethodInfo { IsGenericMethodDefinition: true } method => $"M:{name}``{method.GetGenericArguments().Length}",
                MethodBase => $"M:{name}",
                _ => $"T:{name}",
            };
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod!),
        Type type => type.IsVisible,
        _ => false,
    };
}
