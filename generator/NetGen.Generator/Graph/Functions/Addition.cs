namespace NetGen.Generator.Graph.Functions;

/// <summary>The sum with a second tensor of the same shape: <c>x + other</c>. Both get the gradient as it is.</summary>
/// <param name="Other">The second tensor.</param>
internal sealed record Addition(View Other) : PointwiseFunction
{
    public override string Description => $"plus {Other.Tensor.Name}";

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override bool IsNonDecreasing => true;

    public override View? Operand => Other;

    public override bool KeepsOperand => false;

    public override string Forward(string x, FunctionPlace place) => $"{x} + {place.Operand!(this)}";

    public override string Gradient(string gradient, FunctionPlace place) => gradient;

    public override string OperandGradient(string gradient, FunctionPlace place) => gradient;
}
