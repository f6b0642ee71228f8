using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.CodeFixes.Dropout;

/// <summary>Which expressions can be left out or evaluated again.</summary>
internal static class Purity
{
    /// <summary>Whether leaving an expression out changes nothing: it neither writes nor calls what might write.</summary>
    public static bool IsPure(IOperation expression) => expression.DescendantsAndSelf().All(static part => part switch
    {
        IInvocationOperation call => call.TargetMethod.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        IObjectCreationOperation creation => creation.Type is { IsValueType: true },
        IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation or IThrowOperation => false,
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation => false,
        _ => true,
    });

    /// <summary>Whether an expression is a variable or a chain of fields, which gives the same value again at no cost.</summary>
    public static bool IsVariable(IOperation expression) => Core(expression) switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => true,
        IFieldReferenceOperation field => field.Instance is null || IsVariable(field.Instance),
        _ => false,
    };

    /// <summary>The same with properties in the chain.</summary>
    public static bool IsChain(IOperation expression) => Core(expression) switch
    {
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Instance is null || IsChain(property.Instance),
        IFieldReferenceOperation field => field.Instance is null || IsChain(field.Instance),
        var other => IsVariable(other),
    };

    /// <summary>The variables, fields and properties that a chain reads.</summary>
    public static IEnumerable<ISymbol> SymbolsOf(IOperation expression) =>
        expression.DescendantsAndSelf().Select(static part => part switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IMemberReferenceOperation member => (ISymbol)member.Member,
            _ => null!,
        }).Where(static symbol => symbol is not null);

    /// <summary>Whether a body writes to one of some variables after their declaration, or lends them out by reference.</summary>
    public static bool IsWritten(IOperation root, IEnumerable<ISymbol> variables)
    {
        var names = new HashSet<ISymbol>(variables, SymbolEqualityComparer.Default);
        return root.Descendants().Any(operation => operation switch
        {
            IAssignmentOperation assignment => Names(assignment.Target),
            IIncrementOrDecrementOperation step => Names(step.Target),
            IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) } argument => Names(argument.Value),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } alias => Names(alias.Value),
            _ => false,
        });

        bool Names(IOperation target) => target switch
        {
            ITupleOperation tuple => tuple.Elements.Any(Names),
            _ => SymbolsOf(target).Take(1).Any(names.Contains),
        };
    }

    private static IOperation Core(IOperation expression) => PassUse.Unconverted(expression);
}
