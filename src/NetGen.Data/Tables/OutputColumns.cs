namespace NetGen.Data;

/// <summary>The columns of a table that a network learns to predict.</summary>
internal abstract class OutputColumns
{
    /// <summary>Takes a field.</summary>
    /// <param name="column">Which of the columns, in their order.</param>
    /// <param name="text">The field.</param>
    /// <param name="culture">How numbers are written.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public abstract string? Add(int column, string text, IFormatProvider culture);
}
