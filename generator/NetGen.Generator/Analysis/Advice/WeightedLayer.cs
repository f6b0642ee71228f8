using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Analysis.Advice;

/// <summary>What dense layers and convolutions have in common.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Units">Its units or filters.</param>
/// <param name="FanIn">The inputs that one output sums.</param>
/// <param name="FanOut">The outputs that one input reaches.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record WeightedLayer(string Name, int Units, int FanIn, int FanOut, Initialization Weight, Initialization Bias)
{
    /// <summary>The layer as one with weights; null if it has none of that kind.</summary>
    public static WeightedLayer? Of(Layer layer) => layer switch
    {
        DenseLayer dense => new(dense.Name, dense.Units, dense.Input.Length, dense.Units, dense.Weight, dense.Bias),
        ConvolutionLayer convolution => new(
            convolution.Name, convolution.Filters, convolution.FanIn, convolution.FanOut, convolution.Weight, convolution.Bias),
        _ => null,
    };

    /// <summary>The mean of the squares of the weights that it begins with.</summary>
    public double MeanSquareOfWeight => Weight.Kind switch
    {
        InitializerKind.HeNormal or InitializerKind.HeUniform => 2.0 / FanIn,
        InitializerKind.GlorotNormal or InitializerKind.GlorotUniform => 2 / ((double)FanIn + FanOut),
        InitializerKind.LeCunNormal or InitializerKind.LeCunUniform => 1.0 / FanIn,
        InitializerKind.Uniform => Weight.Value * Weight.Value / 3,
        InitializerKind.Normal => Weight.Value * Weight.Value,

        // The rows or the columns, whichever are fewer, are unit vectors with Math.Max(Units, FanIn) values each.
        InitializerKind.Orthogonal => Weight.Value * Weight.Value / Math.Max(Units, FanIn),
        _ => Weight.SameEverywhere is { } value
            ? value * value
            : throw new InvalidOperationException($"The mean square of {Weight.Kind} is not known."),
    };
}
