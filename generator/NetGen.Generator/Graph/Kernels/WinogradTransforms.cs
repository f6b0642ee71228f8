using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// The transforms of Winograd convolutions along one dimension, as statements. They interpolate at the points 0, ∞ and, in tiles of six
/// inputs, ±√½ and ±√2: with ±1 and ±2, which are more common, the errors are four times as large. In tiles of four inputs the points are 0, ∞ and ±1.
/// </summary>
/// <remarks>A vector holds the same place of many channels, or of neighbouring tiles. The weights are transformed by the library, <c>WinogradWeights</c>.</remarks>
internal static class WinogradTransforms
{
    private const string RootOfHalf = "0.70710677f";

    private const string RootOfTwo = "1.4142135f";

    private const string MinusTwoThirds = "-0.6666667f";

    private const string OneSixth = "0.16666667f";

    private const string RootOfTwoNinths = "0.47140452f";

    private const string MinusRootOfTwoNinths = "-" + RootOfTwoNinths;

    private const string RootOfOneEighteenth = "0.23570226f";

    /// <summary>Writes the transform of inputs <c>d0</c>, <c>d1</c>, … to <c>t0</c>, <c>t1</c>, ….</summary>
    /// <param name="code">Where it goes.</param>
    /// <param name="inputs">The inputs of a tile: 6 or 4.</param>
    /// <param name="names">The names of the vectors.</param>
    public static void OfInputs(CodeWriter code, int inputs, VectorNames names)
    {
        string floats = names.Floats;
        if (inputs == 4)
        {
            code.Line($"{floats} t0 = d0 - d2, t1 = d1 + d2, t2 = d2 - d1, t3 = d1 - d3;");
            return;
        }

        code.Line($"{floats} even = {names.Plus("d4", "-2f", "d2")}, odd = {names.Plus("d3", "-2f", "d1")};");
        code.Statement($"{floats} t1 = {names.Plus("even", RootOfHalf, "odd")}, t2 = {names.Plus("even", "-" + RootOfHalf, "odd")};");
        code.Line($"even = {names.Plus("d4", "-0.5f", "d2")};");
        code.Line($"odd = {names.Plus("d3", "-0.5f", "d1")};");
        code.Statement($"{floats} t3 = {names.Plus("even", RootOfTwo, "odd")}, t4 = {names.Plus("even", "-" + RootOfTwo, "odd")};");
        code.Statement($"{floats} t0 = {names.Plus("d0 + d4", "-2.5f", "d2")}, t5 = {names.Plus("d1 + d5", "-2.5f", "d3")};");
    }

    /// <summary>Writes the transform of the gradients with respect to outputs <c>z0</c>, <c>z1</c>, … to <c>t0</c>, <c>t1</c>, …: that of the weights, for filters as long as a tile.</summary>
    /// <param name="code">Where it goes.</param>
    /// <param name="size">The sizes of a tile.</param>
    /// <param name="names">The names of the vectors.</param>
    public static void OfGradients(CodeWriter code, WinogradSize size, VectorNames names)
    {
        string floats = names.Floats;
        if (size.Inputs == 4)
        {
            code.Line($"{floats} even = {names.Times("0.5f", "z0")}, odd = {names.Times("0.5f", "z1")};");
            code.Line($"{floats} t0 = z0, t1 = even + odd, t2 = even - odd, t3 = z1;");
            return;
        }

        if (size.Outputs == 2)
        {
            code.Line($"{floats} even = {names.Times(MinusTwoThirds, "z0")};");
            code.Line($"{floats} t1 = {names.Plus("even", MinusRootOfTwoNinths, "z1")}, t2 = {names.Plus("even", RootOfTwoNinths, "z1")};");
            code.Line($"even = {names.Times(OneSixth, "z0")};");
            code.Line($"{floats} t3 = {names.Plus("even", RootOfOneEighteenth, "z1")}, t4 = {names.Plus("even", "-" + RootOfOneEighteenth, "z1")};");
            code.Line($"{floats} t0 = z0, t5 = z1;");
            return;
        }

        code.Line($"{floats} even = {names.Plus("z0", "0.5f", "z2")}, odd = {names.Plus("z1", "0.5f", "z3")};");
        code.Line($"even *= {names.Splat(MinusTwoThirds)};");
        code.Line($"{floats} t1 = {names.Plus("even", MinusRootOfTwoNinths, "odd")}, t2 = {names.Plus("even", RootOfTwoNinths, "odd")};");
        code.Line($"even = {names.Plus("z0", "2f", "z2")};");
        code.Line($"odd = {names.Plus("z1", "2f", "z3")};");
        code.Line($"even *= {names.Splat(OneSixth)};");
        code.Line($"{floats} t3 = {names.Plus("even", RootOfOneEighteenth, "odd")}, t4 = {names.Plus("even", "-" + RootOfOneEighteenth, "odd")};");
        code.Line($"{floats} t0 = z0, t5 = z3;");
    }

    /// <summary>Writes the transform of products <c>t0</c>, <c>t1</c>, … to outputs.</summary>
    /// <param name="code">Where it goes.</param>
    /// <param name="size">The sizes of a tile.</param>
    /// <param name="names">The names of the vectors.</param>
    /// <param name="output">The name of an output.</param>
    /// <param name="bias">What is added to each of them; null for nothing.</param>
    public static void OfOutputs(CodeWriter code, WinogradSize size, VectorNames names, Func<int, string> output, string? bias)
    {
        string Times(string factor, string value) => bias is null ? names.Times(factor, value) : names.Plus(bias, factor, value);
        string Biased(string value) => bias is null ? value : $"{bias} + {value}";

        if (size.Inputs == 4)
        {
            code.Line($"{output(0)} = {Biased("t0")} + t1 + t2;");
            code.Line($"{output(1)} = {Biased("t1")} - t2 - t3;");
            return;
        }

        code.Line($"{names.Floats} sum1 = t1 + t2, sum2 = t3 + t4, difference1 = t1 - t2, difference2 = t3 - t4;");
        code.Line($"{output(0)} = {Biased("t0")} + sum1 + sum2;");
        if (size.Outputs == 2)
        {
            code.Line($"{output(1)} = {names.Plus(Biased("t5"), RootOfHalf, names.Plus("difference1", "2f", "difference2"))};");
            return;
        }

        code.Line($"{output(1)} = {Times(RootOfHalf, names.Plus("difference1", "2f", "difference2"))};");
        code.Line($"{output(2)} = {Times("0.5f", names.Plus("sum1", "4f", "sum2"))};");
        code.Line($"{output(3)} = {names.Plus(names.Plus(Biased("t5"), "0.35355338f", "difference1"), "2.828427f", "difference2")};");
    }
}
