namespace NetGen;

/// <summary>The values of an epoch by the names that Keras gives them.</summary>
internal static class EpochValues
{
    /// <summary>Begins the names of the values on the validation set.</summary>
    public const string ValidationPrefix = "val_";

    /// <summary>The name of the share of dead units.</summary>
    public const string DeadUnits = "dead_units";

    private const string Loss = "loss";
    private const string Accuracy = "accuracy";

    /// <summary>The names of the values that each epoch of a training has.</summary>
    public static IEnumerable<string> Names(TrainingContext training)
    {
        var names = new List<string> { Loss };
        NetworkSummary network = training.Network.Summary;
        if (LossFunction.Of(network).Classes(network.OutputLength) > 0)
            names.Add(Accuracy);
        names.AddRange(training.Options.Metrics.Select(metric => metric.Name).Except(names));
        IEnumerable<string> all = training.Options.Validation is null ? names : names.Concat(names.Select(name => ValidationPrefix + name));
        return training.TracksDeadUnits ? all.Append(DeadUnits) : all;
    }

    /// <summary>Whether larger values are better.</summary>
    public static bool HigherIsBetter(TrainingContext training, string name)
    {
        string key = name.StartsWith(ValidationPrefix, StringComparison.Ordinal) ? name[ValidationPrefix.Length..] : name;
        return training.Options.Metrics.FirstOrDefault(metric => metric.Name == key)?.HigherIsBetter ?? key is not (Loss or DeadUnits);
    }

    /// <summary>A value of an epoch; NaN if it has none of that name.</summary>
    public static double Of(EpochResult epoch, string name) => name switch
    {
        Loss => epoch.Loss,
        Accuracy => epoch.Accuracy ?? double.NaN,
        ValidationPrefix + Loss => epoch.ValidationLoss ?? double.NaN,
        ValidationPrefix + Accuracy => epoch.ValidationAccuracy ?? double.NaN,
        DeadUnits => epoch.DeadUnits?.Share ?? double.NaN,
        _ when epoch.Metrics.TryGetValue(name, out double value) => value,
        _ when name.StartsWith(ValidationPrefix, StringComparison.Ordinal)
            && epoch.ValidationMetrics.TryGetValue(name[ValidationPrefix.Length..], out double value) => value,
        _ => double.NaN,
    };
}
