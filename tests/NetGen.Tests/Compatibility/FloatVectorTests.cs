using System.Reflection;
using Xunit;

namespace NetGen.Tests.Compatibility;

/// <summary>
/// Activations that users compiled against an older library of this major version call members of <see cref="IFloatVector{TSelf}"/> by name and
/// parameters, so none of them is ever removed or changed. What the library adds later is added here, too.
/// </summary>
public sealed class FloatVectorTests
{
    // T is the vector, float a number.
    private static readonly string[] Members =
    [
        "T op_Implicit(float)",
        "T op_Addition(T, T)",
        "T op_Subtraction(T, T)",
        "T op_Multiply(T, T)",
        "T op_Division(T, T)",
        "T op_UnaryNegation(T)",
        "T MultiplyAdd(T, T, T)",
        "T Abs(T)",
        "T Sqrt(T)",
        "T Min(T, T)",
        "T Max(T, T)",
        "T GreaterThan(T, T)",
        "T LessThan(T, T)",
        "T Select(T, T, T)",
        "T Exp(T)",
        "T Expm1(T)",
        "T Log(T)",
        "T Sigmoid(T)",
        "T Tanh(T)",
        "T Softplus(T)",
        "T Erf(T)",
    ];

    [Fact]
    public void Members_that_activations_call_are_neither_removed_nor_changed()
    {
        Type vector = typeof(IFloatVector<>).GetGenericArguments()[0];
        IEnumerable<string> actual = typeof(IFloatVector<>).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(Signature);
        Assert.Equal(Members.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

        string Signature(MethodInfo method) =>
            $"{Name(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))})";

        string Name(Type type) => type == vector ? "T" : type == typeof(float) ? "float" : type.ToString();
    }
}
