namespace NetGen;

/// <summary>How the values of the classes become one number; the names are scikit-learn's.</summary>
public enum Averaging
{
    /// <summary>The mean over the classes that occur among the samples or the predictions: each of them counts the same.</summary>
    Macro,

    /// <summary>
    /// Computed from the counts of all classes together: each sample counts the same. If every sample has a prediction, precision, recall
    /// and F1 are all the accuracy.
    /// </summary>
    Micro,

    /// <summary>The mean over the classes, each weighted with the number of its samples.</summary>
    Weighted,
}
