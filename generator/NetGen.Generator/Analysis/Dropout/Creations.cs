using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>Finds the training passes that an expression makes, whichever way it is written.</summary>
internal static class Creations
{
    /// <summary>
    /// The passes that it can give, one for each branch of a conditional expression; none for null. Null where some branch
    /// gives a pass that comes from elsewhere.
    /// </summary>
    public static ImmutableArray<Creation>? Of(IOperation value, NetworkSymbols symbols)
    {
        value = PassUse.Unconverted(value);
        if (Creation.Of(value, symbols) is { } creation) return [creation];
        if (PassUse.IsNull(value)) return [];
        return value switch
        {
            IThrowOperation => [],
            IConditionalOperation { WhenFalse: { } other } either => Join(either.WhenTrue, other),
            ICoalesceOperation either => Join(either.Value, either.WhenNull),
            IConditionalAccessOperation access => Of(access.WhenNotNull, symbols),
            ISwitchExpressionOperation choice => Join([.. choice.Arms.Select(static arm => arm.Value)]),
            _ => null,
        };

        ImmutableArray<Creation>? Join(params IOperation[] branches)
        {
            var all = ImmutableArray.CreateBuilder<Creation>();
            foreach (IOperation branch in branches)
            {
                if (Of(branch, symbols) is not { } found) return null;
                all.AddRange(found);
            }

            return all.ToImmutable();
        }
    }
}
