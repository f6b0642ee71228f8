using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// A loss and its head, the function that computes the outputs: softmax for the cross-entropy, the identity for the mean squared error.
/// It has no state; <see cref="Heads"/> does the computation.
/// </summary>
internal abstract class LossFunction
{
    /// <summary>The loss of a network.</summary>
    public static LossFunction Of(NetworkSummary network) => Of(network.Loss);

    /// <summary>The loss of that name.</summary>
    public static LossFunction Of(Loss loss) => loss switch
    {
        Loss.CrossEntropy => CrossEntropyFunction.Instance,
        Loss.MeanSquaredError => MeanSquaredErrorFunction.Instance,
        _ => throw new InvalidOperationException($"No function is known for the loss {loss}."),
    };

    /// <summary>Whether a sample belongs to one class: then there are labels, an accuracy and <c>Classify</c>.</summary>
    public abstract bool Classifies { get; }

    /// <summary>Computes the values before the head for a batch: the logits of a classifier. The loss is computed from them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="values">Where the values go.</param>
    /// <param name="threads">How many threads at most share the batch.</param>
    public abstract void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads);

    /// <summary>The loss of a sample that has a label.</summary>
    /// <param name="values">The values before the head.</param>
    /// <param name="label">The class.</param>
    /// <param name="outputs">Where the outputs go; as long as <paramref name="values"/>.</param>
    public abstract float Of(ReadOnlySpan<float> values, int label, Span<float> outputs);

    /// <summary>The loss of a sample that has targets.</summary>
    /// <param name="values">The values before the head.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputs">Where the outputs go; as long as <paramref name="values"/>.</param>
    public abstract float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs);

    /// <summary>The gradient of the loss of a sample that has a label with respect to the values before the head.</summary>
    /// <param name="outputs">The outputs of the sample.</param>
    /// <param name="label">The class.</param>
    /// <param name="scale">The derivative of the mean loss with respect to the loss of the sample.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public abstract void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient);

    /// <summary>The gradient of the loss of a sample that has targets with respect to the values before the head.</summary>
    /// <param name="outputs">The outputs of the sample.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="scale">The derivative of the mean loss with respect to the loss of the sample.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public abstract void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient);

    /// <summary>The head: the outputs of a sample.</summary>
    /// <param name="values">The values before the head.</param>
    /// <param name="outputs">Where the outputs go; as long as <paramref name="values"/>.</param>
    public abstract void Outputs(ReadOnlySpan<float> values, Span<float> outputs);

    /// <summary>Checks the targets of a batch.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="targets">The targets of all samples.</param>
    /// <param name="outputs">The number of outputs of a sample.</param>
    /// <exception cref="ArgumentException">The targets of a sample are not valid for this loss.</exception>
    public abstract void CheckTargets(string network, ReadOnlySpan<float> targets, int outputs);

    /// <summary>The mean loss of a network whose values before the head are all 0, over samples with these targets.</summary>
    /// <param name="outputs">The number of outputs of a sample.</param>
    /// <param name="targets">The targets of all samples; empty where they have labels.</param>
    public abstract double OfZeros(int outputs, ReadOnlySpan<float> targets);

    /// <summary>A message that says what is wrong with the targets of a sample; null if they are valid.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="sample">The position of the sample, for the message.</param>
    public abstract string? TargetFault(string network, ReadOnlySpan<float> targets, int sample);

    private sealed class CrossEntropyFunction : LossFunction
    {
        public static readonly CrossEntropyFunction Instance = new();

        public override bool Classifies => true;

        public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads)
        {
            if (network is ILogits classifier)
            {
                classifier.PredictLogits(inputs, values, threads);
                return;
            }

            // Logarithms of probabilities are logits: their softmax is these probabilities.
            network.Predict(inputs, values, threads);
            foreach (ref float value in values)
                value = MathF.Log(value);
        }

        public override float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => Heads.CrossEntropy(values, label, outputs);

        public override float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs) =>
            Heads.CrossEntropy(values, targets, outputs);

        public override void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) =>
            Heads.CrossEntropyGradient(outputs, label, scale, gradient);

        public override void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Heads.CrossEntropyGradient(outputs, targets, scale, gradient);

        public override void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => Heads.Softmax(values, outputs);

        public override void CheckTargets(string network, ReadOnlySpan<float> targets, int outputs) =>
            BatchChecks.Probabilities(network, targets, outputs);

        // All classes have the same probability.
        public override double OfZeros(int outputs, ReadOnlySpan<float> targets) => Math.Log(outputs);

        public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) =>
            BatchChecks.ProbabilityFault(network, targets, sample);
    }

    private sealed class MeanSquaredErrorFunction : LossFunction
    {
        public static readonly MeanSquaredErrorFunction Instance = new();

        public override bool Classifies => false;

        public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads) =>
            network.Predict(inputs, values, threads);

        public override float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => throw NoLabel();

        public override void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw NoLabel();

        public override void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Heads.MeanSquaredErrorGradient(outputs, targets, scale, gradient);

        public override void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);

        public override void CheckTargets(string network, ReadOnlySpan<float> targets, int outputs)
        {
            // Every number is a valid target.
        }

        public override float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs)
        {
            values.CopyTo(outputs);
            return Heads.MeanSquaredError(values, targets);
        }

        public override double OfZeros(int outputs, ReadOnlySpan<float> targets)
        {
            double sum = 0;
            foreach (float value in targets)
                sum += (double)value * value;
            return sum / targets.Length;
        }

        public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) => null;

        private static InvalidOperationException NoLabel() => new("The mean squared error is computed from targets, not from a label.");
    }
}
