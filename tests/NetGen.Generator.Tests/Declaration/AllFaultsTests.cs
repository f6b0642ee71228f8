using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>All faults of a declaration are reported at once, and none that another one only brings along.</summary>
public class AllFaultsTests
{
    [Theory]
    [InlineData("Input(4), Dense({|NG0105:0|}), Dropout({|NG0105:2|})")]
    [InlineData("Input(4), Dropout({|NG0105:2|}), Dense({|NG0105:-1|}), Dense(3), Dropout({|NG0105:1|}), Dense(2)")]
    [InlineData("Input(4), Dropout({|NG0105:2|}), {|NG0107:Conv2D(4, 3)|}, Dense(2)")]
    [InlineData("Input({|NG0105:0|}), Dense({|NG0105:0|}), Dropout({|NG0105:2|})")]
    [InlineData("Input({|NG0105:0|}, 8, {|NG0105:-1|}), Conv2D({|NG0105:0|}, 3), MaxPool2D({|NG0105:0|}), Flatten, Dense(2), {|NG0107:MaxPool2D(2)|}")]
    [InlineData("Input(8, 8, 1), Conv2D({|NG0105:0|}, 3), Conv2D(4, 9), MaxPool2D(9), Dense(2), Softmax")]
    [InlineData("Input(8, 8, 1), Conv2D(4, {|NG0106:9|}), Conv2D(4, 9), Dense(10), {|NG0107:Conv2D(4, 3)|}")]
    [InlineData("Input(8, 8, 1), {|NG0108:Dense(10)|}, Dense({|NG0105:0|}), Softmax")]
    [InlineData("Input(8, 8, 1), {|NG0108:Dense(10)|}, {|NG0107:Conv2D(4, 3)|}, Flatten, Dense(3)")]
    [InlineData("Input(784), {|NG0107:Conv2D(4, 3)|}, MaxPool2D(2), Conv2D(4, {|NG0105:0|}), Flatten, Dense(3)")]
    [InlineData("Input(4), Dense(3), {|NG0119:Softmax|}, Dense({|NG0105:0|}), {|NG0119:Softmax|}, Dense(2)")]
    [InlineData("Input(4), Dense({|NG0105:0|}), ReLU, Loss({|NG0120:Loss.CrossEntropy|})")]
    [InlineData("Input(4), Dense({|NG0105:0|}, Name = {|NG0110:\"1\"|}), Dense(2, Name = \"a\"), Dense(2, Name = {|NG0109:\"a\"|})")]
    [InlineData("Input(100000), {|NG0118:Dense(100000)|}, Dense(100000), Dropout({|NG0105:2|}), Dense(2)")]
    [InlineData("Input(1000, 1000, 1), {|NG0118:Conv2D(10000, 1)|}, Conv2D(10000, 1), Flatten, Dense({|NG0105:0|})")]
    [InlineData("Dense({|NG0105:0|}), {|NG0121:Input({|NG0105:0|})|}")]
    public void All_at_once(string layers) => DeclarationDiagnostics.Verify($"[Network] [{layers}] public partial class Net;");

    [Theory]
    [InlineData("[{|NG0102:Network|}, Dense({|NG0105:0|}), Dropout({|NG0105:2|})] public partial class Net;")]
    [InlineData("[{|NG0117:Network|}, Input(4), Dropout({|NG0105:2|})] public partial class Net;")]
    [InlineData("[{|NG0102:Network|}, Dropout({|NG0105:2|}), Dense(3), Dense(2), {|NG0107:Conv2D(4, 3)|}] public partial class Net;")]
    [InlineData("[Network, Input(4), {|NG0103:Input(4)|}, Dense({|NG0105:0|})] public class {|NG0101:Net|} { int {|NG0113:Summary|}; }")]
    [InlineData("[Network, Input(4), Dense(3), Dropout({|NG0105:2|})] public partial class Net { int {|NG0113:Dense1Weight|}; int Dense2Weight; }")]
    public void Those_of_the_network_too(string source) => DeclarationDiagnostics.Verify(source);

    /// <summary>The compiler reports what does not bind; what is wrong whatever was meant is reported beside it.</summary>
    [Theory]
    [InlineData("Input(4, 4, 1), Flaten, Dense(3)", "CS0246")]
    [InlineData("Input(4), Dens(3)", "CS0246")]
    [InlineData("Inptu(4), Dense(3)", "CS0246")]
    [InlineData("Input(4), Dense(3), Softmx, Loss(Loss.CrossEntropy)", "CS0246")]
    [InlineData("Input(4), Dens(3), Dropout(2)", "CS0246", "NG0105")]
    [InlineData("Input(4), Dense(\"3\"), Dropout(2), Dense(0)", "CS1503", "NG0105", "NG0105")]
    [InlineData("Input(4), Dense(3), Dens(3), Conv2D(3, 3), MaxPool2D(0)", "CS0246", "NG0105")]
    [InlineData("Input(4), Conv2D(3, 3), Dens(3), Dense(3)", "CS0246", "NG0107")]
    [InlineData("Input(\"4\"), Dense(0)", "CS1503", "NG0105")]
    public void Beside_what_the_compiler_reports(string layers, params string[] ids) => Assert.Equal(
        ids,
        GeneratorRun.Of($"[Network] [{layers}] public partial class Net;").BuildDiagnostics()
            .Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)
            .GroupBy(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan))
            .Select(group => group.Key.Id)
            .Order(StringComparer.Ordinal));
}
