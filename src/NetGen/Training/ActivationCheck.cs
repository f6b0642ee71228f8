using System.Globalization;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Checks an activation of your own, in a test: <c>ActivationCheck.Run&lt;Mish&gt;();</c></summary>
public static class ActivationCheck
{
    /// <summary>Half the distance of the two values of a difference: a power of two, so that inputs stay exact.</summary>
    private const float Step = 1 / 128f;

    /// <summary>From this difference of the slopes on both sides on, the function has a kink between.</summary>
    private const double Kink = 0.05;

    /// <summary>
    /// Compares the derivative with differences of the function, at 1,025 inputs from −<paramref name="range"/> to <paramref name="range"/>; at a kink it may be any slope
    /// between those on both sides. Also checks that all vector widths give the same values, up to <paramref name="tolerance"/>, and that a NaN stays a NaN.
    /// </summary>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <param name="range">The largest input, positive.</param>
    /// <param name="tolerance">
    /// How much the derivative may be off, in parts of itself, or absolutely where it is below 1. The default leaves room for the rounding errors of the differences.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The range or the tolerance is not a positive number.</exception>
    /// <exception cref="InvalidOperationException">A check failed; the message says where, and what the numbers are.</exception>
    public static void Run<TActivation>(float range = 8, double tolerance = 2e-3)
        where TActivation : struct, IActivation
    {
        if (!(range > 0) || !float.IsFinite(range))
            throw new ArgumentOutOfRangeException(nameof(range), range, "The range must be a positive number.");
        if (!(tolerance > 0))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be positive.");
        for (int i = -512; i <= 512; i++)
            CheckAt<TActivation>(range * i / 512, tolerance);
        if (!float.IsNaN(Value<TActivation>(float.NaN)))
            throw new InvalidOperationException($"{typeof(TActivation).Name} makes a number of NaN, and would hide that a network has diverged.");
    }

    /// <summary>The value of an activation for one number.</summary>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <param name="x">The number.</param>
    public static float Value<TActivation>(float x)
        where TActivation : struct, IActivation => Simd128.Activation<TActivation>(Vector128.Create(x))[0];

    /// <summary>The derivative of an activation for one number, as the activation computes it.</summary>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <param name="x">The number.</param>
    public static float Derivative<TActivation>(float x)
        where TActivation : struct, IActivation => Simd128.ActivationDerivative<TActivation>(Vector128.Create(x))[0];

    private static void CheckAt<TActivation>(float x, double tolerance)
        where TActivation : struct, IActivation
    {
        float value = Value<TActivation>(x), derivative = Derivative<TActivation>(x);
        RequireEqual<TActivation>("function", x, value, Simd256.Activation<TActivation>(Vector256.Create(x))[7], tolerance);
        RequireEqual<TActivation>("function", x, value, Simd512.Activation<TActivation>(Vector512.Create(x))[15], tolerance);
        RequireEqual<TActivation>("derivative", x, derivative, Simd256.ActivationDerivative<TActivation>(Vector256.Create(x))[7], tolerance);
        RequireEqual<TActivation>("derivative", x, derivative, Simd512.ActivationDerivative<TActivation>(Vector512.Create(x))[15], tolerance);

        // For large x the sum may be rounded: the slopes are divided by the distances that the floats really have.
        float above = x + Step, below = x - Step;
        double right = ((double)Value<TActivation>(above) - value) / ((double)above - x);
        double left = ((double)value - Value<TActivation>(below)) / ((double)x - below);
        double slope = (left + right) / 2, bend = Math.Abs(right - left);
        double allowed = (tolerance * Math.Max(1, Math.Abs(slope))) + (bend > Kink ? bend / 2 : 0);
        if (!(Math.Abs(derivative - slope) <= allowed))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{typeof(TActivation).Name} has the derivative {derivative} at {x}, but its values at {below}, {x} and {above} have the slope {slope:G6}."));
        }
    }

    private static void RequireEqual<TActivation>(string what, float x, float narrow, float wide, double tolerance)
    {
        if (!(Math.Abs((double)narrow - wide) <= tolerance * Math.Max(1, Math.Abs(narrow))) && !narrow.Equals(wide))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {what} of {typeof(TActivation).Name} at {x} is {narrow} with 128 bits, but {wide} with more; it must not depend on the width."));
        }
    }
}
