namespace NetGen.Tests.Training;

/// <summary>Tables of parameters for tests of optimizers, without a network.</summary>
internal static class LayerTable
{
    /// <summary>
    /// A convolution, a normalisation whose statistics come after all other parameters, a dense layer after a flattened image, a frozen dense
    /// layer, and a dense layer of more than one panel.
    /// </summary>
    public static ParameterTable Mixed { get; } = Of(
        ("conv1.weight", WeightLayout.Convolution(3, 2, 3, 35), ParameterRole.Trained),
        ("conv1.bias", WeightLayout.Vector(35), ParameterRole.Trained),
        ("norm1.weight", WeightLayout.Vector(35), ParameterRole.Trained),
        ("norm1.bias", WeightLayout.Vector(35), ParameterRole.Trained),
        ("norm1.running_mean", WeightLayout.Vector(35), ParameterRole.Statistic),
        ("dense1.weight", WeightLayout.DenseAfterFlatten(2, 3, 35, 7), ParameterRole.Trained),
        ("dense1.bias", WeightLayout.Vector(7), ParameterRole.Trained),
        ("dense2.weight", WeightLayout.Dense(7, 5), ParameterRole.Frozen),
        ("dense2.bias", WeightLayout.Vector(5), ParameterRole.Frozen),
        ("dense3.weight", WeightLayout.Dense(250, 70), ParameterRole.Trained),
        ("dense3.bias", WeightLayout.Vector(70), ParameterRole.Trained));

    /// <summary>A table of trained tensors with PyTorch's shapes.</summary>
    public static ParameterTable Of(IEnumerable<(string Name, int[] Shape)> tensors) => Of(
    [
        .. tensors.Select(tensor => (tensor.Name, tensor.Shape switch
        {
            [int length] => WeightLayout.Vector(length),
            [int units, int inputs] => WeightLayout.Dense(inputs, units),
            [int filters, int channels, int height, int width] => WeightLayout.Convolution(height, width, channels, filters),
            _ => throw new ArgumentException($"{tensor.Name} has {tensor.Shape.Length} dimensions.", nameof(tensors)),
        }, ParameterRole.Trained)),
    ]);

    private static ParameterTable Of(params (string Name, WeightLayout Layout, ParameterRole Role)[] tensors)
    {
        int offset = 0;
        var offsets = new Dictionary<string, int>();
        foreach ((string name, WeightLayout layout, _) in tensors.OrderBy(tensor => tensor.Role))
        {
            offsets.Add(name, offset);
            offset += layout.Length;
        }

        return new ParameterTable(
            "Layers", offset,
            [.. tensors.Select(tensor => new ParameterInfo(tensor.Name, offsets[tensor.Name], tensor.Layout, Initializer.HeUniform, 10, 10) { Role = tensor.Role })]);
    }
}
