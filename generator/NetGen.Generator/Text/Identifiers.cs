namespace NetGen.Generator.Text;

/// <summary>Writes identifiers of the user's, which may be keywords.</summary>
internal static class Identifiers
{
    /// <summary>The keywords of C#, contextual ones included: each may be written with an <c>@</c>. A test compares them with the compiler's.</summary>
    private static readonly HashSet<string> Keywords = new(
        [
            "_", "__arglist", "__makeref", "__reftype", "__refvalue",
            "abstract", "add", "alias", "allows", "and", "as", "ascending", "assembly", "async", "await", "base", "bool", "break", "by",
            "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "descending",
            "do", "double", "else", "enum", "equals", "event", "explicit", "extension", "extern", "false", "field", "file", "finally",
            "fixed", "float", "for", "foreach", "from", "get", "global", "goto", "group", "if", "implicit", "in", "init", "int",
            "interface", "internal", "into", "is", "join", "let", "lock", "long", "managed", "method", "module", "nameof", "namespace",
            "new", "not", "null", "object", "on", "operator", "or", "orderby", "out", "override", "param", "params", "partial",
            "private", "property", "protected", "public", "readonly", "record", "ref", "remove", "required", "return", "sbyte", "scoped",
            "sealed", "select", "set", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true",
            "try", "type", "typeof", "typevar", "uint", "ulong", "unchecked", "unmanaged", "unsafe", "ushort", "using", "var", "virtual",
            "void", "volatile", "when", "where", "while", "with", "yield",
        ],
        StringComparer.Ordinal);

    /// <summary>An identifier that is a keyword gets its <c>@</c> back.</summary>
    public static string Escape(string identifier) => Keywords.Contains(identifier) ? "@" + identifier : identifier;

    /// <summary>The keywords.</summary>
    public static IEnumerable<string> All => Keywords;
}
