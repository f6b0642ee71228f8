using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What each rule about declarations reports, where, and with which words.</summary>
public class DeclarationTests
{
    [Fact]
    public void A_correct_declaration_is_silent() => DeclarationDiagnostics.Verify(
        """
        [Network]
        [Input(28, 28, 1)]
        [Conv2D(32, 3), ReLU, MaxPool2D(2)]
        [Flatten, Dropout(0.5)]
        [Dense(10), Softmax]
        public partial class DigitNet;
        """);

    [Fact]
    public void A_class_that_is_not_partial() => Check(
        "The network 'Net' must be partial: its code is generated into another part of the class",
        "[Network, Input(4), Dense(2)] public class {|NG0101:Net|};");

    private static void Check(string message, string source) => Assert.Equal([message], DeclarationDiagnostics.Verify(source));
}
