namespace NetGen.Generator.Graph.Tuning;

/// <summary>How long the expression of fused functions may become.</summary>
internal static class FusedText
{
    /// <summary>
    /// How often it may name the value that it begins with. A function that names its input twice doubles that, so that the code of a long
    /// chain of them would fill the memory of the compiler.
    /// </summary>
    private const int MaxNames = 16;

    /// <summary>Whether the functions of an epilogue fit into one expression.</summary>
    public static bool Fits(Epilogue epilogue)
    {
        const string Value = "@";
        FunctionPlace place = new() { Operand = _ => "", Channel = (_, _) => "" };
        return epilogue.Apply(Value, place).Count(character => character == Value[0]) <= MaxNames;
    }
}
