namespace NetGen;

/// <summary>
/// A copy of a network's statistics, such as the running means of a batch normalisation. A forward computation changes them, so a step that is not
/// to be applied has to put them back.
/// </summary>
internal sealed class StatisticsBackup
{
    private readonly INetwork _network;
    private readonly int _offset;
    private readonly float[] _values;

    /// <summary>Allocates the copy.</summary>
    public StatisticsBackup(INetwork network)
    {
        _network = network;
        ParameterTable table = network.ParameterTable;
        _offset = table.Parameters.Where(parameter => parameter.Role == ParameterRole.Statistic)
            .Select(parameter => parameter.Offset)
            .DefaultIfEmpty(table.Count)
            .Min();
        _values = new float[table.Count - _offset];
    }

    /// <summary>Copies the statistics.</summary>
    public void Take() => _network.Parameters[_offset..].CopyTo(_values);

    /// <summary>Puts the copy back.</summary>
    public void PutBack()
    {
        if (_values.Length == 0)
            return;
        using ParameterEdit edit = _network.EditParameters();
        _values.CopyTo(edit.Values[_offset..]);
    }
}
