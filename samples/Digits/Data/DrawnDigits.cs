using NetGen;

namespace Digits.Data;

/// <summary>Training and test digits that the sample draws itself, for a machine without any data.</summary>
internal static class DrawnDigits
{
    private const uint TrainingSet = 0;
    private const uint TestSet = 1;

    /// <summary>Draws two sets of digits, all ten about equally frequent.</summary>
    /// <param name="train">How many to train on.</param>
    /// <param name="test">How many to test on.</param>
    /// <param name="seed">Decides on every stroke; the same seed gives the same digits, whatever the threads.</param>
    /// <param name="threads">How many threads draw; 0 for all processors.</param>
    /// <param name="cancellation">Stops the drawing.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static (Dataset Train, Dataset Test) Draw(
        int train, int test, ulong seed, int threads = 0, CancellationToken cancellation = default)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads == 0 ? -1 : threads,
            CancellationToken = cancellation,
        };
        return (Draw(train, seed, TrainingSet, options), Draw(test, seed, TestSet, options));
    }

    private static Dataset Draw(int count, ulong seed, uint set, ParallelOptions options)
    {
        const int Length = DigitPainter.Side * DigitPainter.Side;
        var images = new float[checked(count * Length)];
        var labels = new int[count];
        Parallel.For(0, count, options, index =>
        {
            var dice = new Dice(seed, set, (uint)index);
            labels[index] = dice.Below(10);
            DigitPainter.Paint(labels[index], ref dice, images.AsSpan(index * Length, Length));
        });
        return Dataset.FromLabels(images, Length, labels, classCount: 10);
    }
}
