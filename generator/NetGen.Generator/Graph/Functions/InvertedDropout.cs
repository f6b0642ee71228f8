using NetGen.Generator.Graph.Kernels;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Functions;

/// <summary>Inverted dropout (Srivastava et al. 2014): a value becomes 0 with the probability <c>rate</c>, and is divided by <c>1 - rate</c> otherwise.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Layer">The position of the layer among the network's layers.</param>
internal sealed record InvertedDropout(double Rate, int Layer) : MaskFunction
{
    public override string Description => Invariant($"dropout {Rate}");

    public override int Layer { get; } = Layer;

    // A unit is dropped when its 32 random bits are below the rate times 2^32.
    private uint Threshold => (uint)Math.Min(uint.MaxValue, Math.Round(Rate * 4294967296.0));

    private string Scale => KernelWriter.Float((float)(1.0 / (1.0 - Rate)));

    public override string Forward(string x, FunctionPlace place) => Invariant($"DropoutMask.Apply({x}, key, {place.Unit}, {Threshold}, {Scale})");

    public override string Gradient(string gradient, FunctionPlace place) => Forward(gradient, place);

    public override string Scaled(string gradient) => $"{gradient} * {Scale}";
}
