namespace NetGen.Generator.Model;

/// <summary>In which form samples come, after the runtime's enum <c>InputType</c>.</summary>
internal enum InputKind
{
    Float32,
    UInt8,
}
