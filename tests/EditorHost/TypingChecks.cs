using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NetGen.EditorHost;

/// <summary>
/// The diagnostics after each keystroke of a declaration. From the moment in which the class is a network, code in other files that uses it
/// has no errors, whatever is half-written in its layers: these errors would come and go with the typing, and say nothing of that code.
/// One sort is the parser's: a list of attributes that is not closed swallows the word <c>public</c> behind it, whatever the attributes are.
/// </summary>
internal static class TypingChecks
{
    private const string Head = "using NetGen;\n\nnamespace Sample;\n\n";
    private const string Class = "public partial class DigitNet;";
    private const string Layers = "[Network, Input(16)]\n[Dense(units: 8), ReLU, Dropout(0.5, Name = \"drop\")]\n[Dense(4), Softmax]\n";

    public static async Task RunAsync(Editor editor, Expectations expectations)
    {
        Console.WriteLine("typing layers above a class");
        await TypeAsync(editor, expectations, [.. Steps(Layers, Class + "\n")]);
        Console.WriteLine("typing layers above a class, with closing brackets and quotes as an editor adds them");
        await TypeAsync(editor, expectations, [.. Steps(Layers, Class + "\n").Select(Closed)]);
        Console.WriteLine("typing a declaration from the first character to the last");
        await TypeAsync(editor, expectations, [.. Steps(Layers + Class, "")]);
    }

    private static IEnumerable<(string Typed, string Below)> Steps(string typed, string below) =>
        Enumerable.Range(1, typed.Length).Select(length => (typed[..length], below));

    /// <summary>What an editor adds behind the caret.</summary>
    private static (string Typed, string Below) Closed((string Typed, string Below) step)
    {
        var open = new Stack<char>();
        foreach (char next in step.Typed)
        {
            if (next == '"' && open.TryPeek(out char quote) && quote == '"') open.Pop();
            else if (next is '[' or '(' or '"') open.Push(next switch { '[' => ']', '(' => ')', _ => next });
            else if (next is ']' or ')') open.Pop();
        }

        return (step.Typed, string.Concat(open) + (step.Typed.EndsWith('\n') ? "" : "\n") + step.Below);
    }

    private static async Task TypeAsync(Editor editor, Expectations expectations, IReadOnlyList<(string Typed, string Below)> steps)
    {
        string last = "";
        int networks = 0, written = 0, disturbed = 0, changes = 0;
        foreach ((string typed, string below) in steps)
        {
            Document document = editor.Edited("DigitNet.cs", Head + typed + below);
            Diagnostic[] faults = [.. (await editor.DiagnosticsAsync(document.Project)).Where(static fault => fault.Severity >= DiagnosticSeverity.Warning)];
            if (await NetworkAsync(document.Project) is { } network)
            {
                networks++;
                if ((await document.Project.GetSourceGeneratedDocumentsAsync()).Any(static file => file.Name.StartsWith("Sample.DigitNet", StringComparison.Ordinal))) written++;
                Diagnostic[] elsewhere = [.. faults.Where(fault => fault.Location.SourceTree?.FilePath != document.FilePath && !IsOfParser(fault, network))];
                if (elsewhere.Length != 0) disturbed++;
                foreach (Diagnostic fault in elsewhere) Console.WriteLine($"    behind {Tail(typed)}: {fault}");
            }

            string seen = string.Join(' ', faults.Select(static fault => fault.Id).Distinct().Order(StringComparer.Ordinal));
            if (seen == last) continue;
            changes++;
            Console.WriteLine($"    {Tail(typed),-28} {(seen.Length == 0 ? "no faults" : seen)}");
            last = seen;
        }

        Console.WriteLine($"  {steps.Count} keystrokes, {changes} times other faults than before");
        expectations.Expect(networks > 0 && written == networks, $"at each of the {networks} keystrokes at which the class is a network, its members are generated");
        expectations.Expect(disturbed == 0, "and other files have no errors");
        expectations.Expect(last.Length == 0, "at the end there are no faults");
    }

    /// <summary>The class, if it carries the attribute.</summary>
    private static async Task<INamedTypeSymbol?> NetworkAsync(Project project) =>
        (await project.GetCompilationAsync())!.GetTypeByMetadataName("Sample.DigitNet") is { } network
        && network.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "NetworkAttribute", TypeKind: TypeKind.Class })
            ? network
            : null;

    private static bool IsOfParser(Diagnostic fault, INamedTypeSymbol network) =>
        network.DeclaredAccessibility != Accessibility.Public
        && fault.GetMessage(CultureInfo.InvariantCulture).StartsWith("Inconsistent accessibility", StringComparison.Ordinal);

    private static string Tail(string text) => "…" + text[Math.Max(0, text.Length - 20)..].ReplaceLineEndings("¶");
}
