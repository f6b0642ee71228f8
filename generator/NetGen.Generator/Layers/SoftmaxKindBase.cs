using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads a head for one class out of several: it needs two values at least.</summary>
internal abstract class SoftmaxKindBase : LayerKind
{
    public sealed override LayerRole Role => LayerRole.Head;

    public sealed override LossKind? Loss => LossKind.CrossEntropy;

    /// <summary>What the softmax of a single value is, and what follows from it.</summary>
    protected abstract string OfOneValue { get; }

    public sealed override Layer? Read(LayerReader reader)
    {
        reader.OutputDespiteFaults = reader.Input;
        if (!reader.RequireFlat(out Shape? input))
            return null;
        if (input.Length > 1)
            return Create(reader.Name, input);
        reader.Fail(
            LayerFault.SoftmaxOfOne,
            null,
            $"has one input, and the softmax of one value is {OfOneValue}; use [Dense(2), {Name}] for two classes, or leave {Name} out for a regression");
        return null;
    }

    /// <summary>The layer.</summary>
    protected abstract Layer Create(string name, Shape input);
}
