using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.CodeFixes.Dropout;

/// <summary>What predicts in the place of a pass.</summary>
/// <param name="type">The type of the network, or an interface of it.</param>
/// <param name="receiver">What stands before the call of a member, with its dot; empty inside the network's own class.</param>
/// <param name="isForOneSample">Whether the pass was made for batches of one sample.</param>
internal sealed class Predictor(ITypeSymbol type, string receiver, bool isForOneSample)
{
    public ITypeSymbol Type { get; } = type;

    public string Receiver { get; } = receiver;

    public bool IsForOneSample { get; } = isForOneSample;

    /// <summary>The network that began a pass, called again.</summary>
    public static Predictor Of(IInvocationOperation begin) => new(begin.Instance!.Type!, ReceiverOf(begin), TakesOneSample(begin));

    /// <summary>Whether a pass begins for batches of one sample.</summary>
    public static bool TakesOneSample(IInvocationOperation begin) => begin.Arguments.Any(
        static argument => argument is { Parameter.Ordinal: 0, Value.ConstantValue: { HasValue: true, Value: 1 } });

    private static string ReceiverOf(IInvocationOperation begin) =>
        begin.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Expression + "." : "";
}
