using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>Which types can be activations of the user's own: NG0135.</summary>
public class OwnActivationTests
{
    private const string Methods = """
        {
            public static T Value<T>(T x) where T : struct, IFloatVector<T> => x * x;

            public static T Derivative<T>(T x) where T : struct, IFloatVector<T> => 2f * x;
        }
        """;

    [Theory]
    [InlineData("Activation<Square>", "internal readonly struct Square : IActivation", "")]
    [InlineData("Activation<Shapes.Square>", "public static class Shapes { internal struct Square : IActivation", "}")]
    [InlineData("ActivationAttribute<My.Own.@struct>", "namespace My.Own { public struct @struct : IActivation", "}")]
    [InlineData("Activation<Power<int>>", "public struct Power<TNumber> : IActivation", "")]
    public void A_visible_struct_is_used(string attribute, string before, string after)
    {
        string source = $"[Network, Input(4), Dense(5), {attribute}, Dense(2)] internal partial class Net; {before} {Methods} {after}";
        Assert.Empty(DeclarationDiagnostics.Verify(source));
        Assert.Empty(GeneratorRun.Of(source).CompilerDiagnostics().Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && diagnostic.Id != "CS1591"));
    }

    [Theory]
    [InlineData("Square, which is no struct; make it a struct that implements IActivation", "Square", "public class Square : IActivation")]
    [InlineData("Square, which is no struct; make it a struct that implements IActivation", "Square", "public sealed record Square : IActivation")]
    [InlineData("Square, which does not implement IActivation", "Square", "public struct Square")]
    [InlineData("int, which does not implement IActivation", "int", "public struct Square : IActivation")]
    [InlineData("string, which is no struct; make it a struct that implements IActivation", "string", "public struct Square : IActivation")]
    [InlineData("Square, which generated code cannot use, because 'Square' is visible in its file only; make it internal or public", "Square", "file struct Square : IActivation")]
    public void Other_types_are_reported_where_they_are_named(string message, string type, string declaration)
    {
        Assert.Equal(
            [$"Activation 'a' has the activation {message}"],
            DeclarationDiagnostics.Verify($"[Network, Input(4), Activation<{{|NG0135:{type}|}}>(Name = \"a\"), Dense(2)] internal partial class Net; {declaration} {Methods}"));
    }

    [Fact]
    public void A_private_struct_is_reported_with_the_type_that_hides_it()
    {
        string message = Assert.Single(DeclarationDiagnostics.Verify(
            "public partial class Outer { [Network, Input(4), Dense(5), Activation<{|NG0135:Inner.Square|}>] internal partial class Net; private static class Inner { public struct Square : IActivation " + Methods + " } }"));
        Assert.EndsWith("because 'Inner' is not visible outside its type; make it internal or public", message, StringComparison.Ordinal);
    }

    /// <summary>What the compiler reports is not reported again.</summary>
    [Theory]
    [InlineData("internal partial class Net", "Missing", "CS0246")]
    [InlineData("internal partial class Net", "Power<Missing>", "CS0246")]
    public void The_compilers_own_errors_stay_alone(string network, string type, string error)
    {
        GeneratorRun run = GeneratorRun.Of(
            $"[Network, Input(4), Dense(5), Activation<{type}>, Dense(2)] {network}; public struct Power<TNumber> : IActivation {Methods}");
        Assert.Empty(run.Reported());
        Assert.Contains(run.CompilerDiagnostics(), diagnostic => diagnostic.Id == error);
    }
}
