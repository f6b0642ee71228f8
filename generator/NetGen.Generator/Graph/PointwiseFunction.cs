using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph;

/// <summary>What the derivative of a pointwise function is computed from.</summary>
internal enum DerivativeNeed
{
    /// <summary>Nothing: the derivative is constant.</summary>
    Nothing,

    /// <summary>The output of the function.</summary>
    Output,

    /// <summary>The input of the function.</summary>
    Input,

    /// <summary>A mask, which backward computes again.</summary>
    Mask,
}

/// <summary>
/// A function that is applied to each value by itself, such as an activation: an expression over a vector, with its derivative. It is
/// fused into the epilogue of a kernel where <see cref="Fusion"/> allows it, and otherwise is an operation of its own.
/// </summary>
internal abstract record PointwiseFunction
{
    /// <summary>The function in words, for comments: <c>ReLU</c>.</summary>
    public abstract string Description { get; }

    /// <summary>What the derivative is computed from.</summary>
    public abstract DerivativeNeed Need { get; }

    /// <summary>Whether the function is non-decreasing for every value of its parameters: then it commutes with max-pooling.</summary>
    public virtual bool IsNonDecreasing => false;

    /// <summary>
    /// Whether <c>f(s·x) = s·f(x)</c> for every <c>s &gt; 0</c>: then it commutes with dropout, and its derivative does not depend on the
    /// scale of x.
    /// </summary>
    public virtual bool CommutesWithPositiveFactor => false;

    /// <summary>Whether the derivative is 0 wherever the output is 0, as dropped values are: then backward needs no mask of a dropout after it.</summary>
    public virtual bool HasZeroDerivativeAtZero => false;

    /// <summary>
    /// Whether <see cref="Gradient"/>, where it needs the output, gives the same with the input in its place, as it does if it reads only the sign.
    /// </summary>
    public virtual bool InputServesAsOutput => false;

    /// <summary>
    /// Whether output and derivative are 0 wherever the input is not positive: then a unit can be dead, which is never positive and learns nothing more.
    /// </summary>
    public virtual bool CanDie => false;

    /// <summary>
    /// Whether the code is too long to be repeated for every vector of a tile, as that of an exponential function is. Then it is applied in a loop over
    /// the stored tile, which is still in the L1 cache.
    /// </summary>
    public virtual bool IsLong => false;

    /// <summary>Whether <c>f(f(x)) = f(x)</c>.</summary>
    public virtual bool IsIdempotent => false;

    /// <summary>A tensor of the same shape that the function also reads; null for a function of one value.</summary>
    public virtual View? Operand => null;

    /// <summary>The arrays with one value for each channel that the function reads; most functions read none.</summary>
    public virtual IReadOnlyList<ChannelValues> Channels => [];

    /// <summary>Whether backward computes a gradient from the values of the operand.</summary>
    public virtual bool KeepsOperand => Operand is not null;

    /// <summary>The function as a C# expression: a call, or in parentheses, so that it can be an operand of another expression.</summary>
    /// <param name="x">An expression of this form, for the vector of inputs.</param>
    /// <param name="place">The variables that the expression can use in its kernel.</param>
    public abstract string Forward(string x, FunctionPlace place);

    /// <summary>The gradient with respect to the input, as an expression.</summary>
    /// <param name="gradient">The gradient with respect to the output: a call, a name or a product.</param>
    /// <param name="place">The variables that the expression can use in its kernel.</param>
    public abstract string Gradient(string gradient, FunctionPlace place);

    /// <summary>The gradient with respect to the operand, as an expression; most functions have none.</summary>
    public virtual string OperandGradient(string gradient, FunctionPlace place) =>
        throw new InvalidOperationException($"No gradient is known for the operand of the function {GetType().Name}.");
}

/// <summary>An array with one value for each channel, the same for all pixels of all samples.</summary>
/// <param name="Name">The function's name for it: <c>scale</c>.</param>
/// <param name="Operand">Where it lies.</param>
/// <param name="InGradient">Whether the gradient with respect to the function's input is computed from it.</param>
internal sealed record ChannelValues(string Name, Operand Operand, bool InGradient);

/// <summary>A random function, such as dropout: it depends on the unit and the sample of a value, and backward computes it again.</summary>
/// <param name="Rate">The rate, in (0, 1).</param>
/// <param name="Layer">The position of the layer in the network, on which the mask depends.</param>
internal abstract record MaskFunction(double Rate, int Layer) : PointwiseFunction
{
    public sealed override DerivativeNeed Need => DerivativeNeed.Mask;

    /// <summary>
    /// Whether the function multiplies each value by 0 or by a positive factor, the same for all values that are kept. Otherwise its result does not
    /// show the sign of its input, nor by a 0 that a value was dropped.
    /// </summary>
    public virtual bool DropsToZero => true;

    /// <summary>The gradient without the mask, only scaled, if <see cref="DropsToZero"/>: for a gradient that becomes 0 at dropped values anyway.</summary>
    public virtual string Scaled(string gradient) => throw new InvalidOperationException($"{GetType().Name} does not drop to 0.");

    /// <summary>In generated code: a unit is dropped when its 32 random bits are below this, the rate times 2^32.</summary>
    protected uint Threshold => (uint)Math.Min(uint.MaxValue, Math.Round(Rate * 4294967296.0));

    /// <summary>In generated code: the factor of kept values in inverted dropout.</summary>
    protected string Scale => KernelWriter.Float((float)(1.0 / (1.0 - Rate)));
}

/// <summary>The variables that the expression of a function can use, by their names in the kernel around it.</summary>
internal readonly record struct FunctionPlace
{
    /// <summary>The position of the vector's first value among the values of a sample.</summary>
    public string Unit { get; init; }

    /// <summary>The stored output of the function, or of a mask after it.</summary>
    public string Output { get; init; }

    /// <summary>The input of the function.</summary>
    public string Input { get; init; }

    /// <summary>Loads the operand of a function.</summary>
    public Func<PointwiseFunction, string>? Operand { get; init; }

    /// <summary>Loads a vector from one of the function's <see cref="PointwiseFunction.Channels"/>, by its name.</summary>
    public Func<PointwiseFunction, string, string>? Channel { get; init; }
}
