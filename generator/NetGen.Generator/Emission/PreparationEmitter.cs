using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>
/// Emits the code of preparations: values that a pass computes from parameters before its kernels run. Those of forward are called
/// <c>prepared</c> in generated code, those of backward <c>packed</c>.
/// </summary>
internal static class PreparationEmitter
{
    /// <summary>The property of <c>InferenceRunner</c> and <c>TrainingRunner</c> that refers to the values of forward.</summary>
    public const string Values = "PreparedValues";

    /// <summary>The expression for an array of forward, where <c>prepared</c> refers to all of them.</summary>
    public static string Argument(PreparedOf prepared) => $"ref prepared[Prepared.{prepared.Name}{Plus(prepared.Offset)}]";

    /// <summary>The expression for an array of backward, where <c>packed</c> refers to all of them.</summary>
    public static string BackwardArgument(PreparedOf prepared) => $"ref packed[Packed.{prepared.Name}{Plus(prepared.Offset)}]";

    /// <summary>The call that computes a work item of a preparation of backward, where <c>item</c> is its number.</summary>
    public static string BackwardCall(NetworkPlan plan, Preparation preparation) => preparation
        .Call(name => InferenceEmitter.Parameter(plan, name), array => BackwardArgument(new(preparation, array)), "item").ToString();

    /// <summary>Writes the method that computes the values of forward.</summary>
    public static void Write(CodeWriter code, NetworkPlan plan, PreparationPlan preparations)
    {
        if (preparations.Preparations.Count == 0)
            return;
        code.Gap();
        using (code.Open("protected override void Prepare()"))
        {
            code.Line("FloatRef p = Parameters;");
            code.Line($"FloatRef prepared = {Values};");
            foreach (Preparation preparation in preparations.Preparations)
            {
                // A preparation of forward has a single work item, number 0.
                LibraryCall call = preparation.Call(name => InferenceEmitter.Parameter(plan, name), array => Argument(new(preparation, array)), "0");
                code.Statement(call.ToString());
            }
        }
    }

    /// <summary>Writes the class with the offsets of the values of forward. Training uses a part of inference's values, at the same offsets.</summary>
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

    private static string Plus(int offset) => offset == 0 ? "" : Invariant($" + {offset}");
}
