using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Writes two linear layers as one.</summary>
internal sealed class LinearLayers : IQuestion
{
    public string Title => "Do two linear layers gain anything over one?";

    public void Answer(Page page, DigitSets data)
    {
        Result[] results = DigitSets.ForEachSeed(seed => Measure(data, seed));
        page.Text(
            "A network of one linear layer, one of two without an activation between them (64 units), and the same with ReLU are trained for 10 epochs. "
            + "Then the two linear layers become one: its weights are the product of theirs, its bias is the second layer applied to the first bias.");
        page.Table(
            ["network", "test accuracy, %"],
            ["one linear layer", Spread.Of(results.Select(r => r.One)).Percent],
            ["two linear layers", Spread.Of(results.Select(r => r.Two)).Percent],
            ["two layers with ReLU between them", Spread.Of(results.Select(r => r.Rectified)).Percent]);
        page.Text($"Largest difference of a probability between the two layers and the one that replaces them: {Spread.Of(results.Select(r => r.Difference)).Text("0.0E+0")}.");
        page.Check("One layer gives the same probabilities as the two, but for rounding (1e-4).", results.All(r => r.Difference < 1e-4));
        page.Check("With ReLU between them the layers read better than without, for all seeds.", results.All(r => r.Rectified > r.Two));
        page.Answer(
            "Nothing that one layer could not compute: a product of matrices is a matrix. Training takes another way there, and after ten epochs the two have come a little further. "
            + "It is the activation between them that makes two layers more than one.");
    }

    private static Result Measure(DigitSets data, ulong seed)
    {
        const int Epochs = 10;
        var one = new OneLinear(seed);
        data.Fit(one, seed, Epochs);
        var rectified = new PlainNet(seed);
        data.Fit(rectified, seed, Epochs);
        var two = new TwoLinear(seed);
        data.Fit(two, seed, Epochs);
        OneLinear product = Product(two);
        float[] expected = two.Predict(data.Test), actual = product.Predict(data.Test);
        return new Result(
            data.Accuracy(one),
            data.Accuracy(two),
            data.Accuracy(rectified),
            expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max());
    }

    private static OneLinear Product(TwoLinear two)
    {
        int inputs = TwoLinear.InputLength, units = two.Dense1Bias.Length, outputs = TwoLinear.OutputLength;
        float[] first = two.Dense1Weight.ToArray(), second = two.Dense2Weight.ToArray();
        float[] firstBias = two.Dense1Bias.ToArray(), secondBias = two.Dense2Bias.ToArray();
        var product = new OneLinear(seed: 1);
        product.Dense1Weight.CopyFrom(
        [
            .. from output in Enumerable.Range(0, outputs)
               from input in Enumerable.Range(0, inputs)
               select (float)Enumerable.Range(0, units).Sum(unit => (double)second[(output * units) + unit] * first[(unit * inputs) + input]),
        ]);
        product.Dense1Bias.CopyFrom(
        [
            .. Enumerable.Range(0, outputs).Select(output =>
                (float)(secondBias[output] + Enumerable.Range(0, units).Sum(unit => (double)second[(output * units) + unit] * firstBias[unit]))),
        ]);
        return product;
    }

    private sealed record Result(double One, double Two, double Rectified, double Difference);
}
