using NetGen.Tests.Kernels;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Normalisation;

/// <summary>What batch normalisation does beside its values, which <see cref="KernelTests"/> and the parity tests compare.</summary>
[Trait("Category", "Numeric")]
public sealed class BatchNormTests
{
    [Fact]
    public void OneValueAChannelIsAnErrorAndChangesNothing()
    {
        AnyNetwork network = AnyNetwork.Of(new NormOfFeatures(1));
        AnyNetwork other = AnyNetwork.Of(new NormOfFeatures(1));
        ITrainingPass pass = network.BeginTraining(4);
        float[] inputs = Draw.Normal(4 * network.InputLength, 2);
        float[] targets = Draw.Normal(4 * network.OutputLength, 3);

        var error = Assert.Throws<ArgumentException>(() => pass.Forward(inputs.AsSpan(0, network.InputLength), targets.AsSpan(0, network.OutputLength)));

        Assert.Contains("'batchnorm1'", error.Message, StringComparison.Ordinal);
        Assert.Equal("inputs", error.ParamName);
        Assert.Equal(0, pass.Step);
        Assert.Equal(0, pass.Outputs.Length);
        Close.SameBits("parameters", other.Parameters, network.Parameters);
        pass.Forward(inputs, targets);
        ITrainingPass fresh = other.BeginTraining(4);
        fresh.Forward(inputs, targets);
        Close.SameBits("outputs", fresh.Outputs, pass.Outputs);
    }

    [Fact]
    public void OneImageHasManyValuesAChannel()
    {
        AnyNetwork network = AnyNetwork.Of(new NormsOfImages(1));
        float[] inputs = Draw.Normal(network.InputLength, 2);
        var reference = ReferenceNetwork.Of(network);
        ITrainingPass pass = network.BeginTraining(1);
        float[] targets = Draw.Normal(network.OutputLength, 3);
        pass.Forward(inputs, targets);
        Close.Check("outputs", reference.Train(inputs, targets).Outputs, pass.Outputs);
    }

    [Fact]
    public void TheBitsDependOnTheBatchAlone()
    {
        const int Batch = 41;
        (float[] Gradients, float[] InputGradients, float[] Parameters) expected = Train(Batch, before: 0);
        foreach ((int capacity, int before) in new[] { (Batch, 7), (Batch + 1, 0), (300, 0), (300, 257) })
        {
            (float[] Gradients, float[] InputGradients, float[] Parameters) actual = Train(capacity, before);
            Close.SameBits("gradients", expected.Gradients, actual.Gradients);
            Close.SameBits("gradients of the inputs", expected.InputGradients, actual.InputGradients);
            Close.SameBits("parameters", expected.Parameters, actual.Parameters);
        }

        (float[], float[], float[]) Train(int capacity, int before)
        {
            AnyNetwork network = AnyNetwork.Of(new NormsInABlock(1));
            float[] start = network.Parameters.ToArray();
            ITrainingPass pass = network.BeginTraining(capacity);
            if (before > 0)
                Step(Draw.Normal(before * network.InputLength, 9), before);
            network.SetAll(start);
            float[] inputs = Draw.Normal(Batch * network.InputLength, 2);
            Step(inputs, Batch);
            float[] inputGradients = new float[inputs.Length];
            pass.InputGradients(inputGradients);
            return (pass.Gradients.ToArray(), inputGradients, network.Parameters.ToArray());

            void Step(float[] samples, int count)
            {
                pass.Forward(samples, Draw.Normal(count * network.OutputLength, 3));
                pass.Backward();
            }
        }
    }

    [Fact]
    public void PredictionSeesTheStatisticsOfEveryForward()
    {
        AnyNetwork network = AnyNetwork.Of(new NormsOfPanels(1));
        Predictor predictor = network.Network.CreatePredictor(3);
        float[] inputs = Draw.Normal(3 * network.InputLength, 2);
        float[] before = network.Predict(inputs);
        ITrainingPass pass = network.BeginTraining(20);
        for (int step = 0; step < 2; step++)
        {
            pass.Forward(Draw.Normal(20 * network.InputLength, 3, scale: 2), Draw.Labels(20, network.OutputLength, 4));
            float[] expected = network.Predict(inputs);
            Assert.NotEqual(before, expected);
            Close.Check("predictions", ReferenceNetwork.Of(network).Predict(inputs), expected);
            float[] outputs = new float[expected.Length];
            predictor.Predict(inputs, outputs);
            Close.SameBits("predictor", expected, outputs);
            before = expected;
        }
    }

    /// <summary>The mean is a thousand times the deviation: the difference of two large sums of squares would leave few digits of the variance.</summary>
    [Fact]
    public void ALargeMeanLeavesTheVarianceItsDigits()
    {
        const int Batch = 100;
        AnyNetwork network = AnyNetwork.Of(new NormsOfSequences(1));
        float[] inputs = [.. Draw.Normal(Batch * network.InputLength, 2).Select(value => value + 1000)];
        IReadOnlyDictionary<string, double[]> expected = ReferenceNetwork.Of(network).MovedStatistics(inputs);
        network.BeginTraining(Batch).Forward(inputs, Draw.Normal(Batch * network.OutputLength, 3));
        foreach (string name in new[] { "batchnorm1.running_mean", "batchnorm1.running_var" })
            Close.Check(name, expected[name], network.Get(name), relative: 1e-6, ofLargest: 0);
    }

    [Fact]
    public void FrozenStatisticsAndParametersStayAndServeTrainingToo()
    {
        const int Batch = 9;
        AnyNetwork network = AnyNetwork.Of(new FrozenNorms(1));
        foreach (ParameterInfo parameter in network.Table.Parameters.Where(IsOfNorm))
            network.Set(parameter.Name, [.. Draw.Normal(parameter.Length, parameter.Offset, 0.2).Select(value => 1 + value)]);
        float[] start = network.Parameters.ToArray();
        ITrainingPass pass = network.BeginTraining(Batch);
        var optimizer = new Sgd(0.01f) { Momentum = 0.9f, WeightDecay = 0.1f };
        for (int step = 0; step < 3; step++)
        {
            float[] inputs = Draw.Normal(Batch * network.InputLength, step);
            float[] predicted = network.Predict(inputs);
            pass.Forward(inputs, Draw.Normal(Batch * network.OutputLength, 10 + step));
            Close.SameBits("outputs", predicted, pass.Outputs);
            pass.Backward();
            optimizer.Step(pass);
        }

        foreach (ParameterInfo parameter in network.Table.Parameters)
        {
            float[] before = network.Get(parameter.Name, start);
            if (IsOfNorm(parameter)) Close.SameBits(parameter.Name, before, network.Get(parameter.Name));
            else Assert.NotEqual(before, network.Get(parameter.Name));
        }

        static bool IsOfNorm(ParameterInfo parameter) => parameter.LayerKind == "BatchNorm";
    }

    [Fact]
    public void InMonteCarloPredictionOnlyDropoutIsRandom()
    {
        var network = new NormsAndDropoutTwin(3);
        Move(AnyNetwork.Of(network));
        float[] parameters = network.Parameters.ToArray();
        float[] input = Draw.Normal(NormsAndDropoutTwin.InputLength, 6);
        float[] expected = new float[NormsAndDropoutTwin.OutputLength];
        network.Predict(input, expected);
        float[] mean = new float[expected.Length];
        float[] variance = new float[expected.Length];

        network.PredictMonteCarlo(input, 65, seed: 7, mean, variance);

        Close.SameBits("mean", expected, mean);
        Assert.All(variance, value => Assert.Equal(0f, value));
        Close.SameBits("parameters", parameters, network.Parameters);
        var dropping = new NormsAndDropout(3);
        using (ParameterEdit edit = dropping.EditParameters()) parameters.CopyTo(edit.Values);
        dropping.PredictMonteCarlo(input, 65, seed: 7, mean, variance);
        Assert.All(variance, value => Assert.NotEqual(0f, value));
        Close.SameBits("parameters with dropout", parameters, dropping.Parameters);
    }

    [Fact]
    public void FilesKeepStatisticsUnderTheNamesOfPyTorch()
    {
        var network = new NormOfFeatures(3);
        Move(AnyNetwork.Of(network));
        using var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        Close.SameBits("parameters", network.Parameters, NormOfFeatures.Load(file).Parameters);
        Assert.Equal(
            ["dense1.weight", "dense1.bias", "batchnorm1.weight", "batchnorm1.bias", "batchnorm1.running_mean", "batchnorm1.running_var", "dense2.weight", "dense2.bias"],
            NormOfFeatures.ParameterTable.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            network.Batchnorm1RunningVar.ToArray(),
            network.Parameters.Slice(NormOfFeatures.ParameterTable["batchnorm1.running_var"].Offset, 5).ToArray());
    }

    [Fact]
    public void TheSummaryCountsWhatIsNotTrained()
    {
        LayerSummary layer = NormOfFeatures.Summary.Layers.Single(layer => layer.Name == "batchnorm1");
        Assert.Equal(("BatchNorm", 4 * 5, 2 * 5, 2 * 5L), (layer.Kind, layer.Parameters, layer.NonTrainableParameters, layer.Flops));
        Assert.Equal("in conv1", NormsAndDropoutTwin.Summary.Layers.Single(layer => layer.Name == "batchnorm1").Lowering);
        Assert.Equal(2 * 5, NormOfFeatures.ParameterTable.Count - NormOfFeatures.ParameterTable.TrainedCount);
    }

    /// <summary>Moves the running statistics away from where they begin.</summary>
    private static void Move(AnyNetwork network)
    {
        ITrainingPass pass = network.BeginTraining(20);
        pass.Forward(Draw.Normal(20 * network.InputLength, 5, scale: 2), Draw.Normal(20 * network.OutputLength, 6));
    }
}
