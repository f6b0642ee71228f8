using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Memory;

/// <summary>One tensor's place in the parameter arena.</summary>
/// <param name="Layer">The layer that owns it.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Offset">Its first float.</param>
internal sealed record PlacedParameter(Layer Layer, ParameterModel Tensor, int Offset)
{
    /// <summary><c>conv1.weight</c>.</summary>
    public string FullName => Layer.Name + "." + Tensor.Name;

    /// <summary><c>Conv1Weight</c>.</summary>
    public string Identifier => ParameterNames.View(Layer.Name, Tensor.Name);
}

/// <summary>
/// The parameter arena. The trained tensors come first, so that an optimizer steps one run of memory, then the frozen ones, then statistics.
/// Of the trained ones, the weights whose gradients are computed over the whole batch come last, so that the others, which every shard of a
/// batch sums for itself, are one run, too. Of each group, tensors of whole cache lines come first, so that they begin on one.
/// </summary>
internal sealed class ParameterPlan
{
    private const int CacheLine = 16;

    private readonly Dictionary<string, PlacedParameter> _byName = new(StringComparer.Ordinal);

    public ParameterPlan(NetworkModel model, ISet<string> wholeBatch)
    {
        (Layer Layer, ParameterModel Tensor)[] all =
            [.. from layer in model.Layers.Items from tensor in layer.Parameters.Items select (layer, tensor)];
        int offset = 0;
        foreach ((Layer layer, ParameterModel tensor) in all
            .OrderBy(p => p.Tensor.Role)
            .ThenBy(p => wholeBatch.Contains(p.Layer.Name + "." + p.Tensor.Name))
            .ThenBy(p => p.Tensor.Length % CacheLine != 0))
        {
            PlacedParameter placed = new(layer, tensor, offset);
            _byName.Add(placed.FullName, placed);
            offset += tensor.Length;
            if (tensor.Role != ParameterRole.Trained)
                continue;
            TrainedCount = offset;
            if (!wholeBatch.Contains(placed.FullName))
                ShardedCount = offset;
        }

        Count = offset;
        Parameters = [.. all.Select(p => _byName[p.Layer.Name + "." + p.Tensor.Name])];
    }

    /// <summary>The floats of all tensors.</summary>
    public int Count { get; }

    /// <summary>The floats, from the start, that optimizers change.</summary>
    public int TrainedCount { get; }

    /// <summary>The floats, from the start, whose gradients every shard sums for itself.</summary>
    public int ShardedCount { get; }

    /// <summary>The tensors in the order of the declaration.</summary>
    public IReadOnlyList<PlacedParameter> Parameters { get; }

    public PlacedParameter this[string fullName] => _byName[fullName];
}
