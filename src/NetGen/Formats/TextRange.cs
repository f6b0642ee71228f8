namespace NetGen;

/// <summary>A piece of a text, by place.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its number of bytes.</param>
internal readonly record struct TextRange(int Start, int Length);
