using static System.FormattableString;

namespace NetGen;

/// <summary>Finds out before training or evaluation whether samples suit a network.</summary>
internal static class SourceCheck
{
    /// <summary>Throws unless the data set can be used with the network.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="summary">What the network takes and gives.</param>
    /// <param name="argument">The argument that it is, or in which it is.</param>
    /// <param name="member">Begins the message: where in the argument the data set is.</param>
    public static void Require(ISampleSource data, NetworkSummary summary, string argument, string member = "")
    {
        RequireInputs(data, summary, argument, member);
        if (data.TargetLength == 0)
            RequireLabels(data, summary, argument, member);
        else
            RequireTargets(data, summary, argument, member);
    }

    /// <summary>Throws unless the network can predict the samples, whatever they have besides inputs.</summary>
    /// <inheritdoc cref="Require"/>
    public static void RequireInputs(ISampleSource data, NetworkSummary summary, string argument, string member = "")
    {
        if (data.Count < 1)
            throw new ArgumentException($"{member}The data set has no samples.", argument);
        if (data.InputLength != summary.InputLength)
        {
            throw new ArgumentException(
                Invariant($"{member}{summary.Name} takes {summary.InputLength} input values a sample; ") +
                Invariant($"the samples of the data set have {data.InputLength}."),
                argument);
        }
    }

    /// <summary>Throws if a batch would have one sample, and a layer of the network needs two.</summary>
    public static void RequireNoSingleSample(ITrainingPass pass, int samples, int batchSize)
    {
        if ((pass as IPassDiagnostics)?.LayerOfSingleValues is not { } layer)
            return;
        throw new ArgumentException(
            $"The BatchNorm '{layer}' of {pass.Network.Summary.Name} has one value a sample in each channel, so every batch needs at least 2 samples, but "
            + Invariant($"{samples} samples in batches of {batchSize} leave a batch of 1. Use another BatchSize."),
            "options");
    }

    /// <summary>Throws if training and validation would read one source in turns that can only be read in its order.</summary>
    public static void RequireOwnOrder(ISampleSource train, FitOptions options)
    {
        if (ReferenceEquals(train, options.Validation) && train.IsSequential)
        {
            throw new ArgumentException(
                $"FitOptions.Validation: This {train.GetType().Name} is also the training set, and can only be read in its order; use a second one.",
                nameof(options));
        }
    }

    /// <summary>A copy of some metrics.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="argument">The argument that they are.</param>
    /// <exception cref="ArgumentException">A metric is null, or two have one name.</exception>
    public static IReadOnlyList<Metric> Metrics(IReadOnlyList<Metric> metrics, string argument)
    {
        ArgumentNullException.ThrowIfNull(metrics, argument);
        var names = new HashSet<string>(StringComparer.Ordinal) { "loss", "learning_rate" };
        foreach (Metric metric in metrics)
        {
            if (metric is null)
                throw new ArgumentException("Metrics must not contain null.", argument);
            if (!names.Add(metric.Name))
                throw new ArgumentException($"Each metric needs a name of its own, but '{metric.Name}' is the name of two values; set the Name of one.", argument);
        }

        return [.. metrics];
    }

    /// <summary>Throws unless the options' class weights, if there are any, suit the network.</summary>
    public static void RequireClassWeights(FitOptions options, NetworkSummary summary)
    {
        if (options.ClassWeights is not { } weights)
            return;
        int classes = LossFunction.Of(summary).Classes(summary.OutputLength);
        if (classes == 0)
            throw new ArgumentException($"FitOptions.ClassWeights needs a classifier; {summary.Name} is trained on the loss {summary.Loss}.", nameof(options));
        if (weights.Count != classes)
        {
            throw new ArgumentException(
                Invariant($"FitOptions.ClassWeights has {weights.Count} weights, but {summary.Name} has {classes} classes."), nameof(options));
        }
    }

    private static void RequireTargets(ISampleSource data, NetworkSummary summary, string argument, string member)
    {
        if (data.TargetLength != summary.OutputLength)
        {
            throw new ArgumentException(
                Invariant($"{member}{summary.Name} has {summary.OutputLength} outputs; the samples of the data set have {data.TargetLength} targets."),
                argument);
        }
        // Samples that do not lie in memory are checked when they are read.
        if (data is not Dataset stored)
            return;
        LossFunction loss = LossFunction.Of(summary);
        for (int i = 0; i < data.Count; i++)
        {
            if (loss.TargetFault(summary.Name, stored.Target(i), i) is { } fault)
                throw new ArgumentException(member + fault, argument);
        }
    }

    private static void RequireLabels(ISampleSource data, NetworkSummary summary, string argument, string member)
    {
        LossFunction loss = LossFunction.Of(summary);
        int classes = loss.Classes(summary.OutputLength);
        if (classes == 0)
        {
            throw new ArgumentException(
                $"{member}{summary.Name} is trained on the loss {summary.Loss}, which needs targets (Dataset.FromTargets); " +
                "the data set has labels.",
                argument);
        }
        if (data.ClassCount <= classes)
            return;
        if (data is not Dataset stored)
        {
            // Labels that the loss ignores are found when the samples are read.
            if (summary.LossSettings.IgnoreLabel is not null)
                return;
            throw new ArgumentException(
                Invariant($"{member}{data.GetType().Name} has {data.ClassCount} classes; {summary.Name} has {classes}."), argument);
        }

        for (int i = 0; i < data.Count; i++)
        {
            if (stored.Label(i) >= classes && !loss.Ignores(stored.Label(i)))
            {
                throw new ArgumentException(
                    Invariant($"{member}The label of sample {i} is {stored.Label(i)}; {summary.Name} has {classes} classes, ") +
                    Invariant($"so labels must be 0 to {classes - 1}."),
                    argument);
            }
        }
    }
}
