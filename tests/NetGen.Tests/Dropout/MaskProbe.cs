using System.Reflection;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>
/// Reads the factors of dropout (0 where a value is dropped, 1/(1 - rate) where it is kept) out of the outputs of a training pass,
/// by weights that let them through. As a mask depends on the seed and the step alone, the same factors act on any other
/// weights in the same step of another pass with the same seed.
/// </summary>
internal static class MaskProbe
{
    /// <summary>Lets every layer with weights give 1 everywhere.</summary>
    public static void GiveOnes(AnyNetwork network, string layer)
    {
        network.Fill(layer + ".weight", 0);
        network.Fill(layer + ".bias", 1);
    }

    /// <summary>Lets a dense layer pass on its inputs, moved by some places, in the order in which they are stored.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Name of the dense layer, which has as many units as inputs.</param>
    /// <param name="flattened">The shape before Flatten, if there is one right before.</param>
    /// <param name="shift">Unit n gives input (n + shift) modulo their number.</param>
    public static void PassOn(AnyNetwork network, string layer, ReferenceShape? flattened = null, int shift = 0)
    {
        ParameterInfo weight = network.Table[layer + ".weight"];
        int width = weight.Shape[0];
        Assert.Equal(width, weight.Shape[1]);
        int[] columns = (flattened ?? new ReferenceShape(1, 1, width)).TorchColumns();
        float[] values = new float[width * width];
        for (int n = 0; n < width; n++) values[(n * width) + columns[(n + shift) % width]] = 1;
        network.Set(weight.Name, values);
        network.Fill(layer + ".bias", 0);
    }

    /// <summary>Lets a convolution pass on what lies under one place of its kernel.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Name of the convolution.</param>
    /// <param name="row">Row in the kernel.</param>
    /// <param name="column">Column in the kernel.</param>
    /// <param name="channel">Which channel each filter passes on.</param>
    public static void PassOn(AnyNetwork network, string layer, int row, int column, Func<int, int> channel)
    {
        ParameterInfo weight = network.Table[layer + ".weight"];
        float[] values = new float[weight.Length];
        var view = new ParameterView(weight with { Offset = 0 }, values);
        for (int n = 0; n < weight.Shape[0]; n++) view[n, channel(n), row, column] = 1;
        network.Set(weight.Name, view.ToArray());
        network.Fill(layer + ".bias", 0);
    }

    /// <summary>The outputs of the first step of a new pass, sample by sample.</summary>
    public static float[][] FirstOutputs(AnyNetwork network, float[] inputs, ulong seed)
    {
        ITrainingPass pass = network.BeginTraining(inputs.Length / network.InputLength, seed);
        return Outputs(network, pass, inputs);
    }

    /// <summary>The outputs of the next step of a pass, sample by sample.</summary>
    public static float[][] Outputs(AnyNetwork network, ITrainingPass pass, float[] inputs)
    {
        int samples = inputs.Length / network.InputLength;
        pass.Forward(inputs, new float[samples * network.OutputLength]);
        return [.. pass.Outputs.ToArray().Chunk(network.OutputLength)];
    }

    /// <summary>
    /// The factors of a network of <see cref="DropoutNetworks.OnePlace"/>. Several dropouts in that place count as one.
    /// </summary>
    public static double[][] OnePlace(AnyNetwork network, int batch, ulong seed)
    {
        LayerAttribute[] layers = [.. network.Type.GetCustomAttributes<LayerAttribute>()];
        bool onHead = layers[^1] is DropoutAttribute;
        string last = network.Table.Parameters[^1].Name[..^".bias".Length];
        foreach (ParameterInfo parameter in network.Table.Parameters)
            if (parameter.Name.EndsWith(".bias", StringComparison.Ordinal))
                GiveOnes(network, parameter.Name[..^".bias".Length]);
        if (!onHead) PassOn(network, last, ReferenceNetwork.Of(network).FlattenedShape);

        float[] ones = new float[batch * network.InputLength];
        ones.AsSpan().Fill(1);
        double scale = 1;
        foreach (DropoutAttribute dropout in layers.OfType<DropoutAttribute>()) scale /= 1 - dropout.Rate;
        return Factors(FirstOutputs(network, ones, seed), scale);
    }

    /// <summary>Checks that every value is 0 or the scale, and takes it exactly.</summary>
    public static double[][] Factors(float[][] values, double scale) =>
        [.. values.Select(row => row.Select(value => Factor(value, scale)).ToArray())];

    public static double Factor(float value, double scale)
    {
        if (value == 0) return 0;
        Assert.True(
            Math.Abs(value - scale) <= 2e-7 * scale,
            FormattableString.Invariant($"A kept 1 became {value}, expected {scale}"));
        return scale;
    }
}
