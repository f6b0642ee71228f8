using Shapes;
using Xunit;

namespace NetGen.Tests.Samples;

/// <summary>The sample with circles and squares: its images, its statistics, and what it says about them.</summary>
public sealed class ShapesTests
{
    [Fact]
    public void Ten_circles_come_before_each_square()
    {
        Dataset data = ShapePainter.Draw(33, circles: 10, seed: 1);
        Assert.Equal([10, 21, 32], Enumerable.Range(0, 33).Where(i => data.Label(i) == ShapePainter.Square));
        Assert.Equal(2, ShapePainter.Draw(1, circles: 10, seed: 1).ClassCount);
    }

    [Fact]
    public void A_seed_decides_on_the_images()
    {
        float[] image = ShapePainter.Draw(3, circles: 1, seed: 1).Input(2).ToArray();
        Assert.Equal(image, ShapePainter.Draw(3, circles: 1, seed: 1).Input(2).ToArray());
        Assert.NotEqual(image, ShapePainter.Draw(3, circles: 1, seed: 2).Input(2).ToArray());
    }

    [Fact]
    public void With_as_many_squares_as_circles_a_network_knows_both()
    {
        var net = new PlainNet(seed: 1);
        net.Fit(ShapePainter.Draw(2000, circles: 1, seed: 1), new FitOptions { Epochs = 20, Optimizer = new Adam(3e-3f), Seed = 1 });
        ConfusionMatrix matrix = net.Evaluate(ShapePainter.Draw(1000, circles: 1, seed: 2)).ConfusionMatrix!;
        Assert.InRange(matrix.Recall(ShapePainter.Circle), 0.85, 1);
        Assert.InRange(matrix.Recall(ShapePainter.Square), 0.85, 1);
    }

    [Fact]
    public void A_trial_depends_on_its_seed_alone()
    {
        TrialSetting[] one = [new(ImageOrder.Shuffled, Dropout: true, ClassWeights: true)];
        TrialSetting[] two = [new(ImageOrder.Sorted, Dropout: false, ClassWeights: false), .. one];
        Scores scores = Trial.Run(seed: 1, one)[one[0]];
        Assert.Equal(scores, Trial.Run(seed: 1, two)[one[0]]);
        Assert.NotEqual(scores, Trial.Run(seed: 2, one)[one[0]]);
    }

    [Fact]
    public void The_interval_is_that_of_Students_t()
    {
        // scipy.stats.t.interval(0.95, 19, loc=10.5, scale=scipy.stats.sem(range(1, 21)))
        Interval interval = Interval.Of([.. Enumerable.Range(1, 20).Select(i => (double)i)]);
        Assert.Equal(10.5, interval.Mean);
        Assert.Equal(2.768811, interval.Margin, 1e-6);
        Assert.Equal("10.5 ± 2.8", interval.ToString());
        Assert.Equal("+10.5 ± 2.8", interval.ToSignedString());
        Assert.Throws<ArgumentException>(() => Interval.Of([1, 2, 3]));
    }

    [Theory]
    [InlineData(1.0, 0.5, true, false)]
    [InlineData(0.5, 0.5, false, false)]
    [InlineData(-0.4, 0.5, false, false)]
    [InlineData(-1.0, 0.5, false, true)]
    public void An_interval_with_0_in_it_is_neither_above_nor_below(double mean, double margin, bool above, bool below)
    {
        var interval = new Interval(mean, margin);
        Assert.Equal((above, below), (interval.IsPositive, interval.IsNegative));
    }

    [Fact]
    public void An_effect_compares_settings_of_one_seed_and_says_what_is_clear()
    {
        // Class weights: a little more balanced accuracy in each seed, a recall that is higher as often as lower, and less F1.
        IReadOnlyDictionary<TrialSetting, Scores>[] trials =
        [
            .. from seed in Enumerable.Range(0, Interval.Values)
               select TrialSetting.All.ToDictionary(setting => setting, setting => setting.ClassWeights
                   ? new Scores(50 + 3 * seed + 1, seed % 2 == 0 ? 45 : 35, 20 - seed)
                   : new Scores(50 + 3 * seed, 40, 30)),
        ];

        Interval change = Effect.WeightsWithDropout.On(trials, scores => scores.BalancedAccuracy);
        Assert.Equal((1, 0), (change.Mean, change.Margin));
        Assert.Equal(
            "class weights, with dropout: higher balanced accuracy; no clear difference in recall of squares; lower F1 of squares.",
            Report.InWords(Effect.WeightsWithDropout, trials));
    }

    [Fact]
    public void Every_effect_changes_a_setting_into_another_one() => Assert.All(Effect.All, effect =>
    {
        TrialSetting[] changed = [.. TrialSetting.All.Where(effect.AppliesTo)];
        Assert.NotEmpty(changed);
        Assert.All(changed, setting => Assert.NotEqual(setting, effect.Change(setting)));
        Assert.All(changed, setting => Assert.Contains(effect.Change(setting), TrialSetting.All));
    });
}
