using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph;

/// <summary>An operation in the form in which it can be fused into the epilogue of the kernel before it.</summary>
internal abstract record EpiloguePart;

/// <summary>Max-pooling over windows that do not overlap.</summary>
/// <param name="Size">The side of a window.</param>
internal sealed record WindowMaximum(int Size) : EpiloguePart;

/// <summary>Pointwise functions, applied one after the other.</summary>
/// <param name="Functions">The functions, in order.</param>
internal sealed record FunctionChain(EquatableArray<PointwiseFunction> Functions) : EpiloguePart;

/// <summary>What a kernel does to its result before it stores it: max-pooling, then pointwise functions in order. The last function may be a mask.</summary>
/// <param name="Pool">The side of the pooling window, whose stride is the same; 1 for none.</param>
/// <param name="Functions">The functions, in order.</param>
internal sealed record Epilogue(int Pool, EquatableArray<PointwiseFunction> Functions)
{
    public static readonly Epilogue None = new(1, []);

    private static readonly FunctionPlace Anywhere = new() { Operand = _ => "", Channel = (_, name) => name };

    public bool Pools => Pool > 1;

    /// <summary>The mask at the end; null for none.</summary>
    public MaskFunction? Mask => Functions.Count > 0 ? Functions[Functions.Count - 1] as MaskFunction : null;

    /// <summary>The functions that read a tensor beside the value.</summary>
    public IEnumerable<PointwiseFunction> WithOperand => Functions.Items.Where(function => function.Operand is not null);

    /// <summary>The tensors that these functions read.</summary>
    public IEnumerable<View> Operands => WithOperand.Select(function => function.Operand!.Value);

    /// <summary>Whether a function is applied to the stored tile, because its code is long.</summary>
    public bool HasLong => Functions.Items.Any(function => function.IsLong);

    /// <summary>Whether anything is done to a stored tile.</summary>
    public bool ChangesStored => HasLong || Mask is not null;

    /// <summary>Whether a function reads values of the channel.</summary>
    public bool ReadsChannels => Functions.Items.Any(function => function.Channels.Count > 0);

    /// <summary>Whether backward reads values of the channel.</summary>
    public bool NeedsChannels => Functions.Items.Any(function => function.Channels.Any(values => values.InGradient));

    /// <summary>Whether backward reads the stored output.</summary>
    public bool NeedsOutput => Functions.Items.Any(function => function.Need == DerivativeNeed.Output);

    /// <summary>Whether backward reads the input of the first function.</summary>
    public bool NeedsInput => Functions.Items.Any(function => function.Need == DerivativeNeed.Input);

    /// <summary>Whether backward computes the mask again; it does not if the derivative of another function is 0 wherever a value was dropped.</summary>
    public bool ReplaysMask => Mask is { } mask && !(mask.DropsToZero && Functions.Items.Any(ShowsMask));

    /// <summary>Whether the epilogue changes a gradient in backward; it does not if all its functions have the constant derivative 1, as a sum has.</summary>
    public bool ChangesGradient => Functions.Items.Any(function =>
        function.Need != DerivativeNeed.Nothing || function.Gradient("gradient", Anywhere) != "gradient");

    /// <summary>For the comment above the kernel.</summary>
    public string Description =>
        (Pools ? Invariant($"; {Pool}×{Pool} maxima") : "") + string.Concat(Functions.Items.Select(function => "; " + function.Description));

    /// <summary>
    /// The functions applied to a value, up to the first long one or the mask: in the registers of a tile these would need so many more that sums
    /// would spill.
    /// </summary>
    public string ApplyInTile(string value, FunctionPlace place) =>
        Functions.Items.TakeWhile(IsShort).Aggregate(value, (inner, function) => function.Forward(inner, place));

    /// <summary>The functions from the first long one on, except the mask, applied to a value. They read nothing else.</summary>
    public string ApplyLong(string value) =>
        Functions.Items.SkipWhile(IsShort).Where(function => function is not MaskFunction).Aggregate(value, static (inner, function) => function.Forward(inner, default));

    /// <summary>All functions applied to a value, for a kernel that has no tile.</summary>
    public string ApplyAll(string value, FunctionPlace place, string unit) => ApplyMask(ApplyLong(ApplyInTile(value, place)), unit);

    /// <summary>The mask applied to a value.</summary>
    public string ApplyMask(string value, string unit) => Mask?.Forward(value, new FunctionPlace { Unit = unit }) ?? value;

    /// <summary>The gradient with respect to the input of the first function, from the gradient with respect to the output of the last.</summary>
    public string Gradient(string gradient, FunctionPlace place) => Gradient(gradient, 0, place);

    /// <summary>The gradient with respect to the operand of one of the functions.</summary>
    public string OperandGradient(string gradient, PointwiseFunction function, FunctionPlace place) =>
        function.OperandGradient(Gradient(gradient, PlaceOf(function) + 1, place), place);

    /// <summary>The functions after one with an operand: the gradient with respect to the operand goes back through them.</summary>
    public Epilogue After(PointwiseFunction function) =>
        this with { Functions = Functions.Items.Skip(PlaceOf(function) + 1).ToEquatableArray() };

    private static bool IsShort(PointwiseFunction function) => !function.IsLong && function is not MaskFunction;

    // Two functions of a chain can be equal: the same tensor may be added twice.
    private int PlaceOf(PointwiseFunction function) => Functions.ToList().FindIndex(other => ReferenceEquals(other, function));

    // The stored output is 0 where a value was dropped. A derivative that is computed from the output, and is 0 there, hides dropped values.
    private static bool ShowsMask(PointwiseFunction function) => function.Need == DerivativeNeed.Output && function.HasZeroDerivativeAtZero;

    private string Gradient(string gradient, int first, FunctionPlace place)
    {
        for (int i = Functions.Count - 1; i >= first; i--)
        {
            PointwiseFunction function = Functions[i];
            bool masked = function is MaskFunction { DropsToZero: true } && Functions.Items.Skip(first).Any(ShowsMask);
            gradient = masked ? ((MaskFunction)function).Scaled(gradient) : function.Gradient(gradient, place);
        }

        return gradient;
    }
}
