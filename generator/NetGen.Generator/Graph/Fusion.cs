using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;

namespace NetGen.Generator.Graph;

/// <summary>
/// Decides which operations may be fused into the kernel before them. A kernel stores only the result of the last function, so in training
/// fusion is allowed only if all derivatives can be computed from that result.
/// </summary>
internal static class Fusion
{
    /// <summary>Fuses into each operation those after it, as far as the rules allow.</summary>
    public static void Run(NetworkGraph graph)
    {
        for (int i = 0; i < graph.Operations.Count; i++)
        {
            Operation operation = graph.Operations[i];
            while (graph.OnlyReaderOf(operation) is { AsEpilogue: { } part } next
                && next.Inputs.Count == 1
                && CanLoadChannels(operation, next)
                && KeepsUnits(operation, next, part)
                && (next.Source.Shape == operation.Output.Shape || HaveNoHalo(graph, next))
                && next.Epilogue.Operands.All(operand => operand.Tensor.Id < operation.Output.Id)
                && Join(operation, part, graph.IsTraining) is { } joined)
            {
                operation.Fuse(next, joined);
                graph.Remove(next);
            }
        }
    }

    /// <summary>Whether what an operation writes, and the operands that it reads besides its input, can be viewed in another shape.</summary>
    private static bool HaveNoHalo(NetworkGraph graph, Operation operation) =>
        graph.HaloOf(operation.Output).IsEmpty && operation.Epilogue.Operands.All(operand => graph.HaloOf(operand.Tensor).IsEmpty);

    /// <summary>Whether the kernel can load the values that the next operation has for each channel: after a Flatten, the features of an image are no longer its channels.</summary>
    private static bool CanLoadChannels(Operation operation, Operation next) =>
        !next.Epilogue.ReadsChannels || (operation.KnowsChannels && next.Source.Shape == operation.Output.Shape);

    /// <summary>
    /// Whether the values that show which units are positive are still stored: only maxima may follow them, and no dropout may come before. Nor may a
    /// Flatten: behind it every feature is a unit, before it every channel.
    /// </summary>
    private static bool KeepsUnits(Operation operation, Operation next, EpiloguePart part) =>
        (operation.TrackedLayer is null || part is WindowMaximum)
        && (next.TrackedLayer is null || (operation.Epilogue.Mask is null && next.Source.Shape == operation.Output.Shape));

    /// <summary>The epilogue with one more part; null if the rules do not allow it.</summary>
    public static Epilogue? Join(Operation operation, EpiloguePart part, bool training) => part switch
    {
        WindowMaximum window => operation.TakesWindow(window.Size) ? JoinWindow(operation.Epilogue, window.Size) : null,
        FunctionChain chain => operation.TakesFunctions ? JoinAll(operation.Epilogue, chain.Functions, training) : null,
        _ => throw new InvalidOperationException($"No rule of fusion is known for the epilogue part {part.GetType().Name}."),
    };

    /// <summary>
    /// Max-pooling moves before non-decreasing functions: the largest of their outputs is the output of the largest input, and there are
    /// fewer values to compute. It must not move before a mask, which drops values that could be the maximum, nor before the sum with a
    /// second operand, which differs between the positions of a window.
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
        // A mask is always the last function. A function that commutes with a positive factor moves before a mask that multiplies by such a factor or by 0:
        // the function is 0 at 0, so dropped values stay 0.
        if (epilogue.Mask is { } mask)
        {
            return function is MaskFunction || !mask.DropsToZero || function.Operand is not null || !function.CommutesWithPositiveFactor
                ? null
                : Join(Without(epilogue, mask), function, training) is { } inner ? Join(inner, mask, training) : null;
        }

        // What comes after a long function is applied to the stored tile, where nothing else is at hand.
        if (epilogue.HasLong && (function.Operand is not null || function.Channels.Count > 0))
            return null;

        PointwiseFunction? last = epilogue.Functions.Count == 0 ? null : epilogue.Functions[epilogue.Functions.Count - 1];
        if (last is not null && last == function && function.IsIdempotent)
            return epilogue;
        if (training && !CanComputeDerivatives(epilogue, function))
            return null;
        Epilogue longer = epilogue with { Functions = epilogue.Functions.Items.Append(function).ToEquatableArray() };
        return FusedText.Fits(longer) ? longer : null;
    }

    /// <summary>Whether backward can compute all derivatives if the function is the last one, whose output is stored.</summary>
    private static bool CanComputeDerivatives(Epilogue epilogue, PointwiseFunction function)
    {
        // The input of a fused function is not stored; a function that needs it must be an operation of its own.
        if (function.Need == DerivativeNeed.Input)
            return false;

        // Only the output of the last function is stored. After a function that needs its own output, only a mask may follow, and only one after
        // which the stored value is that output times a positive factor, or 0; this must not change the derivative.
        return !epilogue.NeedsOutput
            || (function is MaskFunction { DropsToZero: true } && epilogue.Functions.Items.All(before => before.Need != DerivativeNeed.Output || before.CommutesWithPositiveFactor));
    }

    private static Epilogue Without(Epilogue epilogue, MaskFunction mask) =>
        epilogue with { Functions = epilogue.Functions.Items.Where(function => !ReferenceEquals(function, mask)).ToEquatableArray() };
}
