using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Advice;

/// <summary>The fix that removes an initialiser with its number.</summary>
public sealed class InitializerFixTests
{
    private static readonly CodeFixTest<LayerAdviceAnalyzer, RemoveInitializerFix> Fix = new();

    [Theory]
    [InlineData("Dense(8, Initializer = Initializer.Zeros)", "Dense(8)")]
    [InlineData("Dense(8, Name = \"a\", Initializer = Initializer.Ones)", "Dense(8, Name = \"a\")")]
    [InlineData("Dense(8, InitialValue = 3, Name = \"a\", Initializer = Initializer.Constant, BiasInitializer = Initializer.Ones)", "Dense(8, Name = \"a\", BiasInitializer = Initializer.Ones)")]
    [InlineData("Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = -1)", "Dense(8)")]
    [InlineData("Dense(8, Initializer = Initializer.HeUniform, BiasInitialValue = -1, BiasInitializer = Initializer.Constant, Name = \"a\")", "Dense(8, Initializer = Initializer.HeUniform, Name = \"a\")")]
    [InlineData("Dense(8, Initializer = Initializer.GlorotNormal)", "Dense(8)")]
    [InlineData("Dense(\n    8,\n    Initializer = Initializer.GlorotNormal,\n    Name = \"a\")", "Dense(\n    8,\n    Name = \"a\")")]
    public Task Removes_it(string before, string after) => Fix.FixFirstAsync(Network(before), Network(after));

    [Fact]
    public Task Removes_He_before_tanh() => Fix.FixFirstAsync(
        Network("Dense(8, Initializer = Initializer.HeNormal), Tanh, Dense(8)"), Network("Dense(8), Tanh, Dense(8)"));

    [Fact]
    public Task Comments_stay() => Fix.FixFirstAsync(
        Network("Dense(8, // units\n    Initializer = Initializer.Zeros /* at first */)"), Network("Dense(8 // units\n     /* at first */)"));

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task Fixes_all(FixAllScope scope) => Fix.FixAllAsync(
        Network("Dense(8, Initializer = Initializer.GlorotUniform, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), ReLU]\n[Dense(8, Initializer = Initializer.Zeros)"),
        Network("Dense(8), ReLU]\n[Dense(8)"),
        scope);

    private static string Network(string layer) => $"namespace Sample;\n\n[Network, Input(16)]\n[{layer}, ReLU]\n[Dense(4), Softmax]\npublic partial class Net;\n";
}
