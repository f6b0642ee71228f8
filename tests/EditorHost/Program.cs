using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.EditorHost;

// Asks the editor's services of the SDK what a user of an IDE sees, and ends with 1 where that is not as it should be.
string services = typeof(Expectations).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "EditorServices").Value!;
AppDomain.CurrentDomain.AssemblyResolve += (_, missing) =>
    Path.Combine(services, new AssemblyName(missing.Name).Name + ".dll") is var file && File.Exists(file) ? Assembly.LoadFrom(file) : null;
var expectations = new Expectations();
await RunAsync(services, args.Length == 1 ? args[0] : throw new ArgumentException("Give the project to open."), expectations);
return expectations.Conclude();

// A method of its own, so that nothing of the services is asked for before they can be found.
[MethodImpl(MethodImplOptions.NoInlining)]
static async Task RunAsync(string services, string projectFile, Expectations expectations)
{
    using Editor editor = await Editor.OpenAsync(services, projectFile);
    Console.WriteLine($"{Path.GetFileName(projectFile)}, with the editor's services {editor.Version}");
    await HoverChecks.RunAsync(editor, expectations);
    await CompletionChecks.RunAsync(editor, expectations);
    await ActionChecks.RunAsync(editor, expectations);
    await TypingChecks.RunAsync(editor, expectations);
}
