using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.ForeignLayers.Harness;
using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Which foreign functions become part of the kernel before them: what they say of themselves decides.</summary>
public sealed class PlanTests
{
    /// <param name="layers">The network.</param>
    /// <param name="inference">The layers of each operation at inference.</param>
    /// <param name="training">The layers of each operation in training.</param>
    [Theory]
    [InlineData("Input(6), Dense(9), SignedSquare, Dense(3)", "dense1, square1; dense2", "dense1; square1; dense2")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), SignedSquare, MaxPool2D(2)", "conv1, square1, pool1", "conv1; square1; pool1")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), MaxPool2D(2), SignedSquare, ReLU, Dropout(0.5)", "conv1, pool1, square1, relu1", "conv1, pool1; square1, relu1, dropout1")]
    [InlineData("Input(6), Dense(9), Dropout(0.4), SignedSquare", "dense1, square1", "dense1, dropout1; square1")]
    [InlineData("Input(6), Dense(9), Softsign, Dropout(0.4)", "dense1, softsign1", "dense1, softsign1; dropout1")]
    [InlineData("Input(6), Dense(9), Dropout(0.4), Softsign", "dense1, softsign1", "dense1, dropout1; softsign1")]
    [InlineData("Input(6), Dense(9), Softsign, Softsign", "dense1, softsign1, softsign2", "dense1, softsign1; softsign2")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), Softsign, MaxPool2D(2)", "conv1, softsign1, pool1", "conv1, softsign1, pool1")]
    [InlineData("Input(6), Dense(9), Dropout(0.4), Negate", "dense1, negate1", "dense1, dropout1, negate1")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), Negate, MaxPool2D(2)", "conv1, negate1; pool1", "conv1, negate1; pool1")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), ChannelLine, ReLU, MaxPool2D(2), ChannelLine", "conv1, line1, relu1; pool1, line2", "conv1, line1, relu1; pool1, line2")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), Flatten, ChannelLine, ReLU", "conv1; line1, relu1", "conv1; line1, relu1")]
    [InlineData("Input(6), Dense(9, Name = \"a\"), Dense(9), Multiply(\"a\"), ChannelLine", "a; dense2; multiply1; line1", "a; dense2; multiply1; line1")]
    [InlineData("Input(6), Dense(9), Dropout(0.4), ChannelLine", "dense1, line1", "dense1, dropout1; line1")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), SumPool2D(2), ReLU", "conv1; sumpool1, relu1", "conv1; sumpool1, relu1")]
    [InlineData("Input(6), Dense(9, Name = \"a\"), Dense(9), Multiply(\"a\"), ReLU, Dropout(0.4)", "a; dense2; multiply1, relu1", "a; dense2; multiply1, relu1, dropout1")]
    public void Fusion(string layers, string inference, string training)
    {
        NetworkPlan plan = Plan(layers);
        Assert.Equal(inference, Operations(plan.Inference));
        Assert.Equal(training, Operations(plan.Training));
    }

    /// <summary>A function that names its input twice doubles the text of those before it: after a few, a new kernel begins.</summary>
    /// <param name="function">The function.</param>
    /// <param name="together">How many of them are in one kernel.</param>
    [Theory]
    [InlineData("Softsign", 2)]
    [InlineData("LeakyReLU(0.5)", 4)]
    [InlineData("Negate", 25)]
    public void Chains_of_functions_are_cut(string function, int together)
    {
        NetworkPlan plan = Plan($"Input(6), Dense(9), {string.Join(", ", Enumerable.Repeat(function, 25))}");
        Assert.Equal((25 + together - 1) / together, plan.Inference.Operations.Count);
        Assert.All(plan.Inference.Operations.SkipLast(1), operation => Assert.Equal(together, operation.Epilogue.Functions.Count));
    }

    /// <summary>A kernel that only one kind has: a layer of its name does not collide with it.</summary>
    [Fact]
    public void Names_of_own_kernels() => ForeignNetwork.Compile(
        "Input(6), Dense(5, Name = \"a\"), Multiply(\"a\", Name = \"m\"), Dense(5, Name = \"mOtherInputGradient\"), Multiply(\"m\", Name = \"mOther\")");

    [Fact]
    public void An_operation_that_implements_nothing_stops_the_build_with_its_name()
    {
        GeneratorRun run = ForeignNetwork.Generate("Input(6), Dense(5), Hollow, Dense(2)");
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(("NG0002", DiagnosticSeverity.Error), (error.Id, error.Severity));
        Assert.Contains("is known for the operation 'Hollow1' of the kind HollowOperation.", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(run.Sources);
    }

    [Theory]
    [InlineData("Input(6), FixedScale")]
    [InlineData("Input(6, 6, 1), SumPool2D(2), FixedScale, Flatten, SignedSquare")]
    public void A_network_with_parameters_that_nobody_trains_has_nothing_to_train(string layers) =>
        Assert.Equal(["NG0117"], ForeignNetwork.Generate(layers).Reported().Select(diagnostic => diagnostic.Id));

    [Theory]
    [InlineData("Input(6), Dense(5, Name = \"a\"), Dense(4), Multiply(\"a\")", "multiplies 'a' (5) and (4)")]
    [InlineData("Input(6), Dense(5), Multiply(\"a\")", "names 'a', which is no earlier layer")]
    [InlineData("Input(6, 6, 1), SumPool2D(7), Flatten, Dense(2)", "which is larger than its 6×6 input")]
    [InlineData("Input(6, 6, 1), SumPool2D(2, Stride = 0), Flatten, Dense(2)", "Stride = 0")]
    public void Faults_of_a_declaration(string layers, string message) =>
        Assert.Contains(message, Assert.Single(ForeignNetwork.Generate(layers).Reported()).GetMessage(), StringComparison.Ordinal);

    private static NetworkPlan Plan(string layers)
    {
        NetworkModel model = Assert.Single(ForeignNetwork.Generate(layers).Models);
        return new NetworkPlan(model);
    }

    private static string Operations(NetworkGraph graph) => string.Join("; ", graph.Operations.Select(operation => operation.LayerText));
}
