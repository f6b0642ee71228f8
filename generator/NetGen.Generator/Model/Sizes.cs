namespace NetGen.Generator.Model;

/// <summary>Saturating arithmetic on numbers of values: a result that is too large stays too large, and never wraps.</summary>
internal static class Sizes
{
    /// <summary>The most values that a block of memory in a generated network has: the longest array of .NET.</summary>
    public const int Limit = 0x7FFFFFC7;

    /// <summary>The product of factors that are not negative, at most <see cref="long.MaxValue"/>.</summary>
    public static long Product(params ReadOnlySpan<long> factors)
    {
        long product = 1;
        foreach (long factor in factors)
        {
            if (factor == 0)
                return 0;
            product = product > long.MaxValue / factor ? long.MaxValue : product * factor;
        }

        return product;
    }

    /// <summary>The sum of two numbers that are not negative, at most <see cref="long.MaxValue"/>.</summary>
    public static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
