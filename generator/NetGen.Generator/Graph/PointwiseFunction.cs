using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph;

/// <summary>What the derivative of a pointwise function is computed from, beside the gradient itself.</summary>
internal enum DerivativeNeed
{
    /// <summary>It is the same everywhere.</summary>
    Nothing,

    /// <summary>What the function gave.</summary>
    Output,

    /// <summary>What the function was given.</summary>
    Input,

    /// <summary>A mask, which is drawn again.</summary>
    Mask,
}

/// <summary>
/// A function of one value at a time, written once as an expression over a vector, with its derivative beside it. It is a kernel's epilogue
/// where <see cref="Fusion"/> allows it, and otherwise an operation of its own.
/// </summary>
internal abstract record PointwiseFunction
{
    /// <summary>The function in words, for comments: <c>ReLU</c>.</summary>
    public abstract string Description { get; }

    /// <summary>What the derivative is computed from.</summary>
    public abstract DerivativeNeed Need { get; }

    /// <summary>Whether a larger input never gives a smaller output, for every value of the parameters: then it commutes with max-pooling.</summary>
    public virtual bool IsNonDecreasing => false;

    /// <summary>Whether <c>f(s·x) = s·f(x)</c> for every <c>s &gt; 0</c>: then it commutes with dropout, and its derivative does not see a scale.</summary>
    public virtual bool CommutesWithPositiveFactor => false;

    /// <summary>Whether the derivative is 0 wherever the output is 0, as it is where dropout dropped: then no mask is needed behind it.</summary>
    public virtual bool HasZeroDerivativeAtZero => false;

    /// <summary>Whether <c>f(f(x)) = f(x)</c>.</summary>
    public virtual bool IsIdempotent => false;

    /// <summary>A tensor of the same shape that the function also reads; null for a function of one value.</summary>
    public virtual View? Operand => null;

    /// <summary>The arrays of one value a channel that the function reads; most functions read none.</summary>
    public virtual IReadOnlyList<ChannelValues> Channels => [];

    /// <summary>Whether a gradient is computed from the operand's values.</summary>
    public virtual bool KeepsOperand => Operand is not null;

    /// <summary>The function as an expression that can be an operand: in parentheses unless it is a call.</summary>
    /// <param name="x">The vector of its inputs, such an expression, too.</param>
    /// <param name="place">What else there is where the expression stands.</param>
    public abstract string Forward(string x, FunctionPlace place);

    /// <summary>The gradient with respect to the input, as an expression.</summary>
    /// <param name="gradient">The gradient with respect to the output: a call, a name or a product.</param>
    /// <param name="place">What else there is where the expression stands.</param>
    public abstract string Gradient(string gradient, FunctionPlace place);

    /// <summary>The gradient with respect to the operand, as an expression; most functions have none.</summary>
    public virtual string OperandGradient(string gradient, FunctionPlace place) =>
        throw new InvalidOperationException($"No gradient is known for the operand of the function {GetType().Name}.");
}

/// <summary>One value a channel, the same for all pixels of all samples.</summary>
/// <param name="Name">What it is to the function: <c>scale</c>.</param>
/// <param name="Operand">Where it lies.</param>
/// <param name="InGradient">Whether the gradient with respect to the function's input is computed from it.</param>
internal sealed record ChannelValues(string Name, Operand Operand, bool InGradient);

/// <summary>A function with a mask: it must know which unit of which sample a value belongs to.</summary>
internal abstract record MaskFunction : PointwiseFunction
{
    public sealed override DerivativeNeed Need => DerivativeNeed.Mask;

    /// <summary>The position of the layer among the network's layers, one of the coordinates of the mask.</summary>
    public abstract int Layer { get; }

    /// <summary>The gradient where dropped values are known to have a gradient of 0 already.</summary>
    public abstract string Scaled(string gradient);
}

/// <summary>What an expression of a function can refer to at the place where it stands.</summary>
internal readonly record struct FunctionPlace
{
    /// <summary>The position of the vector's first value among the values of a sample.</summary>
    public string Unit { get; init; }

    /// <summary>The stored output of the function, or of a mask behind it.</summary>
    public string Output { get; init; }

    /// <summary>The input of the function.</summary>
    public string Input { get; init; }

    /// <summary>Loads the operand of a function.</summary>
    public Func<PointwiseFunction, string>? Operand { get; init; }

    /// <summary>Loads one of the values a channel of a function, by its name.</summary>
    public Func<PointwiseFunction, string, string>? Channel { get; init; }
}
