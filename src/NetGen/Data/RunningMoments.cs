using static System.FormattableString;

namespace NetGen;

/// <summary>Mean and variance of each feature, in one pass over the samples (Welford 1962), in double precision.</summary>
internal sealed class RunningMoments(int features)
{
    private readonly double[] _mean = new double[features];
    private readonly double[] _squares = new double[features];
    private long _count;

    /// <summary>The moments of the inputs or targets of a source, which is read once, in its order and outside of training (epoch 0).</summary>
    /// <param name="source">The samples.</param>
    /// <param name="features">Number of features; a sample may have values of each at several positions, one after the other.</param>
    /// <param name="targets">Whether the targets are meant.</param>
    /// <param name="type">In which form the network that the inputs are for takes them.</param>
    public static RunningMoments Of(ISampleSource source, int features, bool targets, InputType type = InputType.Float32)
    {
        float[] input = new float[source.InputLength];
        float[] target = new float[source.TargetLength];
        float[] values = targets ? target : input;
        RunningMoments moments = new(features);
        for (int i = 0; i < source.Count; i++)
        {
            (int label, float weight) = (0, 1);
            source.ReadAlone(new Sample(i, 0, input, target, ref label, ref weight) { InputType = type });
            for (int position = 0; position < values.Length; position += features)
                moments.Add(values.AsSpan(position, features));
        }

        return moments;
    }

    /// <summary>Adds a sample.</summary>
    public void Add(ReadOnlySpan<float> sample)
    {
        _count++;
        for (int i = 0; i < sample.Length; i++)
        {
            double difference = sample[i] - _mean[i];
            _mean[i] += difference / _count;
            _squares[i] += difference * (sample[i] - _mean[i]);
        }
    }

    /// <summary>The means of the samples added.</summary>
    public float[] Means() => Array.ConvertAll(_mean, value => (float)value);

    /// <summary>The variances of the samples added, over n.</summary>
    public float[] Variances() => Array.ConvertAll(_squares, sum => (float)(sum / _count));

    /// <summary>The means and deviations of the samples added.</summary>
    /// <exception cref="ArgumentException">A feature has none that are finite.</exception>
    public Standardization ToStandardization()
    {
        float[] mean = Means();
        float[] deviation = Array.ConvertAll(_squares, sum => (float)Math.Sqrt(sum / _count));
        for (int i = 0; i < mean.Length; i++)
        {
            if (!float.IsFinite(mean[i]) || !float.IsFinite(deviation[i]))
                throw new ArgumentException(Invariant($"Feature {i} has values that are not finite."));

            // A constant feature becomes 0.
            if (deviation[i] == 0)
                deviation[i] = 1;
        }
        return new Standardization(mean, deviation);
    }
}
