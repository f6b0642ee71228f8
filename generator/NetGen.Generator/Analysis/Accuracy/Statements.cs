using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>The statements under a condition.</summary>
internal static class Statements
{
    /// <summary>Those of both branches, without what lies in loops and conditions of their own.</summary>
    public static IEnumerable<IOperation> Of(IConditionalOperation choice) => OfBranch(choice.WhenTrue).Concat(OfBranch(choice.WhenFalse));

    private static IEnumerable<IOperation> OfBranch(IOperation? branch) => branch switch
    {
        null => [],
        IBlockOperation block => block.Operations,
        _ => [branch],
    };
}
