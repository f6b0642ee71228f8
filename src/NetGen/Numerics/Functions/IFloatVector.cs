namespace NetGen;

/// <summary>
/// A vector of floats, in which a formula is written once for all vector widths: every operation works on each value by itself. The network's
/// code picks the width of the processor; a formula must not depend on it.
/// </summary>
/// <remarks>
/// <para>A number converts to a vector with that number in all lanes, so formulas read as usual: <c>x * T.Sigmoid(1.5f * x)</c>.</para>
/// <para>
/// <c>docs/functions.md</c> has the largest error of each function over all 2³² inputs. All functions are exact at 0, −0 and ±∞, a NaN stays a
/// NaN, and denormal inputs and results are no exception.
/// </para>
/// </remarks>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IFloatVector<TSelf>
    where TSelf : struct, IFloatVector<TSelf>
{
    /// <summary>A number in all lanes.</summary>
    static abstract implicit operator TSelf(float value);

    /// <summary>The sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The quotient.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The value with the other sign.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary><c>left·right + addend</c>, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The smaller value; NaN if either is.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger value; NaN if either is.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>A mask for <see cref="Select"/>: true where <c>left &gt; right</c>; false where either is NaN.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>A mask for <see cref="Select"/>: true where <c>left &lt; right</c>; false where either is NaN.</summary>
    static abstract TSelf LessThan(TSelf left, TSelf right);

    /// <summary><paramref name="whenTrue"/> where the mask is true, otherwise <paramref name="whenFalse"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    /// <summary><c>eˣ</c>, non-decreasing.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary><c>eˣ − 1</c>, with all its digits where x is small.</summary>
    static abstract TSelf Expm1(TSelf x);

    /// <summary>The natural logarithm: −∞ at 0, NaN below.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary><c>1 / (1 + e⁻ˣ)</c>, non-decreasing.</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>The hyperbolic tangent, non-decreasing.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary><c>log(1 + eˣ)</c>, non-decreasing.</summary>
    static abstract TSelf Softplus(TSelf x);

    /// <summary>The error function.</summary>
    static abstract TSelf Erf(TSelf x);
}
