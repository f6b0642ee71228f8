using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>All that one training step of a network and one prediction give.</summary>
internal sealed record Outcome(float[] Predictions, float Loss, float[] Outputs, float[] Gradients, float[] InputGradients, float[] Parameters)
{
    /// <summary>Predicts, then runs one step from the parameters that the network has; afterwards it has them again.</summary>
    public static Outcome Of(AnyNetwork network, float[] inputs, float[] targets, int threads, ulong seed)
    {
        float[] before = network.Parameters.ToArray();
        int batch = inputs.Length / network.InputLength;
        float[] predictions = new float[batch * network.OutputLength];
        network.Network.CreatePredictor(batch, threads).Predict(inputs, predictions);
        ITrainingPass pass = network.BeginTraining(batch, seed, threads);
        float loss = pass.Forward(inputs, targets);
        float[] outputs = pass.Outputs.ToArray();
        pass.Backward();
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);
        Outcome outcome = new(predictions, loss, outputs, pass.Gradients.ToArray(), inputGradients, network.Parameters.ToArray());
        network.SetAll(before);
        return outcome;
    }

    /// <summary>Compares with the outcome for another number of threads, bit by bit.</summary>
    public void MustEqual(Outcome other, int threads)
    {
        Check(nameof(Predictions), Predictions, other.Predictions);
        Check(nameof(Loss), [Loss], [other.Loss]);
        Check(nameof(Outputs), Outputs, other.Outputs);
        Check(nameof(Gradients), Gradients, other.Gradients);
        Check(nameof(InputGradients), InputGradients, other.InputGradients);
        Check(nameof(Parameters), Parameters, other.Parameters);

        void Check(string what, float[] expected, float[] actual) => Close.SameBits($"{what} with {threads} threads", expected, actual);
    }

    /// <summary>Compares a prediction and a training step with those of the reference.</summary>
    public void MustBeClose(Expectation expected, AnyNetwork network)
    {
        expected.Check("predictions", result => result.Predictions, Predictions);
        expected.Check("loss", result => [result.Step.Loss], [Loss]);
        expected.Check("outputs", result => result.Step.Outputs, Outputs);
        expected.Check("gradient of the inputs", result => result.Step.InputGradients, InputGradients);
        foreach (ParameterInfo parameter in network.Trained)
            expected.Check("gradient of " + parameter.Name, result => result.Step.Gradients[parameter.Name], network.Get(parameter.Name, Gradients));
        foreach (string statistic in expected.Statistics)
            expected.Check(statistic, result => result.Statistics[statistic], network.Get(statistic, Parameters));
    }
}
