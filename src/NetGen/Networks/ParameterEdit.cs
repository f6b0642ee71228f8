using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Write access to all parameters of a network within a <see langword="using"/> statement:
/// <c>using (ParameterEdit edit = net.EditParameters()) edit.Values.Clear();</c>. Its end increments
/// <see cref="INetwork.ParameterVersion"/>, so that weights which the network packed before are stale.
/// </summary>
/// <remarks>A prediction that another thread makes meanwhile may see some parameters before and some after the edit.</remarks>
public ref struct ParameterEdit
{
    private ParameterMemory? _memory;

    internal ParameterEdit(ParameterMemory memory)
    {
        _memory = memory;
        Values = memory.Span;
    }

    /// <summary>
    /// All parameters, one tensor after the other in the kernels' order; <see cref="ParameterTable"/> has the offset of each.
    /// Do not use this span after the end of the edit.
    /// </summary>
    public Span<float> Values { get; private set; }

    /// <summary>Ends the edit; a second call does nothing.</summary>
    public void Dispose()
    {
        _memory?.MarkWritten();
        _memory = null;
        Values = default;
    }
}
