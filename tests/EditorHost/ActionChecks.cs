using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.EditorHost;

/// <summary>The actions that are offered for what the rules report, and whether the project is as it should be after them.</summary>
internal static class ActionChecks
{
    private const string Misuse = """
        using NetGen;

        namespace Sample;

        /// <summary>Predicts with training passes.</summary>
        public sealed class Reader(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(1);

            /// <summary>Through a local variable.</summary>
            public float First(float[] image)
            {
                var pass = net.BeginTraining(1);
                pass.Forward(image, new int[1]);
                return pass.Outputs[0];
            }

            /// <summary>Through a field.</summary>
            public float Second(float[] image)
            {
                _pass.Forward(image, new int[1]);
                return _pass.Outputs[0];
            }
        }
        """;

    public static async Task RunAsync(Editor editor, Expectations expectations)
    {
        string declaration = (await editor.File("DigitNet.cs").GetTextAsync()).ToString();
        foreach ((string id, string file, string text) in new[]
        {
            ("NG0201", "Reader.cs", Misuse),
            ("NG0202", "Reader.cs", Misuse),
            ("NG0101", "DigitNet.cs", declaration.Replace("partial ", "", StringComparison.Ordinal)),
            ("NG0108", "DigitNet.cs", declaration.Replace("Input(16)", "Input(4, 4, 1)", StringComparison.Ordinal)),
            ("NG0205", "DigitNet.cs", declaration.Replace("0.5", "0", StringComparison.Ordinal)),
            ("NG0206", "DigitNet.cs", declaration.Replace("Dropout(0.5)", "Dropout(0.1), Dropout(0.2)", StringComparison.Ordinal)),
        })
        {
            Document document = editor.Edited(file, text);
            Diagnostic? found = (await editor.DiagnosticsAsync(document.Project)).FirstOrDefault(diagnostic => diagnostic.Id == id);
            expectations.Expect(found is not null, $"{id} is shown in {file}");
            if (found is null) continue;
            string[] actions = await editor.ActionsAsync(document, found);
            Console.WriteLine($"{found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}\n    actions: {string.Join(" | ", actions)}");
            expectations.Expect(actions.Length > 0, $"{id} has an action");
            foreach (string action in actions)
            {
                string changed = await editor.ApplyAsync(document, found, action);
                Diagnostic[] left = [.. (await editor.DiagnosticsAsync(document.WithText(SourceText.From(changed)).Project)).Where(
                    diagnostic => diagnostic.Id == id
                        || (diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("CS", StringComparison.Ordinal)))];
                expectations.Expect(
                    left.Length == 0, $"after '{action}' {id} is gone and the project compiles" + string.Concat(left.Select(static fault => "\n         " + fault)));
            }
        }

        Document high = editor.Edited("DigitNet.cs", declaration.Replace("0.5", "0.9", StringComparison.Ordinal));
        expectations.Expect(
            (await editor.DiagnosticsAsync(high.Project)).All(static diagnostic => diagnostic.Id != "NG0207"), "NG0207, which .editorconfig turns off, is not shown");
    }
}
