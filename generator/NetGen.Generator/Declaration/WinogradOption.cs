using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Declaration;

/// <summary>An option for tests, which need Winograd's transforms also where they do not pay: the rows of the tiles, 4 or 2, that every convolution takes if it can.</summary>
internal static class WinogradOption
{
    /// <summary>The option in a <c>.globalconfig</c> file.</summary>
    public const string Key = "netgen_winograd_tiles";

    /// <summary>The rows of the tiles; 0 where the cost model chooses.</summary>
    public static int Read(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(Key, out string? value) ? value switch { "4" => 4, "2" => 2, _ => 0 } : 0;
}
