using Microsoft.CodeAnalysis;

namespace NetGen.EditorHost;

/// <summary>What is shown when the mouse rests on a network, a layer or a generated member.</summary>
internal static class HoverChecks
{
    private const string Table = "Dense 8 units";

    public static async Task RunAsync(Editor editor, Expectations expectations)
    {
        Document plain = editor.File("DigitNet.cs");
        string text = (await plain.GetTextAsync()).ToString();
        string network = await ShowAsync(plain, "DigitNet;", "the network");
        expectations.Expect(Count(network, Table) == 1, "the network shows its table once");

        Document described = editor.Edited("DigitNet.cs", text.Replace("[Network,", "/// <summary>Reads digits.</summary>\n[Network,", StringComparison.Ordinal));
        string own = await ShowAsync(described, "DigitNet;", "the network with a summary of the user's");
        expectations.Expect(Count(own, "Reads digits.") == 1 && Count(own, Table) == 1, "the user's summary and the table are shown once each");
        string xml = (await described.Project.GetCompilationAsync())!.GetTypeByMetadataName("Sample.DigitNet")!.GetDocumentationCommentXml()!;
        expectations.Expect(Count(xml, "<summary>") == 1, "the documentation has one summary");

        string layer = await ShowAsync(plain, "Dropout(", "a layer");
        expectations.Expect(layer.Contains("rate", StringComparison.Ordinal) && layer.Split('\n').Length > 1, "the layer shows its arguments and what it does");
        string member = await ShowAsync(editor.File("Reader.cs"), "Predict(", "a generated member");
        expectations.Expect(member.Contains("no dropout in this code", StringComparison.Ordinal), "the generated member shows its documentation");
    }

    private static async Task<string> ShowAsync(Document document, string on, string what)
    {
        string shown = await Editor.HoverAsync(document, on);
        Console.WriteLine($"hover on {what}:\n    {shown.Replace("\n", "\n    ", StringComparison.Ordinal)}");
        return shown;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
