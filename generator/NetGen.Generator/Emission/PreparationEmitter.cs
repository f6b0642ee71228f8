using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>What a pass computes from parameters before its kernels run: at the beginning of each call, and before backward.</summary>
internal static class PreparationEmitter
{
    /// <summary>The property of both passes that refers to the values.</summary>
    public const string Values = "PreparedValues";

    /// <summary>The expression for prepared values, where <c>prepared</c> refers to all of them.</summary>
    public static string Argument(PreparedOf prepared) => $"ref prepared[Prepared.{prepared.Name}]";

    /// <summary>The expression for values that are prepared for backward, where <c>packed</c> refers to all of them.</summary>
    public static string BackwardArgument(PreparedOf prepared) => $"ref packed[Packed.{prepared.Name}]";

    /// <summary>The call that computes an item of what is prepared for backward.</summary>
    public static string BackwardCall(NetworkPlan plan, Preparation preparation) => preparation
        .Call(name => InferenceEmitter.Parameter(plan, name), array => BackwardArgument(new(preparation, array)), "item").ToString();

    /// <summary>Writes the method that computes the values.</summary>
    public static void Write(CodeWriter code, NetworkPlan plan, PreparationPlan preparations)
    {
        if (preparations.Length == 0)
            return;
        code.Gap();
        using (code.Open("protected override void Prepare()"))
        {
            code.Line("FloatRef p = Parameters;");
            code.Line($"FloatRef prepared = {Values};");
            foreach (Preparation preparation in preparations.Preparations)
            {
                LibraryCall call = preparation.Call(name => InferenceEmitter.Parameter(plan, name), array => Argument(new(preparation, array)), "0");
                code.Statement(call.ToString());
            }
        }
    }

    /// <summary>Writes the class with the offsets of the prepared values. Training uses some of the values of inference, at the same offsets.</summary>
    public static void WriteOffsets(CodeWriter code, PreparationPlan preparations)
    {
        if (preparations.Length == 0)
            return;
        code.Gap();
        code.Line("/// <summary>The offsets of values that are computed from parameters before the kernels run, in floats.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class Prepared"))
        {
            foreach ((string name, int offset) in preparations.Names)
                code.Line(Invariant($"internal const int {name} = {offset};"));
        }
    }
}
