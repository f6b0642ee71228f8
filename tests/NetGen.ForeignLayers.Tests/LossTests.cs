using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Whole networks with each loss: gradients against central differences, and Fit and Evaluate with what they say of classes.</summary>
public sealed class LossTests
{
    private const int Samples = 4;
    private const int Inputs = 5;
    private const string Hidden = "Input(5), Dense(7), Softsign, ";

    public static TheoryData<string> Declarations =>
    [
        Hidden + "Dense(1), Sigmoid",
        Hidden + "Dense(3), Sigmoid",
        Hidden + "Dense(3), Sigmoid, Loss(Loss.MeanSquaredError)",
        Hidden + "Dense(3), LogSoftmax",
        Hidden + "Dense(3), LogSoftmax, Loss(Loss.CrossEntropy, LabelSmoothing = 0.1)",
        Hidden + "Dense(3), Softmax, Loss(Loss.CrossEntropy, LabelSmoothing = 0.1, IgnoreLabel = 255, ClassWeights = new double[] { 1, 2, 0.5 })",
        Hidden + "Dense(3), Loss(Loss.MeanAbsoluteError)",
        Hidden + "Dense(3), Loss(Loss.Huber, Delta = 0.25)",
        Hidden + "Dense(3), Loss(Loss.Huber)",
        "Input(5, 1), Dropout(0.2), Conv1D(3, 1), Flatten, Dense(19), BatchNorm, Sigmoid",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Every_gradient_is_a_difference_quotient(string layers)
    {
        const float Step = 1f / 128;
        INetwork network = ForeignNetwork.Create(layers, seed: 3);
        int outputs = network.Summary.OutputLength;
        float[] inputs = Draw.Normal(Samples * Inputs, 1);
        float[] targets = network.Summary.Loss switch
        {
            Loss.CrossEntropy => Draw.Probabilities(Samples, outputs, 7),
            Loss.BinaryCrossEntropy => [.. Draw.Normal(Samples * outputs, 7).Select(value => Math.Clamp(0.5f + value, 0, 1))],
            _ => Draw.Normal(Samples * outputs, 7),
        };
        float[] weights = [0.5f, 1, 2, 0];
        ITrainingPass pass = Begin();
        pass.Forward(inputs, targets, weights);
        pass.Backward();
        float[] gradients = pass.Gradients.ToArray();
        Assert.Contains(gradients, gradient => Math.Abs(gradient) > 0.02);
        for (int i = 0; i < gradients.Length; i++)
            Assert.Equal((LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step), gradients[i], 3e-3f);

        ITrainingPass Begin() => network.BeginTraining(new TrainingOptions { BatchSize = Samples, Seed = 8, Threads = 1, Step = 3 });

        float LossAt(int parameter, float change)
        {
            Add(change);
            float loss = Begin().Forward(inputs, targets, weights);
            Add(-change);
            return loss;

            void Add(float value)
            {
                using ParameterEdit edit = network.EditParameters();
                edit.Values[parameter] += value;
            }
        }
    }

    [Fact]
    public void A_binary_classifier_has_labels_an_accuracy_and_a_confusion_matrix()
    {
        INetwork network = ForeignNetwork.Create(Hidden + "Dense(1), Sigmoid", seed: 3);
        float[] inputs = Draw.Normal(40 * Inputs, 1);
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => inputs[i * Inputs] + inputs[(i * Inputs) + 1] > 0.3f ? 1 : 0)];
        Dataset data = Dataset.FromLabels(inputs, Inputs, labels, 2);
        TrainingHistory history = network.Fit(
            data, new FitOptions { Epochs = 60, BatchSize = 8, Optimizer = new Adam(0.02f), ClassWeights = [1, 1], Metrics = [new Precision(), new RocAuc()] });
        EvaluationResult result = network.Evaluate(data);
        float[] outputs = new float[40];
        network.Predict(inputs, outputs);
        int correct = outputs.Zip(labels).Count(pair => (pair.First > 0.5f ? 1 : 0) == pair.Second);
        Assert.True(correct >= 38, $"{correct} of 40");
        Assert.Equal(correct / 40.0, result.Accuracy);
        Assert.Equal(correct, result.ConfusionMatrix!.Correct);
        Assert.True(history[^1].Accuracy > 0.9 && history[^1].Metrics["auc"] > 0.95);

        // Targets 0 and 1 are the same as labels.
        EvaluationResult byTargets = network.Evaluate(Dataset.FromTargets(inputs, Inputs, [.. labels.Select(label => (float)label)], 1));
        Assert.Equal(result.Loss, byTargets.Loss);
        Assert.Equal(result.Accuracy, byTargets.Accuracy);
        Assert.Null(network.GetType().GetMethod("Classify"));
        Assert.Throws<InvalidOperationException>(() => network.CreatePredictor(1).Classify(inputs.AsSpan(0, Inputs)));
    }

    [Fact]
    public void Several_sigmoids_have_targets_and_no_accuracy()
    {
        INetwork network = ForeignNetwork.Create(Hidden + "Dense(3), Sigmoid", seed: 3);
        float[] inputs = Draw.Normal(Samples * Inputs, 1);
        EvaluationResult result = network.Evaluate(Dataset.FromTargets(inputs, Inputs, [0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0.5f, 1], 3));
        Assert.Null(result.Accuracy);
        Assert.Null(result.ConfusionMatrix);
        Assert.InRange(result.Loss, 0.3, 2);
        ArgumentException labels = Assert.Throws<ArgumentException>(() => network.Evaluate(Dataset.FromLabels(inputs, Inputs, [0, 1, 1, 0], 2)));
        Assert.Contains("is trained on the loss BinaryCrossEntropy, which needs targets", labels.Message, StringComparison.Ordinal);
        ArgumentException targets = Assert.Throws<ArgumentException>(
            () => network.Evaluate(Dataset.FromTargets(inputs, Inputs, [0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 2, 1], 3)));
        Assert.Contains("but target 1 of sample 3 is 2", targets.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_samples_count_in_no_loss_accuracy_or_metric()
    {
        const string Layers = Hidden + "Dense(3), Softmax, Loss(Loss.CrossEntropy, IgnoreLabel = 255, ClassWeights = new double[] { 1, 2, 0.5 })";
        INetwork network = ForeignNetwork.Create(Layers, seed: 3);
        float[] inputs = Draw.Normal(6 * Inputs, 1);
        Dataset all = Dataset.FromLabels(inputs, Inputs, [255, 0, 1, 255, 2, 255], 256);
        Dataset some = Dataset.FromLabels([.. inputs[Inputs..(3 * Inputs)], .. inputs[(4 * Inputs)..(5 * Inputs)]], Inputs, [0, 1, 2], 3);
        EvaluationResult result = network.Evaluate(all, batchSize: 4, metrics: [new Accuracy()]);
        EvaluationResult expected = network.Evaluate(some, batchSize: 4, metrics: [new Accuracy()]);
        Assert.Equal(expected.Loss, result.Loss, 1e-6);
        Assert.Equal(expected.Accuracy, result.Accuracy);
        Assert.Equal(expected.Metrics["accuracy"], result.Metrics["accuracy"]);
        Assert.Equal(3, result.ConfusionMatrix!.Total);

        // A batch of ignored samples alone changes nothing, and the epoch's numbers are those of the others.
        INetwork twin = ForeignNetwork.Create(Layers, seed: 3);
        Dataset ignoredLast = Dataset.FromLabels([.. inputs[Inputs..(4 * Inputs)], .. inputs[..Inputs]], Inputs, [0, 1, 255, 255], 256);
        Dataset without = Dataset.FromLabels(inputs[Inputs..(3 * Inputs)], Inputs, [0, 1], 3);
        EpochResult with = network.Fit(ignoredLast, new FitOptions { Epochs = 1, BatchSize = 2, Shuffle = false, Optimizer = new Sgd(0.1f) })[0];
        EpochResult plain = twin.Fit(without, new FitOptions { Epochs = 1, BatchSize = 2, Shuffle = false, Optimizer = new Sgd(0.1f) })[0];
        Assert.Equal(plain.Loss, with.Loss, 1e-6);
        Assert.Equal(plain.Accuracy, with.Accuracy);
        Assert.Equal(twin.Parameters.ToArray(), network.Parameters.ToArray());
    }

    [Fact]
    public void Logarithms_of_probabilities_are_those_of_the_Softmax_of_the_same_weights()
    {
        INetwork softmax = ForeignNetwork.Create(Hidden + "Dense(3), Softmax", seed: 3);
        INetwork logarithms = ForeignNetwork.Create(Hidden + "Dense(3), LogSoftmax", seed: 3);
        float[] inputs = Draw.Normal(Samples * Inputs, 1);
        float[] probabilities = new float[Samples * 3], logs = new float[Samples * 3];
        softmax.Predict(inputs, probabilities);
        logarithms.Predict(inputs, logs);
        for (int i = 0; i < logs.Length; i++)
            Assert.Equal(Math.Log(probabilities[i]), logs[i], 1e-5);
        int[] labels = [0, 2, 1, 2];
        Assert.Equal(softmax.BeginTraining(Samples).Forward(inputs, labels), logarithms.BeginTraining(Samples).Forward(inputs, labels), 1e-6f);
        Dataset data = Dataset.FromLabels(inputs, Inputs, labels, 3);
        Assert.Equal(softmax.Evaluate(data).Loss, logarithms.Evaluate(data).Loss, 1e-6);
        Assert.Equal(softmax.Evaluate(data).Accuracy, logarithms.Evaluate(data).Accuracy);
    }
}
