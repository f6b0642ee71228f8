using System.Reflection;

namespace NetGen.Tests.Support;

/// <summary>The head and the loss of the reference, for targets that are values or class probabilities, as PyTorch computes them.</summary>
/// <param name="loss">What is minimised.</param>
/// <param name="settings">Delta, smoothing and class weights.</param>
/// <param name="givesLogarithms">Whether the outputs of a classifier are the logarithms of probabilities.</param>
internal sealed class ReferenceLoss(Loss loss, LossAttribute settings, bool givesLogarithms)
{
    /// <summary>Whether a last <c>Sigmoid</c> is the head; with any other loss it is an activation.</summary>
    public bool HasSigmoid => loss == Loss.BinaryCrossEntropy;

    /// <summary>The loss of a network: the declared one, or the one of its last layer.</summary>
    public static ReferenceLoss Of(Type network)
    {
        LayerAttribute last = network.GetCustomAttributes<LayerAttribute>().Last();
        Loss usual = last switch
        {
            SoftmaxAttribute or LogSoftmaxAttribute => Loss.CrossEntropy,
            SigmoidAttribute => Loss.BinaryCrossEntropy,
            _ => Loss.MeanSquaredError,
        };
        LossAttribute settings = network.GetCustomAttribute<LossAttribute>() ?? new LossAttribute(usual);
        return new ReferenceLoss(settings.Loss, settings, last is LogSoftmaxAttribute);
    }

    /// <summary>The outputs, from the values before the head.</summary>
    public double[] Head(double[] x) => loss switch
    {
        Loss.BinaryCrossEntropy => [.. x.Select(v => 1 / (1 + Math.Exp(-v)))],
        Loss.CrossEntropy => [.. x.Select((_, i) => givesLogarithms ? LogSoftmax(x, i) : Math.Exp(LogSoftmax(x, i)))],
        _ => x,
    };

    /// <summary>A sample's part of the mean loss.</summary>
    /// <param name="x">The values before the head.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">What they should be.</param>
    /// <param name="samples">The number of samples in the batch.</param>
    /// <param name="gradient">Receives the gradient with respect to <paramref name="x"/>.</param>
    public double OfSample(double[] x, double[] outputs, ReadOnlySpan<float> targets, int samples, double[] gradient)
    {
        if (loss == Loss.CrossEntropy) return CrossEntropy(x, outputs, targets, samples, gradient);
        double sum = 0;
        int count = samples * targets.Length;
        for (int i = 0; i < targets.Length; i++)
        {
            double error = outputs[i] - targets[i];
            (double value, gradient[i]) = loss switch
            {
                // The loss of a probability, from the logit: softplus(z) - t·z.
                Loss.BinaryCrossEntropy => (Math.Log(1 + Math.Exp(-Math.Abs(x[i]))) + Math.Max(x[i], 0) - (targets[i] * x[i]), error / count),
                Loss.MeanSquaredError => (error * error, 2 * error / count),
                Loss.MeanAbsoluteError => (Math.Abs(error), Math.Sign(error) / (double)count),
                Loss.Huber => Math.Abs(error) <= settings.Delta
                    ? (0.5 * error * error, error / count)
                    : (settings.Delta * (Math.Abs(error) - (0.5 * settings.Delta)), settings.Delta * Math.Sign(error) / count),
                _ => throw new NotSupportedException($"The reference knows no {loss}."),
            };
            sum += value / count;
        }

        return sum;
    }

    /// <summary>How near a sample is to where the gradient jumps.</summary>
    public double Margin(double[] outputs, ReadOnlySpan<float> targets)
    {
        double margin = double.PositiveInfinity;
        for (int i = 0; loss == Loss.MeanAbsoluteError && i < targets.Length; i++) margin = Math.Min(margin, Math.Abs(outputs[i] - targets[i]));
        return margin;
    }

    /// <summary>
    /// -Σ w·t·log softmax(z), whose gradient is p·Σ(w·t) - w·t. The sum is needed: there are weights, and rounded probabilities need not sum to 1 exactly.
    /// </summary>
    private double CrossEntropy(double[] x, double[] outputs, ReadOnlySpan<float> targets, int samples, double[] gradient)
    {
        double sum = 0, wantedSum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double wanted = Wanted(targets[i], i, targets.Length);
            wantedSum += wanted;
            if (wanted != 0) sum -= wanted * LogSoftmax(x, i) / samples;
        }

        for (int i = 0; i < targets.Length; i++)
        {
            double probability = givesLogarithms ? Math.Exp(outputs[i]) : outputs[i];
            gradient[i] = ((probability * wantedSum) - Wanted(targets[i], i, targets.Length)) / samples;
        }

        return sum;
    }

    private double Wanted(double target, int i, int classes) =>
        (settings.ClassWeights.Length > 0 ? settings.ClassWeights[i] : 1) * (((1 - settings.LabelSmoothing) * target) + (settings.LabelSmoothing / classes));

    private static double LogSoftmax(double[] x, int i)
    {
        double largest = x.Max();
        return x[i] - largest - Math.Log(x.Sum(v => Math.Exp(v - largest)));
    }
}
