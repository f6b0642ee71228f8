using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Marks a type whose forward computation runs with dropout active. NetGen's analyzers recognise training passes by this
/// mark, on the type itself or on an interface or base class of it, and never by a name.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingPassAttribute : Attribute
{
    /// <summary>
    /// Whether the network drops units at all. The default, <see langword="true"/>, stands for "it does, or it is not
    /// known"; with <see langword="false"/> the outputs equal those of a prediction and the dropout rules stay silent.
    /// </summary>
    public bool HasDropout { get; set; } = true;
}
