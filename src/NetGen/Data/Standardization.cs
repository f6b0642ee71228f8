using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Brings each feature to mean 0 and standard deviation 1, by the means and deviations of the training samples (scikit-learn's
/// <c>StandardScaler</c>): <c>(x − mean) / deviation</c>. Keep it with the weights, because every sample that is predicted needs it, too.
/// </summary>
public sealed class Standardization
{
    private readonly float[] _mean;
    private readonly float[] _deviation;

    /// <summary>Takes means and deviations, for example from a file.</summary>
    /// <param name="mean">The mean of each feature, finite. There is at least one feature.</param>
    /// <param name="deviation">The deviation of each feature, finite and above 0.</param>
    /// <exception cref="ArgumentException">The lengths are not equal or 0, or a value is out of range.</exception>
    public Standardization(ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation)
    {
        if (mean.IsEmpty || mean.Length != deviation.Length)
        {
            throw new ArgumentException(
                Invariant($"There are {mean.Length} means and {deviation.Length} deviations; both must be one for each feature."));
        }
        for (int i = 0; i < mean.Length; i++)
        {
            if (!float.IsFinite(mean[i]))
                throw new ArgumentException(Invariant($"The mean of feature {i} is {mean[i]}; it must be finite."), nameof(mean));
            if (!(deviation[i] > 0 && float.IsFinite(deviation[i])))
            {
                throw new ArgumentException(
                    Invariant($"The deviation of feature {i} is {deviation[i]}; it must be finite and above 0."), nameof(deviation));
            }
        }
        _mean = mean.ToArray();
        _deviation = deviation.ToArray();
    }

    /// <summary>The mean of each feature.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>The standard deviation of each feature (over n, not n − 1); 1 for a feature that is constant.</summary>
    public ReadOnlySpan<float> Deviation => _deviation;

    /// <summary>Computes means and deviations of values that lie sample by sample.</summary>
    /// <param name="samples">The values, of one sample or more.</param>
    /// <param name="features">Number of values of one sample, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples or no whole number of them, or a feature has values that are not finite.
    /// </exception>
    public static Standardization Of(ReadOnlySpan<float> samples, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (samples.IsEmpty || samples.Length % features != 0)
        {
            throw new ArgumentException(
                Invariant($"{samples.Length} values are not those of one or more samples of {features} values."), nameof(samples));
        }
        RunningMoments moments = new(features);
        for (int i = 0; i < samples.Length; i += features)
            moments.Add(samples.Slice(i, features));
        return moments.ToStandardization();
    }

    /// <summary>Computes means and deviations of the inputs of a source, which is read once, in its order and outside of training (epoch 0).</summary>
    /// <param name="source">The training samples.</param>
    /// <exception cref="ArgumentException">A feature has values that are not finite.</exception>
    public static Standardization Of(ISampleSource source) => OfValues(source, targets: false);

    /// <summary>Computes means and deviations of the targets of a source, which is read once, in its order and outside of training (epoch 0).</summary>
    /// <param name="source">The training samples.</param>
    /// <exception cref="ArgumentException">The samples have no targets, or a target has values that are not finite.</exception>
    public static Standardization OfTargets(ISampleSource source) => OfValues(source, targets: true);

    /// <summary>The samples with standardised inputs.</summary>
    /// <param name="source">The samples.</param>
    /// <exception cref="ArgumentException">The inputs have another number of features.</exception>
    /// <remarks>A network that takes bytes cannot be trained with them: it wants the values 0 to 255. Reading samples for it throws <see cref="InvalidOperationException"/>.</remarks>
    public ISampleSource Apply(ISampleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.InputLength != _mean.Length)
        {
            throw new ArgumentException(
                Invariant($"There are {_mean.Length} features, but the source's inputs have {source.InputLength} values."), nameof(source));
        }
        return source.Map(sample =>
        {
            if (sample.InputType == InputType.UInt8)
                throw new InvalidOperationException("The inputs are standardised, but the network takes bytes, 0 to 255. Let it begin with Normalization instead, and call Adapt.");
            Apply(sample.Input);
        });
    }

    /// <summary>
    /// The samples with standardised targets, for a regression. The mean squared error of a training with them is that of the standardised
    /// values; <see cref="Undo"/> turns predictions back.
    /// </summary>
    /// <param name="source">The samples.</param>
    /// <exception cref="ArgumentException">The samples have another number of targets.</exception>
    public ISampleSource ApplyToTargets(ISampleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.TargetLength != _mean.Length)
        {
            throw new ArgumentException(
                Invariant($"There are {_mean.Length} features, but the source has {source.TargetLength} targets."), nameof(source));
        }
        return source.Map(sample => Apply(sample.Target));
    }

    /// <summary>Standardises values in place.</summary>
    /// <param name="samples">The values of one sample or more, sample by sample.</param>
    /// <exception cref="ArgumentException">The values are no whole number of samples.</exception>
    public void Apply(Span<float> samples)
    {
        CheckLength(samples.Length);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (samples[i] - _mean[i % _mean.Length]) / _deviation[i % _mean.Length];
    }

    /// <summary>Turns standardised values back, in place; predictions of standardised targets, say.</summary>
    /// <param name="samples">The values of one sample or more, sample by sample.</param>
    /// <exception cref="ArgumentException">The values are no whole number of samples.</exception>
    public void Undo(Span<float> samples)
    {
        CheckLength(samples.Length);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (samples[i] * _deviation[i % _mean.Length]) + _mean[i % _mean.Length];
    }

    private static Standardization OfValues(ISampleSource source, bool targets)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (targets && source.TargetLength == 0)
            throw new ArgumentException("The samples have labels, not targets.", nameof(source));
        return RunningMoments.Of(source, targets ? source.TargetLength : source.InputLength, targets).ToStandardization();
    }

    private void CheckLength(int length)
    {
        if (length % _mean.Length != 0)
            throw new ArgumentException(Invariant($"{length} values are no whole number of samples of {_mean.Length} features."));
    }
}
