namespace NetGen;

/// <summary>The mistakes of which training shows signs.</summary>
public enum TrainingWarningKind
{
    /// <summary>An input value of the first batch is above 20 or below -20, as pixels from 0 to 255 are.</summary>
    LargeInputs,

    /// <summary>
    /// The loss of a batch is more than 100 times that of the first, and more than that of a network that gives 0 for everything
    /// (a classifier of n classes then has the loss ln n).
    /// </summary>
    LossIncrease,

    /// <summary>
    /// A classifier predicted the same class for all samples of an epoch. There are at least 50 samples, of several classes, and at least 10 steps
    /// were done.
    /// </summary>
    OneClass,

    /// <summary>The validation loss rose for 5 epochs while the training loss fell.</summary>
    Overfitting,

    /// <summary>A batch was left out, because its loss or a gradient was infinite or NaN; see <see cref="NonFiniteAction.SkipBatch"/>.</summary>
    SkippedBatch,
}
