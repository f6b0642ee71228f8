using System.ComponentModel;
using static System.FormattableString;

namespace NetGen.CompilerServices;

/// <summary>Mean and sample variance of outputs over many stochastic predictions (Welford's method, in double precision).</summary>
/// <param name="outputLength">Values of one prediction.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MonteCarlo(int outputLength)
{
    private readonly double[] _means = new double[outputLength];
    private readonly double[] _squares = new double[outputLength];
    private int _count;

    /// <summary>Checks the arguments of a generated <c>PredictMonteCarlo</c>.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="input">One sample.</param>
    /// <param name="inputLength">The values of one sample.</param>
    /// <param name="passes">The number of predictions.</param>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the variances go.</param>
    /// <param name="outputLength">The values of one prediction.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="passes"/> is less than 2.</exception>
    public static void Check(
        string network, ReadOnlySpan<float> input, int inputLength, int passes, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, int outputLength) =>
        Check(network, input.Length, inputLength, passes, mean, variance, outputLength);

    /// <summary>Checks the arguments of a generated <c>PredictMonteCarlo</c> for bytes.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="input">One sample.</param>
    /// <param name="inputLength">The values of one sample.</param>
    /// <param name="passes">The number of predictions.</param>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the variances go.</param>
    /// <param name="outputLength">The values of one prediction.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="passes"/> is less than 2.</exception>
    public static void Check(
        string network, ReadOnlySpan<byte> input, int inputLength, int passes, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, int outputLength) =>
        Check(network, input.Length, inputLength, passes, mean, variance, outputLength);

    /// <summary>Adds the predictions that stand one after the other in <paramref name="outputs"/>.</summary>
    /// <param name="outputs">A whole number of predictions.</param>
    public void Add(ReadOnlySpan<float> outputs)
    {
        for (; !outputs.IsEmpty; outputs = outputs[_means.Length..])
        {
            _count++;
            for (int i = 0; i < _means.Length; i++)
            {
                double deviation = outputs[i] - _means[i];
                _means[i] += deviation / _count;
                _squares[i] += deviation * (outputs[i] - _means[i]);
            }
        }
    }

    /// <summary>Removes all predictions.</summary>
    internal void Clear()
    {
        Array.Clear(_means);
        Array.Clear(_squares);
        _count = 0;
    }

    /// <summary>Writes the results.</summary>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the sample variances go.</param>
    public void CopyTo(Span<float> mean, Span<float> variance)
    {
        for (int i = 0; i < _means.Length; i++)
        {
            mean[i] = (float)_means[i];
            variance[i] = (float)(_squares[i] / (_count - 1));
        }
    }

    private static void Check(
        string network, int input, int inputLength, int passes, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, int outputLength)
    {
        CheckLength(network, input, inputLength, "takes", nameof(input));
        CheckLength(network, mean.Length, outputLength, "gives", nameof(mean));
        CheckLength(network, variance.Length, outputLength, "gives", nameof(variance));
        if (passes < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(passes), passes, "A mean and a variance need 2 passes or more; for one prediction without dropout, call Predict.");
        }
    }

    private static void CheckLength(string network, int length, int expected, string verb, string argument)
    {
        if (length != expected)
            throw new ArgumentException(Invariant($"{network} {verb} {expected} values, but got {length}."), argument);
    }
}
