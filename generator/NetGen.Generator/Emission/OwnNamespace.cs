using System.Text;
using NetGen.Generator.Model;
using NetGen.Generator.Text;

namespace NetGen.Generator.Emission;

/// <summary>
/// The namespace of the generated code that is no part of the user's class: <c>NetGen__Generated.Samples_Tiny</c> for the network
/// <c>Samples.Tiny</c>. C# leaves identifiers with two underscores side by side to tools like this one, so nobody else writes there.
/// </summary>
internal static class OwnNamespace
{
    private const string Root = "NetGen__Generated";

    /// <summary>The namespace, as it is declared.</summary>
    public static string Of(NetworkModel model) => Root + "." + Identifiers.Escape(Leaf(model));

    /// <summary>The namespace from inside the user's class, where only a full name is sure to mean what it says.</summary>
    public static string Full(NetworkModel model) => "global::" + Of(model);

    /// <summary>
    /// The full name of the network as one identifier that no other network has: <c>_</c> for a dot and <c>_0</c> for an underscore, which
    /// cannot be mixed up because no identifier begins with a digit.
    /// </summary>
    private static string Leaf(NetworkModel model)
    {
        StringBuilder leaf = new();
        if (model.Namespace is not null)
            Append(model.Namespace);
        foreach (TypeHeader container in model.Containers)
            Append(container.Name);
        Append(model.Name);
        return leaf.ToString();

        void Append(string name)
        {
            if (leaf.Length > 0)
                leaf.Append('_');
            leaf.Append(name.Replace("_", "_0").Replace('.', '_'));
        }
    }
}
