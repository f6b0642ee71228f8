using System.Globalization;
using System.Runtime.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>Checks the settings of optimizers.</summary>
internal static class Setting
{
    /// <summary>Checks a setting that must be finite and 0 or more.</summary>
    public static float NotNegative(
        float value, [CallerMemberName] string name = "", string argument = "value")
    {
        if (!(value >= 0 && float.IsFinite(value)))
            throw new ArgumentOutOfRangeException(argument, Invariant($"{name} must be finite and not negative, but got {value}."));
        return value;
    }

    /// <summary>Checks a limit, which must be more than 0 and may be infinite.</summary>
    public static float Positive(float value, [CallerMemberName] string name = "")
    {
        if (!(value > 0))
            throw new ArgumentOutOfRangeException(nameof(value), Invariant($"{name} must be more than 0, but got {value}."));
        return value;
    }

    /// <summary>Checks a setting that must lie in [0, 1).</summary>
    public static float BelowOne(float value, [CallerMemberName] string name = "")
    {
        if (!(value >= 0 && value < 1))
            throw new ArgumentOutOfRangeException(nameof(value), Invariant($"{name} must be at least 0 and less than 1, but got {value}."));
        return value;
    }

    /// <summary>
    /// The double for the decimal number that a float literal shows: 0.999f becomes 0.999, not 0.99900001287. PyTorch's
    /// hyperparameters are such doubles, and 1 − 0.999 would otherwise be wrong in its fifth digit.
    /// </summary>
    public static double AsWritten(float value)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
