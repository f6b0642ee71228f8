using System.Globalization;
using System.Text;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emission;

/// <summary>
/// The namespace of the generated code that is no part of the user's class: <c>NetGen.Generated.Samples_Tiny</c> for the network
/// <c>Samples.Tiny</c>.
/// </summary>
internal static class OwnNamespace
{
    /// <summary>The namespace, as it is declared.</summary>
    public static string Of(NetworkModel model)
    {
        string full = string.Join(
            ".", new[] { model.Namespace }.Concat(model.Containers.Items.Select(container => container.Name)).Append(model.Name).OfType<string>());
        string name = full.Replace('.', '_');

        // Two networks must not share a name: A.B and A_B. No identifier begins with a digit, so the hash meets no third one.
        bool isUnique = !full.Contains('_') && model.Containers.Count == 0;
        return "NetGen.Generated." + SourceFile.Escape(isUnique ? name : name + "_0" + Hash(full + ":" + model.Containers.Count.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The namespace from inside the user's class, where only a full name is sure to mean what it says.</summary>
    public static string Full(NetworkModel model) => "global::" + Of(model);

    /// <summary>FNV-1a over UTF-8: the same in every process.</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ value) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
