namespace NetGen.Generator.Tests.Architecture;

/// <summary>A place where a file of one folder uses what a file of another declares.</summary>
/// <param name="File">The using file, relative to the project, with <c>/</c> between its parts.</param>
/// <param name="Line">The first line that does so, counted from 1.</param>
/// <param name="Symbol">What is used, for example <c>ParameterTable.Count</c>.</param>
/// <param name="Declaration">The file that declares it.</param>
internal sealed record FolderUse(string File, int Line, string Symbol, string Declaration);
