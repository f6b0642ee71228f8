using System.Text;
using NetGen.Generator.Model;
using NetGen.Generator.Text;

namespace NetGen.Generator.Emission;

/// <summary>
/// The namespace of the generated code that is no part of the user's class: <c>NetGen__Generated.Samples_Tiny</c> for the network
/// <c>Samples.Tiny</c>. C# reserves identifiers with two consecutive underscores for tools like this one, so user code does not use them.
/// </summary>
internal static class OwnNamespace
{
    private const string Root = "NetGen__Generated";

    /// <summary>The namespace, as it is declared.</summary>
    public static string Of(NetworkModel model) => Root + "." + Identifiers.Escape(Leaf(model));

    /// <summary>The namespace as the user's class refers to it: by its full name, because names there could mean something of the user's.</summary>
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
