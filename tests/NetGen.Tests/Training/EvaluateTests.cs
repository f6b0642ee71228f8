using NetGen.Tests.Data;

using Xunit;

namespace NetGen.Tests.Training;

public class EvaluateTests
{
    // The logits of LinearClassifier with these parameters are (0, 2a, 2b).
    private static readonly float[] Weights = [0, 0, 2, 0, 0, 2, 0, 0, 0];

    private static readonly float[] Inputs = [1, 0, 0, 1, 1, 0, -1, -1, -1, -1];

    [Fact]
    public void AClassifierIsMeasuredByCrossEntropyAndCounts()
    {
        LinearClassifier network = Classifier();
        EvaluationResult result = network.Evaluate(Dataset.FromLabels(Inputs, 2, [1, 2, 2, 0, 0]), 2);
        double right = Math.Log(1 + 1 + Math.Exp(2)) - 2;
        double wrong = Math.Log(1 + 1 + Math.Exp(2));
        double low = Math.Log(1 + 2 * Math.Exp(-2));
        Assert.Equal((2 * right + wrong + 2 * low) / 5, result.Loss, 1e-6);
        Assert.Equal(0.8, result.Accuracy);
        Assert.Equal(5, result.Samples);
        Assert.Equal([2, 2, 1], network.PredictedBatches);
        Assert.Equal(0, network.PredictThreads);

        ConfusionMatrix matrix = result.ConfusionMatrix!;
        Assert.Equal((3, 5, 4, 0.8), (matrix.Classes, matrix.Total, matrix.Correct, matrix.Accuracy));
        Assert.Equal((2, 1, 1, 1, 0), (matrix[0, 0], matrix[1, 1], matrix[2, 1], matrix[2, 2], matrix[1, 2]));
        Assert.Equal((1, 0.5), (matrix.Recall(1), matrix.Precision(1)));
        Assert.Equal((0.5, 1), (matrix.Recall(2), matrix.Precision(2)));
    }

    [Fact]
    public void TheBatchSizeDoesNotChangeTheResult()
    {
        Dataset data = LinearClassifier.Corners(100, 4).Shuffle(1);
        EvaluationResult expected = Classifier().Evaluate(data);
        foreach (int batchSize in new[] { 1, 7, 100, int.MaxValue })
            Assert.Equal(expected.Loss, Classifier().Evaluate(data, batchSize).Loss);
    }

    [Fact]
    public void ClassProbabilitiesAreTargets()
    {
        Dataset data = Dataset.FromTargets([1, 0, 0, 1], 2, [0.25f, 0.75f, 0, 0.5f, 0.1f, 0.4f], 3);
        EvaluationResult result = Classifier().Evaluate(data);
        double whole = Math.Log(2 + Math.Exp(2));
        Assert.Equal((0.25 * whole + 0.75 * (whole - 2) + 0.6 * whole + 0.4 * (whole - 2)) / 2, result.Loss, 1e-6);
        Assert.Equal(0.5, result.Accuracy);
        Assert.Equal(1, result.ConfusionMatrix![0, 2]);
    }

    [Fact]
    public void ARegressionIsMeasuredByItsSquaredError()
    {
        var network = new LinearRegression();
        EvaluationResult result = network.Evaluate(Dataset.FromTargets(new float[4], 2, [1, 3], 1));
        Assert.Equal(5, result.Loss);
        Assert.Null(result.Accuracy);
        Assert.Null(result.ConfusionMatrix);
        Assert.Equal("loss: 5.0000 (2 samples)", result.ToString());
    }

    [Fact]
    public void AProbabilityOfZeroHasAFiniteLoss()
    {
        LinearClassifier network = Classifier();
        EvaluationResult result = network.Evaluate(Dataset.FromLabels([-100, 0], 2, [1]));
        Assert.Equal(87.3365, result.Loss, 1e-3);
    }

    [Fact]
    public void ANaNIsNotHidden()
    {
        LinearClassifier network = Classifier();
        using (ParameterEdit edit = network.EditParameters())
            edit.Values[3] = float.NaN;
        EvaluationResult result = network.Evaluate(Dataset.FromLabels([1, 1], 2, [1]));
        Assert.True(double.IsNaN(result.Loss));
    }

    [Fact]
    public void OutputsThatAreNoNumbersAreNoPredictions()
    {
        LinearClassifier network = Classifier();
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Fill(float.NaN);
        EvaluationResult result = network.Evaluate(Dataset.FromLabels(Inputs, 2, [0, 0, 0, 0, 0]));
        Assert.Equal(0, result.Accuracy);
        Assert.Equal(0, result.ConfusionMatrix!.Correct);
    }

    [Fact]
    public void TheResultIsTextUnderEveryCulture() => HostileCulture.Run(() =>
    {
        EvaluationResult result = Classifier().Evaluate(Dataset.FromLabels(Inputs, 2, [1, 2, 2, 0, 0]));
        Assert.Equal("loss: 0.6395 - accuracy: 0.8000 (5 samples)", result.ToString());
        Assert.Equal(
            """
            ┏━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━┳━━━━━━━━┳━━━━━━━━┳━━━━━━━━┓
            ┃ Actual \ predicted ┃      0 ┃      1 ┃      2 ┃ Recall ┃
            ┡━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━╇━━━━━━━━╇━━━━━━━━╇━━━━━━━━┩
            │                  0 │      2 │      0 │      0 │ 1.0000 │
            │                  1 │      0 │      1 │      0 │ 1.0000 │
            │                  2 │      0 │      1 │      1 │ 0.5000 │
            │          Precision │ 1.0000 │ 0.5000 │ 1.0000 │ 0.8000 │
            └────────────────────┴────────┴────────┴────────┴────────┘

            """.ReplaceLineEndings("\n"),
            result.ConfusionMatrix!.ToString());
    });

    [Fact]
    public void AnEmptyMatrixHasNoShares()
    {
        var matrix = new ConfusionMatrix(2);
        Assert.True(double.IsNaN(matrix.Accuracy) && double.IsNaN(matrix.Recall(0)) && double.IsNaN(matrix.Precision(1)));
        Assert.Contains("│                  0 │ 0 │ 0 │      - │", matrix.ToString());
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new ConfusionMatrix(0));
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => matrix[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => matrix[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => matrix.Add(0, 2));
    }

    private static LinearClassifier Classifier()
    {
        var network = new LinearClassifier();
        using (ParameterEdit edit = network.EditParameters())
            Weights.CopyTo(edit.Values);
        return network;
    }
}
