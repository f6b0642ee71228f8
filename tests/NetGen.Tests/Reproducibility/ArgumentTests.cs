using NetGen.Tests.DropoutMasks;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Reproducibility;

/// <summary>Wrong arguments are refused by name, and leave the network and the pass as they were.</summary>
public sealed class ArgumentTests
{
    private const int Batch = 6;

    [Fact]
    public void PredictRefusesWrongLengths()
    {
        var network = new WideClassifier(1);
        float[] parameters = network.Parameters.ToArray();
        CheckRefused<ArgumentException>("input", () => network.Predict(new float[9], new float[10]), "10", "9");
        CheckRefused<ArgumentException>("input", () => network.Predict(new float[21], new float[20]), "10", "21");
        CheckRefused<ArgumentException>("output", () => network.Predict(new float[10], new float[9]), "10", "9");
        CheckRefused<ArgumentException>("output", () => network.Predict(new float[20], new float[10]), "20", "10");
        CheckRefused<ArgumentException>("output", () => network.Predict(new float[10], new float[11]), "10", "11");
        Close.SameBits("parameters", parameters, network.Parameters);
    }

    [Fact]
    public void ClassifyRefusesWrongLengths()
    {
        var network = new WideClassifier(1);
        Assert.Throws<ArgumentException>(() => network.Classify(new float[9]));
        Assert.Throws<ArgumentException>(() => network.Classify(new float[20]));
        Assert.InRange(network.Classify(new float[10]), 0, 9);
    }

    [Fact]
    public void BeginTrainingRefusesWrongCounts()
    {
        var network = new WideClassifier(1);
        CheckRefused<ArgumentOutOfRangeException>("batchSize", () => network.BeginTraining(0), "0");
        CheckRefused<ArgumentOutOfRangeException>("batchSize", () => network.BeginTraining(-3), "-3");
        CheckRefused<ArgumentOutOfRangeException>("threads", () => network.BeginTraining(2, threads: -1), "-1");
        CheckRefused<ArgumentOutOfRangeException>("batchSize", () => network.BeginTraining(int.MaxValue), nameof(WideClassifier), "2147483647");
        CheckRefused<ArgumentOutOfRangeException>(
            "options", () => network.BeginTraining(new TrainingOptions { BatchSize = int.MaxValue }), nameof(WideClassifier), "2147483647");
    }

    /// <summary>Wherever a caller gives a number of threads, whether the network is unrolled or not; the messages of <c>Fit</c> and <c>Evaluate</c> are tested with their others.</summary>
    [Fact]
    public void NumbersOfThreadsBelow0AreRefused()
    {
        const string Message = "The number of threads must be at least 0, but got -1. (Parameter 'threads')";
        Dataset data = Dataset.FromTargets(new float[10], 10, new float[10], 10);
        foreach (INetwork network in new INetwork[] { new WideClassifier(1), new TinyRegression(1) })
        {
            NetworkSummary summary = network.Summary;
            float[] input = new float[summary.InputLength], output = new float[summary.OutputLength];
            Refuses(Message, () => network.Predict(input, output, threads: -1));
            Refuses(Message, () => network.Predict(new float[3 * input.Length], new float[3 * output.Length], threads: -1));
            Refuses(Message, () => network.CreatePredictor(2, threads: -1));
            Refuses(Message, () => network.BeginTraining(2, threads: -1));
            Refuses("Threads must be at least 0, but got -1. (Parameter 'value')", () => network.BeginTraining(new TrainingOptions { Threads = -1 }));
            Refuses("The number of threads must be at least 1, but got -1. (Parameter 'threads')", () => summary.PredictionBytes(-1));
            Refuses("The number of threads must be at least 1, but got 0. (Parameter 'threads')", () => summary.TrainingBytes(2, 0));

            // 0 is one for each processor.
            network.Predict(input, output, threads: 0);
            network.CreatePredictor(2, threads: 0).Predict(input, output);
            network.BeginTraining(2, threads: 0);
        }

        Refuses(Message, () => new WideClassifier(1).Predict(data, threads: -1));
        Assert.Equal(10, new WideClassifier(1).Predict(data, threads: 0).Length);

        static void Refuses(string message, Action call) => Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(call).Message);
    }

    [Fact]
    public void ForwardRefusesWrongLengthsAndLabels()
    {
        AnyNetwork network = AnyNetwork.Of(new WideClassifier(1));
        ITrainingPass pass = network.BeginTraining(Batch, seed: 1);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        int[] labels = Draw.Labels(Batch, network.OutputLength, 2);
        CheckUntouched(network, pass, inputs, labels, () =>
        {
            CheckRefused<ArgumentException>("inputs", () => pass.Forward(new float[59], labels), "59");
            CheckRefused<ArgumentException>("inputs", () => pass.Forward(new float[70], new int[7]), "7", "6");
            CheckRefused<ArgumentException>("inputs", () => pass.Forward(Array.Empty<float>(), Array.Empty<int>()));
            CheckRefused<ArgumentException>("labels", () => pass.Forward(inputs, labels.AsSpan(1)), "6", "5");
            CheckRefused<ArgumentException>("labels", () => pass.Forward(inputs, [.. labels[1..], 10]), "10", "9");
            CheckRefused<ArgumentException>("labels", () => pass.Forward(inputs, [-1, .. labels[1..]]), "-1", "9");
            CheckRefused<ArgumentException>("targets", () => pass.Forward(inputs, new float[59]), "60", "59");
            float[] targets = Draw.Probabilities(Batch, network.OutputLength, 3);
            targets[25] += 0.5f;
            CheckRefused<ArgumentException>("targets", () => pass.Forward(inputs, targets), "sample 2", "1.5");
            targets[25] = float.NaN;
            CheckRefused<ArgumentException>("targets", () => pass.Forward(inputs, targets), "target 5 of sample 2", "NaN");
        });
    }

    [Fact]
    public void RegressionRefusesLabels()
    {
        ITrainingPass pass = AnyNetwork.Of(new TinyRegression(1)).BeginTraining(2);
        var refused = Assert.Throws<InvalidOperationException>(() => pass.Forward(new float[16], new int[2]));
        Assert.Contains(nameof(TinyRegression), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BackwardNeedsForward()
    {
        ITrainingPass pass = AnyNetwork.Of(new WideClassifier(1)).BeginTraining(2);
        Assert.Throws<InvalidOperationException>(pass.Backward);
        Assert.Throws<InvalidOperationException>(() => pass.InputGradients(new float[20]));
    }

    /// <summary>Gradients do not add up over calls, and nobody has to guess: the second call is refused, and the gradients stay.</summary>
    [Fact]
    public void BackwardRunsOnceForEachForward()
    {
        AnyNetwork network = AnyNetwork.Of(new WideClassifier(1));
        ITrainingPass pass = network.BeginTraining(Batch);
        for (int step = 0; step < 2; step++)
        {
            pass.Forward(Draw.Normal(Batch * network.InputLength, 1), new int[Batch]);
            pass.Backward();
            float[] gradients = pass.Gradients.ToArray();
            var refused = Assert.Throws<InvalidOperationException>(pass.Backward);
            Assert.Contains("twice after one Forward", refused.Message, StringComparison.Ordinal);
            Close.SameBits("gradients", gradients, pass.Gradients);
        }
    }

    [Fact]
    public void InputGradientsRefusesAnotherLength()
    {
        AnyNetwork network = AnyNetwork.Of(new WideClassifier(1));
        ITrainingPass pass = network.BeginTraining(Batch);
        pass.Forward(new float[30], new int[3]);
        pass.Backward();
        CheckRefused<ArgumentException>("destination", () => pass.InputGradients(new float[60]), "30", "60");
        CheckRefused<ArgumentException>("destination", () => pass.InputGradients(new float[29]), "30", "29");
        pass.InputGradients(new float[30]);
    }

    /// <summary>Refused calls do not count as steps of dropout either.</summary>
    [Fact]
    public void RefusedStepsDoNotMoveTheMasks()
    {
        AnyNetwork network = AnyNetwork.Of(new TwoPlaces(1));
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        float[] targets = Draw.Normal(Batch * network.OutputLength, 2);
        ITrainingPass expected = network.BeginTraining(Batch, seed: 9);
        ITrainingPass actual = network.BeginTraining(Batch, seed: 9);
        expected.Forward(inputs, targets);
        actual.Forward(inputs, targets);
        Assert.Throws<ArgumentException>(() => actual.Forward(inputs, targets.AsSpan(1)));
        expected.Forward(inputs, targets);
        actual.Forward(inputs, targets);
        Close.SameBits("outputs", expected.Outputs, actual.Outputs);
    }

    /// <summary>Backward after the refused calls is still that of the last step that was not refused.</summary>
    private static void CheckUntouched(AnyNetwork network, ITrainingPass pass, float[] inputs, int[] labels, Action refused)
    {
        ITrainingPass undisturbed = network.BeginTraining(pass.BatchSize, seed: 1);
        undisturbed.Forward(inputs, labels);
        undisturbed.Backward();

        pass.Forward(inputs, labels);
        float[] parameters = network.Parameters.ToArray();
        refused();
        Close.SameBits("outputs", undisturbed.Outputs, pass.Outputs);
        pass.Backward();
        Close.SameBits("gradients", undisturbed.Gradients, pass.Gradients);
        refused();
        Close.SameBits("outputs after Backward", undisturbed.Outputs, pass.Outputs);
        Close.SameBits("gradients after Backward", undisturbed.Gradients, pass.Gradients);
        Close.SameBits("parameters", parameters, network.Parameters);
    }

    /// <summary>The exception names the argument, and its message says what was expected and what it got.</summary>
    private static void CheckRefused<TException>(string argument, Action call, params string[] contents)
        where TException : ArgumentException
    {
        TException refused = Assert.ThrowsAny<TException>(call);
        Assert.Equal(argument, refused.ParamName);
        foreach (string content in contents) Assert.Contains(content, refused.Message, StringComparison.Ordinal);
    }
}
