using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;

namespace NetGen.Generator.Graph;

/// <summary>
/// Which operations may move into the kernel before them, and why. The kernel stores one value, the last: so the rules of training ask
/// what the derivatives can still be computed from.
/// </summary>
internal static class Fusion
{
    /// <summary>Moves into each operation the ones after it, as far as the rules allow.</summary>
    public static void Run(NetworkGraph graph)
    {
        for (int i = 0; i < graph.Operations.Count; i++)
        {
            Operation operation = graph.Operations[i];
            while (graph.OnlyReaderOf(operation) is { AsEpilogue: { } part } next
                && next.Inputs.Count == 1
                && FindsItsChannels(operation, next)
                && next.Epilogue.Operands.All(operand => operand.Tensor.Id < operation.Output.Id)
                && Join(operation, part, graph.IsTraining) is { } joined)
            {
                operation.Fuse(next, joined);
                graph.Remove(next);
            }
        }
    }

    /// <summary>Whether values a channel are found in the kernel before: behind a Flatten, the channels of an image are no longer those of its features.</summary>
    private static bool FindsItsChannels(Operation operation, Operation next) =>
        !next.Epilogue.ReadsChannels || (operation.KnowsChannels && next.Source.Shape == operation.Output.Shape);

    /// <summary>The epilogue with one part more; null where it would be wrong.</summary>
    public static Epilogue? Join(Operation operation, EpiloguePart part, bool training) => part switch
    {
        WindowMaximum window => operation.TakesWindow(window.Size) ? JoinWindow(operation.Epilogue, window.Size) : null,
        FunctionChain chain => operation.TakesFunctions ? JoinAll(operation.Epilogue, chain.Functions, training) : null,
        _ => throw new InvalidOperationException($"No rule of fusion is known for the epilogue part {part.GetType().Name}."),
    };

    /// <summary>
    /// Max-pooling goes in front of functions that never decrease: the largest of their outputs is the output of the largest input, and
    /// they are computed of fewer values. Not in front of a mask, which hides values from the window, nor of a second operand, which
    /// differs from place to place.
    /// </summary>
    private static Epilogue? JoinWindow(Epilogue epilogue, int size) =>
        epilogue.Pools || epilogue.Functions.Items.Any(function => !function.IsNonDecreasing || function.Operand is not null)
            ? null
            : epilogue with { Pool = size };

    private static Epilogue? JoinAll(Epilogue epilogue, EquatableArray<PointwiseFunction> functions, bool training)
    {
        Epilogue? joined = epilogue;
        foreach (PointwiseFunction function in functions)
        {
            if (joined is not null)
                joined = Join(joined, function, training);
        }

        return joined;
    }

    private static Epilogue? Join(Epilogue epilogue, PointwiseFunction function, bool training)
    {
        // A mask is the last function. One that commutes with a positive factor goes in front of it, and gives 0 for 0 all the same.
        if (epilogue.Mask is { } mask)
        {
            return function is MaskFunction || function.Operand is not null || !function.CommutesWithPositiveFactor
                ? null
                : Join(Without(epilogue, mask), function, training) is { } inner ? Join(inner, mask, training) : null;
        }

        PointwiseFunction? last = epilogue.Functions.Count == 0 ? null : epilogue.Functions[epilogue.Functions.Count - 1];
        if (last is not null && last == function && function.IsIdempotent)
            return epilogue;
        if (training && !HasItsDerivative(epilogue, function))
            return null;
        Epilogue longer = epilogue with { Functions = epilogue.Functions.Items.Append(function).ToEquatableArray() };
        return FusedText.Fits(longer) ? longer : null;
    }

    /// <summary>Whether all derivatives can be computed from what is stored when the function comes last.</summary>
    private static bool HasItsDerivative(Epilogue epilogue, PointwiseFunction function)
    {
        // The input of the function is stored nowhere; only an operation of its own keeps it.
        if (function.Need == DerivativeNeed.Input)
            return false;

        // What is stored is the output of the last function. One before it that needs its own sees only a positive factor of it.
        return !epilogue.NeedsOutput
            || (function is MaskFunction && epilogue.Functions.Items.All(before => before.Need != DerivativeNeed.Output || before.CommutesWithPositiveFactor));
    }

    private static Epilogue Without(Epilogue epilogue, MaskFunction mask) =>
        epilogue with { Functions = epilogue.Functions.Items.Where(function => !ReferenceEquals(function, mask)).ToEquatableArray() };
}
