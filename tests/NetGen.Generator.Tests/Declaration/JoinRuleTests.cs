using Xunit;
using static NetGen.Generator.Tests.Harness.DeclarationDiagnostics;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The rules about layers that ask for others by name: their shapes, their names, and outputs that nobody reads.</summary>
public class JoinRuleTests
{
    [Theory]
    [InlineData(
        "Add 'add1' adds 'a' (4) to (5); layers are added value by value, so their shapes must be equal",
        "Input(4), Dense(4, Name = \"a\"), Dense(5, Name = \"b\"), Dense(5), Add(\"b\", {|NG0126:\"a\"|})")]
    [InlineData(
        "Add 'add1' adds 'a' (8, 8, 2) to (6, 6, 2); layers are added value by value, so their shapes must be equal",
        "Input(8, 8, 1), Conv2D(2, 1, Name = \"a\"), Conv2D(2, 3), Add({|NG0126:\"a\"|}, \"a\"), Flatten, Dense(2)")]
    [InlineData(
        "Add 'add1' adds 'f', the flattened values of an image, to features that are not; flatten or pool the image to features first, and add a Dense layer after that",
        "Input(4, 4, 1), Conv2D(2, 1), Flatten(Name = \"f\"), Dense(32), Add({|NG0126:\"f\"|})")]
    [InlineData(
        "Concat 'concat1' joins 'a' (8, 8, 2) to (8, 6, 2) along the channels, so their widths must be equal, but 8 is not 6",
        "Input(8, 8, 1), Conv2D(2, 1, Name = \"a\"), Conv2D(2, 1, 3), Concat({|NG0126:\"a\"|}), Flatten, Dense(2)")]
    [InlineData(
        "Concat 'concat1' joins 'b' (6, 8, 2) to (8, 8, 2) along the channels, so their heights must be equal, but 6 is not 8",
        "Input(8, 8, 1), Conv2D(2, 1, Name = \"a\"), Conv2D(2, 3, 1, Name = \"b\"), Conv2D(2, 1, From = \"a\"), Concat(\"a\", {|NG0126:\"b\"|}), Flatten, Dense(2)")]
    [InlineData(
        "Concat 'concat1' joins 'pool1' (4, 2) to (2, 2) along the channels, so their lengths must be equal, but 4 is not 2",
        "Input(8, 2), MaxPool1D(2), MaxPool1D(2), Concat({|NG0126:\"pool1\"|}), Flatten, Dense(2)")]
    [InlineData(
        "Concat 'concat1' joins 'conv1' (4, 4, 2) to (32) along the channels, so both must have the same number of dimensions, but one has 3 and the other 1",
        "Input(4, 4, 1), Conv2D(2, 1), Flatten, Concat({|NG0126:\"conv1\"|}), Dense(2)")]
    [InlineData(
        "Concat 'concat1' joins 'f' to other features, and one of the two is an image that was flattened, whose values have another order in weight files; join the images before Flatten, or pool the image to features",
        "Input(4, 4, 1), Conv2D(2, 1), Flatten(Name = \"f\"), Dense(3), Concat({|NG0126:\"f\"|}), Dense(2)")]
    public void Shapes_that_cannot_be_joined(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("Add 'add1' names 'nope', which is no earlier layer; before it there are a, dense2", "Input(4), Dense(4, Name = \"a\"), Dense(4), Add(\"a\", {|NG0127:\"nope\"|}, \"nope\"), Dense(2)")]
    [InlineData("Add 'add1' names 'dense2', which is no earlier layer; before it there are dense1", "Input(4), Dense(4), Add({|NG0127:\"dense2\"|}), Dense(2)")]
    [InlineData("Add 'add1' names 'add1', which is no earlier layer; before it there are dense1", "Input(4), Dense(4), Add(layers: {|NG0127:\"add1\"|})")]
    [InlineData("Add 'add1' names 'dense1', which is no earlier layer; there is no layer before it", "Input(4), Add({|NG0127:\"dense1\"|}), Dense(2)")]
    [InlineData("Add 'add1' names no layer; before it there are dense1", "Input(4), Dense(4), {|NG0127:Add|}, Dense(2)")]
    [InlineData("Concat 'concat1' names 'nope', which is no earlier layer; before it there are a, dense2", "Input(4), Dense(4, Name = \"a\"), Dense(4), Concat(\"a\", {|NG0127:\"nope\"|}), Dense(2)")]
    [InlineData("Concat 'concat1' names no layer; before it there are dense1", "Input(4), Dense(4), {|NG0127:Concat|}, Dense(2)")]
    [InlineData("Dense 'dense3' names 'nope', which is no earlier layer; before it there are a, dense2", "Input(4), Dense(4, Name = \"a\"), Dense(4), Dense(4, From = {|NG0127:\"nope\"|}), Add(\"a\"), Dense(2)")]
    [InlineData("Dense 'dense1' names 'dense1', which is no earlier layer; there is no layer before it", "Input(4), Dense(4, From = {|NG0127:\"dense1\"|}), Dense(2)")]
    [InlineData("Add 'add1' names null instead of an earlier layer; before it there are a, dense2", "Input(4), Dense(4, Name = \"a\"), Dense(4), Add(\"a\", {|NG0127:null|}), Dense(2)")]
    [InlineData("Add 'add1' names null instead of an earlier layer; there is no layer before it", "Input(4), Add({|NG0127:(string)null|}), Dense(2)")]
    [InlineData("Concat 'concat1' names null instead of an earlier layer; before it there are dense1", "Input(4), Dense(4), Concat({|NG0127:new string[] { null, \"dense1\" }|}), Dense(2)")]
    [InlineData("Concat 'concat1' names \"\" instead of an earlier layer; before it there are a, dense2", "Input(4), Dense(4, Name = \"a\"), Dense(4), Concat(\"a\", {|NG0127:\"\"|}), Dense(2)")]
    [InlineData("Dense 'dense2' names \"\" instead of an earlier layer; before it there are dense1", "Input(4), Dense(4), Dense(4, From = {|NG0127:\"\"|}), Dense(2)")]
    [InlineData("Add 'add1' names no layer; before it there are dense1", "Input(4), Dense(4), {|NG0127:Add()|}, Dense(2)")]
    [InlineData("Add 'add1' names no layer; before it there are dense1", "Input(4), Dense(4), {|NG0127:Add(null)|}, Dense(2)")]
    public void Layers_that_cannot_be_named(string message, string layers) => Check(message, layers);

    /// <summary>Two names that are no layers, of which each is reported; and From = null, which is the same as no From.</summary>
    [Fact]
    public void Null_is_told_from_an_empty_name()
    {
        Assert.Equal(
            ["Add 'add1' names null instead of an earlier layer; before it there are dense1", "Add 'add1' names \"\" instead of an earlier layer; before it there are dense1"],
            VerifyLayers("Input(4), Dense(4), Add({|NG0127:null|}, {|NG0127:\"\"|}, null), Dense(2)"));
        Assert.Empty(VerifyLayers("Input(4), Dense(4), ReLU, Add(\"dense1\", From = null), Dense(2)"));
    }

    [Theory]
    [InlineData("Nothing reads the output of Dense 'dense2': the next layer says From, and no Add or Concat names it", "Input(4), Dense(4, Name = \"a\"), {|NG0128:Dense(4)|}, Dense(4, From = \"a\"), Add(\"a\"), Dense(2)")]
    [InlineData("Nothing reads the output of ReLU 'relu1': the next layer says From, and no Add or Concat names it", "Input(4), Dense(4, Name = \"a\"), {|NG0128:ReLU|}, Dense(4, From = \"a\")")]
    public void Outputs_that_nothing_reads(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("[Network, Input(4), Dense(3, Name = \"a\"), Dense(4), Dens(3, Name = \"b\"), Dense(3, From = \"a\"), Dense(2)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dens(3, Name = \"a\"), Dense(3), Add(\"a\"), Dense(2)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(\"x\", Name = \"a\"), Dense(3), Add(\"a\"), Dense(2)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(3), Add(\"dense1\", new string('a', 3)), Dense(2)] public partial class Net;")]
    public void Nothing_is_said_of_names_behind_what_the_compiler_reports(string source) => Verify(source, generates: false);
}
