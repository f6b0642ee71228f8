namespace NetGen.Tests.Training;

/// <summary>Tables of parameters for tests of optimizers, without a network.</summary>
internal static class LayerTable
{
    /// <summary>A table of tensors with PyTorch's shapes, one after the other.</summary>
    public static ParameterTable Of(IEnumerable<(string Name, int[] Shape)> tensors)
    {
        int offset = 0;
        var parameters = new List<ParameterInfo>();
        foreach ((string name, int[] shape) in tensors)
        {
            WeightLayout layout = shape switch
            {
                [int length] => WeightLayout.Vector(length),
                [int units, int inputs] => WeightLayout.Dense(inputs, units),
                [int filters, int channels, int height, int width] => WeightLayout.Convolution(height, width, channels, filters),
                _ => throw new ArgumentException($"{name} has {shape.Length} dimensions.", nameof(tensors)),
            };
            parameters.Add(new ParameterInfo(name, offset, layout, Initializer.Zeros, 1, 1));
            offset += layout.Length;
        }

        return new ParameterTable("Layers", offset, [.. parameters]);
    }
}
