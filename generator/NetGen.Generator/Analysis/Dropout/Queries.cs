using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>Knows when the lambdas of LINQ queries are called.</summary>
internal static class Queries
{
    /// <summary>
    /// The lambda around an operation, if its query is run by the expression that it stands in, as by <c>Count(…)</c> or
    /// <c>Select(…).ToArray()</c>; null if it may be called later.
    /// </summary>
    public static IOperation? LambdaCalledInPlace(IOperation operation) =>
        PassUse.FunctionOf(operation) is IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } } lambda
        && IsOfEnumerable(call)
        && IsRun(call)
            ? lambda
            : null;

    private static bool IsRun(IOperation query)
    {
        while (query.Type is { TypeKind: TypeKind.Interface })
        {
            switch (query.Parent)
            {
                case IConversionOperation conversion:
                    query = conversion;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } when IsOfEnumerable(call):
                    query = call;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String } }:
                case ISpreadOperation:
                    return true;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsOfEnumerable(IInvocationOperation call) => call.TargetMethod.ContainingType is
    {
        Name: "Enumerable",
        ContainingNamespace: { Name: "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } },
    };
}
