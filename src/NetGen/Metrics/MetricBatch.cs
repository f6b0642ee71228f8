using static System.FormattableString;

namespace NetGen;

/// <summary>Samples for a metric: the outputs of the network, and for each sample its label or its targets.</summary>
public readonly ref struct MetricBatch
{
    private readonly ReadOnlySpan<int> _labels;
    private readonly ReadOnlySpan<float> _targets;

    /// <summary>Samples of a classifier.</summary>
    /// <param name="context">What the network gives.</param>
    /// <param name="outputs">The outputs, sample after sample.</param>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <exception cref="ArgumentException">
    /// The network is a regression, the lengths do not agree, or a label is out of range.
    /// </exception>
    public MetricBatch(MetricContext context, ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.IsClassifier)
            throw new ArgumentException("The network is a regression, so its samples have targets, not labels.", nameof(labels));
        if (outputs.Length != (long)labels.Length * context.OutputLength)
        {
            throw new ArgumentException(
                Invariant($"{labels.Length} samples have {(long)labels.Length * context.OutputLength} outputs, but got {outputs.Length}."),
                nameof(outputs));
        }

        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)context.Classes)
            {
                throw new ArgumentException(
                    Invariant($"The label of sample {i} is {labels[i]}; labels must be 0 to {context.Classes - 1}."), nameof(labels));
            }
        }

        Context = context;
        Outputs = outputs;
        Count = labels.Length;
        _labels = labels;
    }

    /// <summary>Samples of a regression, or of a classifier with class probabilities as targets.</summary>
    /// <param name="context">What the network gives.</param>
    /// <param name="outputs">The outputs, sample after sample.</param>
    /// <param name="targets">The targets, sample after sample; as many as outputs.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public MetricBatch(MetricContext context, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (outputs.Length % context.OutputLength != 0)
        {
            throw new ArgumentException(
                Invariant($"{outputs.Length} outputs are no whole number of samples with {context.OutputLength} outputs."), nameof(outputs));
        }
        if (targets.Length != outputs.Length)
        {
            throw new ArgumentException(
                Invariant($"There are {outputs.Length} outputs but {targets.Length} targets."), nameof(targets));
        }

        Context = context;
        Outputs = outputs;
        Count = outputs.Length / context.OutputLength;
        _targets = targets;
    }

    /// <summary>What the network gives.</summary>
    public MetricContext Context { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>The outputs, sample after sample.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The targets, sample after sample; empty for samples with labels.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>The outputs of a sample.</summary>
    /// <param name="sample">Which, from 0.</param>
    public ReadOnlySpan<float> Output(int sample) => Outputs.Slice(sample * Context.OutputLength, Context.OutputLength);

    /// <summary>The targets of a sample.</summary>
    /// <param name="sample">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">The samples have labels.</exception>
    public ReadOnlySpan<float> Target(int sample) => _labels.IsEmpty
        ? _targets.Slice(sample * Context.OutputLength, Context.OutputLength)
        : throw new InvalidOperationException("These samples have labels, not targets.");

    /// <summary>
    /// The class that a sample belongs to: its label, or the class with the largest target, the first of equals. With one output for two
    /// classes, class 1 has a target above 0.5.
    /// </summary>
    /// <param name="sample">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">The network is a regression, or a target of the sample is not a number.</exception>
    public int ActualClass(int sample)
    {
        if (!_labels.IsEmpty)
            return _labels[sample];
        int actual = Largest(Target(sample));
        return actual >= 0
            ? actual
            : throw new InvalidOperationException(Invariant($"A target of sample {sample} is not a number, so it has no class."));
    }

    /// <summary>
    /// The class that the network predicts for a sample: that with the largest output, the first of equals, as <c>Classify</c>. With one
    /// output for two classes, class 1 has an output above 0.5. −1 if an output is not a number, because that is no prediction.
    /// </summary>
    /// <param name="sample">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">The network is a regression.</exception>
    public int PredictedClass(int sample) => Largest(Output(sample));

    private int Largest(ReadOnlySpan<float> probabilities) => Context.IsClassifier
        ? Classes.Of(probabilities, Context.Classes)
        : throw new InvalidOperationException("The network is a regression, so there are no classes.");
}
