using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Writable access to all parameters of a network for as long as a <see langword="using"/> lasts:
/// <c>using (ParameterEdit edit = net.EditParameters()) edit.Values.Clear();</c>. At its end the network knows that
/// whatever it prepared from the parameters is stale.
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
    /// All parameters, one tensor after the other in the kernels' order; <see cref="ParameterTable"/> tells where each lies.
    /// Keep no copy of this span beyond the end of the edit.
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
