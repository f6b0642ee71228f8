using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Emission;

/// <summary>Comments where the calls of operations would stand that have nothing to do; see <see cref="Operation.WritesNothing"/>.</summary>
internal static class Notes
{
    /// <summary>Writes the comments of operations that all have nothing to do.</summary>
    /// <returns>Whether they were written; false if an operation needs a call.</returns>
    public static bool Write(CodeWriter code, params IReadOnlyList<Operation> operations)
    {
        if (!operations.All(operation => operation.WritesNothing))
            return false;
        foreach (Operation operation in operations)
            code.Comment(operation.Note);
        return true;
    }
}
