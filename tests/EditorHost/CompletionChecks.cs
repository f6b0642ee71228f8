using Microsoft.CodeAnalysis;

namespace NetGen.EditorHost;

/// <summary>What is offered while a declaration is typed.</summary>
internal static class CompletionChecks
{
    private static readonly string[] Layers =
    [
        "Input", "Dense", "Conv1D", "Conv2D", "DepthwiseConv2D", "ReLU", "LeakyReLU", "PReLU", "ELU", "SELU", "GELU", "SiLU", "HardSwish", "Softplus", "Sigmoid",
        "Tanh", "Rescale", "Normalization", "Softmax", "LogSoftmax", "Dropout", "SpatialDropout", "AlphaDropout", "GaussianDropout", "MaxPool1D", "MaxPool2D",
        "AveragePool1D", "AveragePool2D", "GlobalAveragePool", "GlobalMaxPool", "Flatten", "Reshape", "Add", "Concat", "BatchNorm", "LayerNorm", "Loss",
    ];

    public static async Task RunAsync(Editor editor, Expectations expectations)
    {
        string text = (await editor.File("DigitNet.cs").GetTextAsync()).ToString();
        string[] types = [.. (await editor.Project.GetCompilationAsync())!.GetTypeByMetadataName("NetGen.NetworkAttribute")!.ContainingAssembly
            .GlobalNamespace.GetNamespaceMembers().Single(static space => space.Name == "NetGen").GetNamespaceMembers()
            .SelectMany(static space => space.GetTypeMembers()).Where(static type => type.DeclaredAccessibility == Accessibility.Public).Select(static type => type.Name)];
        foreach ((string old, string typed, string behind) in new[]
        {
            ("[Network, Input(16)]", "[Network, ]", "[Network, "),
            ("[Dense(4), Softmax]", "[Dense(4), ]", "[Dense(4), "),
            ("[Dense(4), Softmax]", "[", "0.5)]\n["),
        })
        {
            string[] offered = await Editor.OfferedAsync(editor.Edited("DigitNet.cs", text.Replace(old, typed, StringComparison.Ordinal)), behind);
            Console.WriteLine($"behind {behind.ReplaceLineEndings("¶")}: {offered.Length} offers, of these {string.Join(' ', offered.Intersect(Layers))}");
            expectations.Expect(!Layers.Except(offered).Any(), "all layers are offered");
            string[] inner = [.. offered.Intersect(types.SelectMany(static type => new[] { type, type.Replace("Attribute", "", StringComparison.Ordinal) }))];
            expectations.Expect(inner.Length == 0, "nothing is offered that only generated code uses" + (inner.Length == 0 ? "" : ": " + string.Join(' ', inner)));
        }

        string[] members = await Editor.OfferedAsync(editor.File("Reader.cs"), "net.");
        Console.WriteLine("behind net.: " + string.Join(' ', members));
        expectations.Expect(members.Contains("Predict") && members.Contains("BeginTraining"), "the members of the network are offered");
        expectations.Expect(!members.Contains("PredictLogits") && !members.Contains("_parameters"), "its inner members are not");
    }
}
