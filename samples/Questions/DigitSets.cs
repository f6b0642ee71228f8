using global::Digits.Data;
using NetGen;
using static System.FormattableString;

namespace Questions;

/// <summary>The digits that all questions share.</summary>
/// <param name="Train">Digits to learn from.</param>
/// <param name="Test">Digits that no network learns from.</param>
/// <param name="Origin">Where they come from.</param>
internal sealed record DigitSets(Dataset Train, Dataset Test, string Origin)
{
    private const int TrainCount = 4000;
    private const int TestCount = 2000;

    /// <summary>The seeds of the trainings.</summary>
    public static IReadOnlyList<ulong> Seeds { get; } = [1, 2, 3, 4, 5];

    /// <summary>Reads the first digits of MNIST's files, or draws digits if there is no directory.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static DigitSets Load(string? directory)
    {
        (Dataset train, Dataset test) = directory is null ? DrawnDigits.Draw(TrainCount, TestCount, seed: 1) : Mnist.Load(directory);
        return new DigitSets(train.Take(TrainCount), test.Take(TestCount), directory is null ? "drawn by the program" : "from MNIST");
    }

    /// <summary>Runs a measurement for each seed, each on a thread of its own, so results do not depend on the number of threads.</summary>
    public static T[] ForEachSeed<T>(Func<ulong, T> measure)
    {
        var results = new T[Seeds.Count];
        Parallel.For(0, results.Length, i => results[i] = measure(Seeds[i]));
        return results;
    }

    /// <summary>Trains a network on all digits to learn from, or on some of them.</summary>
    /// <param name="net">The network.</param>
    /// <param name="seed">Decides on the order of the digits and on dropout.</param>
    /// <param name="epochs">How often.</param>
    /// <param name="learningRate">The learning rate of Adam.</param>
    /// <param name="count">The number of digits; all if it is null.</param>
    public TrainingHistory Fit(INetwork net, ulong seed, int epochs, float learningRate = 1e-3f, int? count = null) =>
        net.Fit(Train.Take(count ?? Train.Count), new FitOptions
        {
            Epochs = epochs,
            BatchSize = 64,
            Optimizer = new Adam(learningRate),
            Seed = seed,
            Threads = 1,
        });

    /// <summary>The inputs of samples, one after the other.</summary>
    public static float[] Pixels(Dataset digits) => [.. Enumerable.Range(0, digits.Count).SelectMany(i => digits.Input(i).ToArray())];

    /// <summary>The classes of samples.</summary>
    public static int[] Labels(Dataset digits) => [.. Enumerable.Range(0, digits.Count).Select(digits.Label)];

    /// <summary>The accuracy on the digits that no network learns from, without dropout.</summary>
    public double Accuracy(INetwork net) => net.Evaluate(Test, threads: 1).Accuracy!.Value;

    public override string ToString() => Invariant($"{Train.Count} digits to learn from and {Test.Count} to be tested on, {Origin}");
}
