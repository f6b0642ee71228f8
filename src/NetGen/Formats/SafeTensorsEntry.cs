namespace NetGen;

/// <summary>One tensor of a safetensors file, as its header describes it. Name and shape stay in the header; the entry says where.</summary>
/// <param name="Name">Where its name is in the header.</param>
/// <param name="ShapeStart">Where its shape begins in the header.</param>
/// <param name="Type">Its number type, for example <c>F32</c>; null when the format has none of that name.</param>
/// <param name="Begin">Its first byte, counted from the start of the data.</param>
/// <param name="End">The byte after its last.</param>
internal readonly record struct SafeTensorsEntry(TextRange Name, int ShapeStart, string? Type, ulong Begin, ulong End);
