using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>A switch over groups of work items.</summary>
internal static class WorkSwitch
{
    /// <summary>Writes it, with a case for each group. A group without a body has no case, but keeps its number.</summary>
    public static void Write(CodeWriter body, string variable, IEnumerable<(string Comment, Action? Body)> cases)
    {
        int number = 0;
        using (body.Open($"switch ({variable})"))
        {
            foreach ((string comment, Action? write) in cases)
            {
                int group = number++;
                if (write is null)
                    continue;
                body.Line(Invariant($"case {group}: // {comment}"));
                using (body.Indent())
                {
                    write();
                    body.Line("break;");
                }
            }
        }
    }
}
