using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>What the reference gives for a prediction and a training step.</summary>
internal sealed record ExpectedResult(double[] Predictions, ReferenceResult Step, IReadOnlyDictionary<string, double[]> Statistics);

/// <summary>The results of the reference, and how far rounding errors may move those of the network.</summary>
internal sealed class Expectation
{
    private readonly ExpectedResult _exact;
    private readonly ExpectedResult[] _disturbed;

    /// <summary>Predicts without dropout, then trains with the given masks.</summary>
    public Expectation(ReferenceNetwork reference, float[] inputs, float[] targets, DropoutFactors masks)
    {
        _exact = Run();
        _disturbed = Disturbances.Run(reference, Run);

        ExpectedResult Run()
        {
            DropoutFactors.Remove(reference);
            double[] predictions = reference.Predict(inputs);
            masks.Set(reference);
            return new(predictions, reference.Train(inputs, targets), reference.MovedStatistics(inputs));
        }
    }

    /// <summary>The names of the running statistics.</summary>
    public IEnumerable<string> Statistics => _exact.Statistics.Keys;

    /// <summary>Compares one tensor.</summary>
    public void Check(string what, Func<ExpectedResult, double[]> tensor, float[] actual)
    {
        double[] exact = tensor(_exact);
        Close.Check(what, exact, actual, absolute: Disturbances.Allowed(exact, _disturbed.Select(tensor)));
    }
}
