using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>All that one training step of a network and one prediction give.</summary>
internal sealed record Outcome(float[] Predictions, float Loss, float[] Outputs, float[] Gradients, float[] InputGradients, float[] Parameters)
{
    /// <summary>A gradient that is smaller than this part of the network's largest is compared with that part.</summary>
    private const double SmallShare = 0.1;

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

    /// <summary>Compares with the reference.</summary>
    public void MustBeClose(ReferenceResult expected, AnyNetwork network, double relative, double ofLargest)
    {
        Close.Check("loss", [expected.Loss], [Loss], relative, 0);
        Close.Check("outputs", expected.Outputs, Outputs, relative, ofLargest);
        double largest = expected.Gradients.Values.Append(expected.InputGradients).Max(Largest);
        Check("gradient of the inputs", expected.InputGradients, InputGradients);
        foreach (ParameterInfo parameter in network.Trained)
            Check("gradient of " + parameter.Name, expected.Gradients[parameter.Name], network.Get(parameter.Name, Gradients));

        // What a normalisation undoes has a gradient of 0 or almost, of which rounding errors are left.
        void Check(string what, double[] exact, float[] actual) => Close.Check(
            what, exact, actual, relative, ofLargest * Math.Max(1, SmallShare * largest / Math.Max(Largest(exact), 1e-30)));
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);
}
