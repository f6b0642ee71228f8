namespace NetGen;

/// <summary>A part of the trained parameters, which an optimizer updates at once.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">The number of parameters.</param>
/// <param name="Factor">The factor of their learning rate.</param>
/// <param name="IsPenalized">Whether they are weights that a penalty reaches.</param>
internal readonly record struct StepPart(int Offset, int Length, double Factor, bool IsPenalized);

/// <summary>
/// How the trained parameters are cut into parts: after a fixed number of parameters and, if settings distinguish parameters, where one of other
/// settings begins.
/// </summary>
internal sealed class StepParts
{
    /// <summary>The largest number of parameters in a part: with gradients and two blocks of state they fit into the L2 cache.</summary>
    public const int MaxLength = 16384;

    // The parts, if settings distinguish parameters.
    private StepPart[]? _parts;
    private int _total;

    // What the parts were made for.
    private ParameterTable? _table;
    private int _version = -1;
    private bool _penalizes;

    /// <summary>The number of parts.</summary>
    public int Count => _parts?.Length ?? CountOf(_total);

    /// <summary>A part.</summary>
    public StepPart this[int index] =>
        _parts is not null ? _parts[index] : new StepPart(index * MaxLength, Math.Min(MaxLength, _total - (index * MaxLength)), 1, false);

    /// <summary>The number of parts that begin before a parameter.</summary>
    /// <param name="end">The parameter, by its offset.</param>
    public int CountBefore(int end)
    {
        if (_parts is null)
            return CountOf(end);
        int low = 0, high = _parts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_parts[middle].Offset < end)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The part that contains a parameter.</summary>
    /// <param name="offset">The parameter, by its offset.</param>
    public StepPart At(int offset) => this[CountBefore(offset + 1) - 1];

    /// <summary>The number of parts of so many parameters that nothing distinguishes.</summary>
    public static int CountOf(int total) => (total + MaxLength - 1) / MaxLength;

    /// <summary>Cuts the parameters, unless that was done for the same settings.</summary>
    /// <param name="total">The number of trained parameters.</param>
    /// <param name="table">Their names; null if there are none.</param>
    /// <param name="factors">The factors of learning rates.</param>
    /// <param name="penalizes">Whether there is a penalty on weights.</param>
    /// <exception cref="InvalidOperationException">A factor has a name that the table has not; the parts are as before.</exception>
    public void Cut(int total, ParameterTable? table, LearningRateFactors factors, bool penalizes)
    {
        if (table is null || (factors.Count == 0 && !penalizes))
        {
            (_parts, _total, _version) = (null, total, -1);
            return;
        }

        if (table == _table && factors.Version == _version && penalizes == _penalizes)
            return;
        factors.CheckNames(table);
        (_parts, _total) = ([.. Parts(table, factors, penalizes)], total);
        (_table, _version, _penalizes) = (table, factors.Version, penalizes);
    }

    private static IEnumerable<StepPart> Parts(ParameterTable table, LearningRateFactors factors, bool penalizes)
    {
        var open = new StepPart(0, 0, 1, false);
        foreach (StepPart next in Tensors(table, factors, penalizes))
        {
            if (next.Length == 0)
                continue;
            if (next.Factor == open.Factor && next.IsPenalized == open.IsPenalized)
            {
                open = open with { Length = open.Length + next.Length };
                continue;
            }

            foreach (StepPart part in Pieces(open))
                yield return part;
            open = next;
        }

        foreach (StepPart part in Pieces(open))
            yield return part;
    }

    // The trained parameters in the order of the memory, and what lies between them.
    private static IEnumerable<StepPart> Tensors(ParameterTable table, LearningRateFactors factors, bool penalizes)
    {
        int end = 0;
        foreach (ParameterInfo parameter in table.Parameters.Where(parameter => parameter.Role == ParameterRole.Trained).OrderBy(parameter => parameter.Offset))
        {
            yield return new StepPart(end, parameter.Offset - end, 1, false);
            yield return new StepPart(parameter.Offset, parameter.Length, Setting.AsWritten(factors.Of(parameter)), penalizes && parameter.IsKernel);
            end = parameter.Offset + parameter.Length;
        }

        yield return new StepPart(end, table.TrainedCount - end, 1, false);
    }

    private static IEnumerable<StepPart> Pieces(StepPart part)
    {
        for (int done = 0; done < part.Length; done += MaxLength)
            yield return part with { Offset = part.Offset + done, Length = Math.Min(MaxLength, part.Length - done) };
    }
}
