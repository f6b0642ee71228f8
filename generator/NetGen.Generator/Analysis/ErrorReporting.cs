using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Analysis;

/// <summary>Decides who reports the errors of declarations: the generator or the analyzer, never both.</summary>
/// <remarks>
/// The generator does wherever something is built, because a network with an error must never build, and nothing can suppress the
/// generator's errors. What an analyzer reports is lost with <c>RunAnalyzers</c> off, in the builds that Visual Studio starts for a run or a test, in
/// files that an <c>.editorconfig</c> calls generated, with a <c>[SuppressMessage]</c>, and if any signature has an error, because the
/// compiler then starts no analyzers. None of this can be seen here.
/// <para>
/// The analyzer does where nothing is built and code fixes are wanted, which go with analyzers: in an IDE and in <c>dotnet format</c>.
/// There the package's <c>NetGen.targets</c> adds the file of options that holds <see cref="Key"/>. A property that the compiler can see
/// would not do: builds and IDEs write those to one file, in turns. Without that file the generator reports, in an IDE too.
/// </para>
/// </remarks>
internal static class ErrorReporting
{
    /// <summary>The option in <c>NetGen.DesignTime.globalconfig</c>.</summary>
    public const string Key = "netgen_errors_from_analyzer";

    /// <summary>Whether the analyzer reports errors; otherwise the generator does.</summary>
    public static bool IsByAnalyzer(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(Key, out string? value) && value == "true";
}
