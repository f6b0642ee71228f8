namespace NetGen.Numerics;

/// <summary>What elementary functions and loops need of a vector, beside arithmetic.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IVectorBits<TSelf> : IFloatVector<TSelf>
    where TSelf : struct, IVectorBits<TSelf>
{
    /// <summary>The number of values.</summary>
    static abstract int Count { get; }

    /// <summary>The first values of a span.</summary>
    static abstract TSelf Load(ReadOnlySpan<float> values);

    /// <summary>Stores a vector at the start of a span.</summary>
    static abstract void Store(TSelf value, Span<float> values);

    /// <summary>The larger of a value and a number; a NaN stays a NaN. One instruction, unlike <see cref="IFloatVector{TSelf}.Max"/>.</summary>
    static abstract TSelf AtLeast(TSelf value, float limit);

    /// <summary>The smaller of a value and a number; a NaN stays a NaN. One instruction, unlike <see cref="IFloatVector{TSelf}.Min"/>.</summary>
    static abstract TSelf AtMost(TSelf value, float limit);

    /// <summary>The largest whole number that is not larger.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>2 to the power of a whole number from −126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary><c>value·2ⁿ</c> for whole n from −252 to 254, rounded once.</summary>
    static abstract TSelf Scale(TSelf value, TSelf n);

    /// <summary>The value with the sign of another one.</summary>
    static abstract TSelf CopySign(TSelf value, TSelf sign);

    /// <summary>The value without its last 12 bits, so that its square is exact.</summary>
    static abstract TSelf Truncate(TSelf value);

    /// <summary>Splits positive normal numbers: <c>value = m·2^exponent</c> with m from √½ to √2, which is returned.</summary>
    static abstract TSelf Split(TSelf value, out TSelf exponent);
}
