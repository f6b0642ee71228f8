namespace NetGen.Generator.Graph.Tuning;

/// <summary>Limits the length of the expression of fused functions.</summary>
internal static class FusedText
{
    /// <summary>
    /// How often the expression may contain its input. A function whose expression contains its input twice doubles that number, so the length
    /// of a chain of such functions grows exponentially.
    /// </summary>
    private const int MaxNames = 16;

    /// <summary>Whether the functions of an epilogue fit into one expression.</summary>
    public static bool Fits(Epilogue epilogue)
    {
        const string Value = "@";
        FunctionPlace place = new() { Operand = _ => "", Channel = (_, _) => "" };
        return epilogue.ApplyLong(epilogue.ApplyInTile(Value, place)).Count(character => character == Value[0]) <= MaxNames;
    }
}
