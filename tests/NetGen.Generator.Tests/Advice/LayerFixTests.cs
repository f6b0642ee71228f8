using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Advice;

/// <summary>The fixes that remove layers, and the one that merges dropouts.</summary>
public sealed class LayerFixTests
{
    private static readonly CodeFixTest<LayerAdviceAnalyzer, RemoveLayerFix> Remove = new();
    private static readonly CodeFixTest<LayerAdviceAnalyzer, MergeDropoutsFix> Merge = new();
    private static readonly CodeFixTest<LayerAdviceAnalyzer, SpatialDropoutFix> Spatial = new();
    private static readonly CodeFixTest<LayerAdviceAnalyzer, ReplaceSigmoidsFix> Replace = new();

    [Fact]
    public Task ReplacesSigmoids() => Replace.FixFirstAsync(
        Network("[Dense(8), Sigmoid, Dense(8), SigmoidAttribute(Name = \"a\")]\n[Dense(8), NetGen.Sigmoid /* third */, Dense(8), Sigmoid()]\n[Dense(4), Sigmoid]"),
        Network("[Dense(8), ReLU, Dense(8), ReLU(Name = \"a\")]\n[Dense(8), NetGen.ReLU /* third */, Dense(8), ReLU()]\n[Dense(4), Sigmoid]"));

    [Theory]
    [InlineData("[Dense(8), ReLU, Dropout(0)]\n[Dense(4), Softmax]", "[Dense(8), ReLU]\n[Dense(4), Softmax]")]
    [InlineData("[Dense(8), ReLU]\n[Dropout(0), Dense(4), Softmax]", "[Dense(8), ReLU]\n[Dense(4), Softmax]")]
    [InlineData("[Dense(8), ReLU]\n[Dropout(0)]\n[Dense(4), Softmax]", "[Dense(8), ReLU]\n[Dense(4), Softmax]")]
    [InlineData("[Dense(8), ReLU]\n// noise\n[Dropout(0)]\n[Dense(4), Softmax]", "[Dense(8), ReLU]\n// noise\n[Dense(4), Softmax]")]
    [InlineData("[Dense(8), ReLU]\n[Dense(4), Dropout(0.5), Softmax]", "[Dense(8), ReLU]\n[Dense(4), Softmax]")]
    [InlineData("[Dense(8), ReLU, Dropout(0, Name = \"none\")]\n[Dense(4)]", "[Dense(8), ReLU]\n[Dense(4)]")]
    [InlineData("[Dense(8), ReLU, Dropout(0.5), ReLU]\n[Dense(4)]", "[Dense(8), ReLU, Dropout(0.5)]\n[Dense(4)]")]
    public Task RemovesTheLayer(string before, string after) => Remove.FixFirstAsync(Network(before), Network(after));

    [Theory]
    [InlineData("[Dense(8), ReLU, Dropout(0.5), Dropout(0.2)]\n[Dense(4)]", "[Dense(8), ReLU, Dropout(0.6)]\n[Dense(4)]")]
    [InlineData("[Dense(8), ReLU, Dropout(rate: 0.1)]\n[Dropout(0.2)]\n[Dropout(0.5), Dense(4)]", "[Dense(8), ReLU, Dropout(rate: 0.64)]\n[Dense(4)]")]
    public Task MergesDropouts(string before, string after) => Merge.FixFirstAsync(Network(before), Network(after));

    [Theory]
    [InlineData("Dropout(0.2)", "SpatialDropout(0.2)")]
    [InlineData("NetGen.DropoutAttribute(rate: 0.2, Name = \"thin\")", "NetGen.SpatialDropoutAttribute(rate: 0.2, Name = \"thin\")")]
    [InlineData("global::NetGen.Dropout(0.2)", "global::NetGen.SpatialDropout(0.2)")]
    public Task DropsChannels(string before, string after) => Spatial.FixFirstAsync(Convolutions(before), Convolutions(after));

    [Theory]
    [InlineData("[Dense(8), ReLU(Name = \"skip\"), Dropout(0)]\n[Dense(8), Add(\"skip\"), Dense(4)]")]
    [InlineData("[Dense(8), ReLU, Dropout(0)]\n[Dense(8), ReLU, Dropout(0.5), Dense(8), Concat(\"dropout2\"), Dense(4)]")]
    [InlineData("[Dense(8), ReLU, Dropout(0)]\n[Dense(8), ReLU, Dropout(0.5), Dense(8), Dense(8, From = \"dropout\" + \"2\"), Add(\"dense3\"), Dense(4)]")]
    public Task RemovesNothingWhereALayerIsAskedForByName(string layers) => Remove.NoFixAsync(Network(layers));

    [Theory]
    [InlineData("[Dense(8), ReLU, Dropout(0.5), Dropout(0.5, Name = \"second\")]\n[Dense(4)]")]
    [InlineData("[Dense(8), ReLU, Dropout(0.5), Dropout(0.5)]\n[Dense(8), ReLU, Dropout(0.5), Dense(8), Concat(\"dropout3\"), Dense(4)]")]
    public Task MergesNothingThatMayHaveAName(string layers) => Merge.NoFixAsync(Network(layers));

    [Fact]
    public Task RenamesNothingThatIsAskedForByName() => Spatial.NoFixAsync(
        Convolutions("Dropout(0.2), Conv2D(4, 3), ReLU, Dropout(0.2), Conv2D(4, 1), Concat(\"dropout2\"), ReLU"));

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task FixesAll(FixAllScope scope)
    {
        await Remove.FixAllAsync(
            Network("[Dense(8), ReLU, Dropout(0)]\n[Dense(8), ReLU, Dropout(0)]\n[Dense(4), Softmax]"),
            Network("[Dense(8), ReLU]\n[Dense(8), ReLU]\n[Dense(4), Softmax]"),
            scope);
        await Merge.FixAllAsync(
            Network("[Dropout(0.1), Dropout(0.1), Dense(8), ReLU, Dropout(0.5), Dropout(0.5)]\n[Dense(4)]"),
            Network("[Dropout(0.19), Dense(8), ReLU, Dropout(0.75)]\n[Dense(4)]"),
            scope);
    }

    private static string Convolutions(string dropout) =>
        $"using NetGen;\n[Network, Input(9, 9, 1)]\n[Conv2D(4, 3), ReLU, {dropout}]\n[Conv2D(4, 3), Flatten, Dense(4)]\npublic partial class Net;\n";

    private static string Network(string layers) => $"namespace Sample;\n\n[Network, Input(16)]\n{layers}\npublic partial class Net;\n";
}
