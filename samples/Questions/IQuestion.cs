namespace Questions;

/// <summary>A question that people ask about ReLU and dropout, and the measurement that answers it.</summary>
internal interface IQuestion
{
    /// <summary>The question.</summary>
    string Title { get; }

    /// <summary>Measures, and writes what comes out.</summary>
    /// <param name="page">Takes the text, the tables and the checks.</param>
    /// <param name="data">Digits to learn from and to be tested on.</param>
    void Answer(Page page, DigitSets data);
}
