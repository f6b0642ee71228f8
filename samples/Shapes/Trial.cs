using NetGen;

namespace Shapes;

/// <summary>Trainings that differ in their setting alone: the same images, first weights and random numbers.</summary>
internal static class Trial
{
    /// <summary>How many circles come before each square.</summary>
    public const int Circles = 10;

    /// <summary>Number of training images: 1000 circles and 100 squares.</summary>
    public const int TrainingImages = 1100;

    /// <summary>Number of test images, half of them squares.</summary>
    public const int TestImages = 1000;

    /// <summary>Trains and tests a network in each setting.</summary>
    /// <param name="seed">Decides on the images, the first weights, the order and the dropout.</param>
    /// <param name="settings">The settings.</param>
    public static Dictionary<TrialSetting, Scores> Run(ulong seed, IEnumerable<TrialSetting> settings)
    {
        Dataset drawn = ShapePainter.Draw(TrainingImages, Circles, 2 * seed);
        Dataset sorted = drawn.Select([.. Enumerable.Range(0, drawn.Count).OrderBy(drawn.Label)]);
        Dataset test = ShapePainter.Draw(TestImages, circles: 1, 2 * seed + 1);
        return settings.ToDictionary(
            setting => setting, setting => Run(seed, setting, setting.Order == ImageOrder.Sorted ? sorted : drawn, test));
    }

    private static Scores Run(ulong seed, TrialSetting setting, Dataset train, Dataset test)
    {
        INetwork net = setting.Dropout ? new DropoutNet(seed) : new PlainNet(seed);
        net.Fit(train, new FitOptions
        {
            Epochs = 20,
            Optimizer = new Adam(3e-3f),
            ClassWeights = setting.ClassWeights ? [1, Circles] : null,
            Shuffle = setting.Order == ImageOrder.Shuffled,
            Seed = seed,

            // Several trials run at a time, each on a processor of its own.
            Threads = 1,
        });
        return Scores.Of(net.Evaluate(test, threads: 1).ConfusionMatrix!);
    }
}
