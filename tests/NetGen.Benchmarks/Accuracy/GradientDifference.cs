namespace NetGen.Benchmarks.Accuracy;

/// <summary>How much the gradients of one layer's weights differ from those of direct sums.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Largest">The largest difference, divided by the largest gradient of the layer.</param>
/// <param name="NoLongerZero">The share of the weights whose gradient is exactly 0 with direct sums only.</param>
/// <param name="LargestOfThese">The largest of these gradients, divided by the largest of the layer; 0 if there are none.</param>
/// <param name="OtherUpdate">The share of the weights that the first step of a new Adam moves differently, by more than a hundredth of the learning rate.</param>
internal sealed record GradientDifference(string Layer, double Largest, double NoLongerZero, double LargestOfThese, double OtherUpdate)
{
    // Adam's epsilon: in the first step the divisor of a gradient is its own size plus this.
    private static readonly double s_epsilon = new Adam(Training.LearningRate).Epsilon;

    /// <summary>Compares the gradients of a layer's weights.</summary>
    public static GradientDifference Of(string layer, ReadOnlySpan<float> direct, ReadOnlySpan<float> transformed)
    {
        double largest = 0, largestDifference = 0, largestOfZeros = 0;
        int noLongerZero = 0, otherUpdates = 0;
        for (int i = 0; i < direct.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(direct[i]));
            largestDifference = Math.Max(largestDifference, Math.Abs((double)transformed[i] - direct[i]));
            if (Math.Abs(Update(transformed[i]) - Update(direct[i])) > 0.01)
                otherUpdates++;
            if (direct[i] != 0 || transformed[i] == 0)
                continue;
            noLongerZero++;
            largestOfZeros = Math.Max(largestOfZeros, Math.Abs(transformed[i]));
        }

        return new GradientDifference(
            layer, largestDifference / largest, (double)noLongerZero / direct.Length, largestOfZeros / largest, (double)otherUpdates / direct.Length);
    }

    /// <summary>The largest values of several comparisons.</summary>
    public static GradientDifference Worst(string layer, IReadOnlyCollection<GradientDifference> all) => new(
        layer, all.Max(one => one.Largest), all.Max(one => one.NoLongerZero), all.Max(one => one.LargestOfThese), all.Max(one => one.OtherUpdate));

    private static double Update(double gradient) => gradient / (Math.Abs(gradient) + s_epsilon);
}
