using NetGen.Tests.Parity;
using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>The check that users run over an activation of their own.</summary>
[Trait("Category", "Numeric")]
public sealed class ActivationCheckTests
{
    [Fact]
    public void A_right_derivative_passes() => ActivationCheck.Run<Mish>();

    [Fact]
    public void A_kink_passes_with_any_slope_between() => ActivationCheck.Run<Hinge>();

    [Fact]
    public void A_wrong_derivative_is_found_and_the_message_says_where()
    {
        InvalidOperationException found = Assert.Throws<InvalidOperationException>(() => ActivationCheck.Run<WrongSquare>(range: 4));
        Assert.StartsWith("WrongSquare has the derivative -4 at -4, but its values at -4.0078125, -4 and -3.9921875 have the slope -8", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hidden_NaN_is_found()
    {
        InvalidOperationException found = Assert.Throws<InvalidOperationException>(() => ActivationCheck.Run<HidesNaN>());
        Assert.Equal("HidesNaN makes a number of NaN, and would hide that a network has diverged.", found.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void The_range_is_checked(float range) =>
        Assert.Throws<ArgumentOutOfRangeException>("range", () => ActivationCheck.Run<Mish>(range));

    [Fact]
    public void The_tolerance_is_checked() => Assert.Throws<ArgumentOutOfRangeException>("tolerance", () => ActivationCheck.Run<Mish>(tolerance: 0));

    [Fact]
    public void Value_and_derivative_are_those_of_the_formula()
    {
        Assert.Equal(9, ActivationCheck.Value<WrongSquare>(3));
        Assert.Equal(3, ActivationCheck.Derivative<WrongSquare>(3));
    }

    private readonly struct Hinge : IActivation
    {
        public static T Value<T>(T x)
            where T : struct, IFloatVector<T> => T.Max(x - 1f, 0f);

        public static T Derivative<T>(T x)
            where T : struct, IFloatVector<T> => T.Select(T.GreaterThan(x, 1f), 1f, 0f);
    }

    private readonly struct WrongSquare : IActivation
    {
        public static T Value<T>(T x)
            where T : struct, IFloatVector<T> => x * x;

        public static T Derivative<T>(T x)
            where T : struct, IFloatVector<T> => x;
    }

    private readonly struct HidesNaN : IActivation
    {
        public static T Value<T>(T x)
            where T : struct, IFloatVector<T> => T.Select(T.GreaterThan(x, 0f), x, 0f);

        public static T Derivative<T>(T x)
            where T : struct, IFloatVector<T> => T.Select(T.GreaterThan(x, 0f), 1f, 0f);
    }
}
