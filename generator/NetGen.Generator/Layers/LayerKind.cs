using System.Collections.Concurrent;
using System.Reflection;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>The role of a layer in the network: it decides the initializer of weights before it.</summary>
internal enum LayerRole
{
    /// <summary>No weights and no activation: pooling, shape, dropout, normalisation, joins.</summary>
    Neutral,

    /// <summary>A layer with weights.</summary>
    Weighted,

    /// <summary>An activation of the ReLU family; weights before it are initialised as in He et al. 2015.</summary>
    Rectifier,

    /// <summary>SELU; weights before it are initialised as in LeCun et al. 1998, because it keeps a variance of 1 by itself.</summary>
    SelfNormalizing,

    /// <summary>Any other activation; weights before it are initialised as in Glorot and Bengio 2010.</summary>
    Activation,

    /// <summary>An activation that can only be the last layer.</summary>
    Head,
}

/// <summary>
/// A kind of layer: how its attribute becomes a layer of the model. To add a kind, derive a class from this one; it is found by reflection,
/// in the generator and in the assemblies given to <see cref="AddAll"/>.
/// </summary>
internal abstract class LayerKind
{
    private static readonly ConcurrentDictionary<string, LayerKind> ByAttribute = new(StringComparer.Ordinal);

    static LayerKind() => AddAll(typeof(LayerKind).Assembly);

    /// <summary>The name of the attribute without the suffix: <c>Conv2D</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What layers without a name are called, before the counter: <c>conv</c>.</summary>
    public abstract string Stem { get; }

    /// <summary>The assembly that has the attribute. A type of that name in another assembly is no layer.</summary>
    public virtual string AttributeAssembly => "NetGen";

    /// <summary>The role of the layer.</summary>
    public virtual LayerRole Role => LayerRole.Neutral;

    /// <summary>The loss of a network that ends in this layer, if the layer decides it; null if it is that of a regression.</summary>
    public virtual LossKind? Loss => null;

    /// <summary>
    /// Checks the arguments, then the shapes as far as they are known; null when an error was reported or the input is unknown.
    /// </summary>
    public abstract Layer? Read(LayerReader reader);

    /// <summary>All kinds, ordered by name.</summary>
    public static IEnumerable<LayerKind> All => ByAttribute.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The kind that an attribute class of that name stands for; null if it is no layer.</summary>
    public static LayerKind? ForAttribute(string attributeClass) =>
        ByAttribute.TryGetValue(attributeClass, out LayerKind? kind) ? kind : null;

    /// <summary>Adds the kinds of an assembly: those of the generator itself, and those that tests have beside them.</summary>
    /// <exception cref="InvalidOperationException">Two kinds have the same name.</exception>
    public static void AddAll(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(type => !type.IsAbstract && typeof(LayerKind).IsAssignableFrom(type)))
        {
            var kind = (LayerKind)Activator.CreateInstance(type);
            if (ByAttribute.GetOrAdd(kind.Name + "Attribute", kind) != kind)
                throw new InvalidOperationException($"There are two kinds of layers with the name {kind.Name}: {ByAttribute[kind.Name + "Attribute"].GetType()} and {type}.");
        }
    }
}
