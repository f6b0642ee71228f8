using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>Knows whether a type measures a network itself, without dropout.</summary>
internal static class Measurements
{
    /// <summary>Whether the code of a type predicts, or hands a network to code of another type, which may.</summary>
    public static bool AreIn(IEnumerable<IOperation> bodies, ISymbol type, NetworkSymbols symbols, CancellationToken cancellationToken)
    {
        foreach (IOperation operation in bodies.SelectMany(static body => body.DescendantsAndSelf()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool may = operation switch
            {
                IInvocationOperation call => symbols.IsPrediction(call) || GivesPredictor(call),
                IMethodReferenceOperation { Instance.Type: { } receiver } => symbols.IsNetwork(receiver),
                IArgumentOperation argument => IsNetwork(argument.Value) && IsForOthers(argument.Parent),
                _ => false,
            };
            if (may) return true;
        }

        return false;

        bool IsNetwork(IOperation value) => PassUse.Unconverted(value).Type is { } given && symbols.IsNetwork(given);

        bool GivesPredictor(IInvocationOperation call) =>
            call is { Type: { IsReferenceType: true, SpecialType: SpecialType.None } result, Instance.Type: { } receiver }
            && symbols.IsNetwork(receiver)
            && !symbols.IsPass(result);

        bool IsForOthers(IOperation? use)
        {
            IMethodSymbol? method = use switch
            {
                IInvocationOperation call => call.TargetMethod,
                IObjectCreationOperation creation => creation.Constructor,
                _ => null,
            };
            return method is null
                || (!SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, type) && symbols.RoleOf(method) != MemberRole.Update);
        }
    }
}
