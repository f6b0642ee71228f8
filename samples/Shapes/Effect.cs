namespace Shapes;

/// <summary>One change of the settings, and what it does to the scores.</summary>
/// <param name="Name">What is changed.</param>
/// <param name="AppliesTo">Selects the settings that are changed; the effect is averaged over them.</param>
/// <param name="Change">Makes the changed setting.</param>
internal sealed record Effect(string Name, Func<TrialSetting, bool> AppliesTo, Func<TrialSetting, TrialSetting> Change)
{
    /// <summary>Class weights where there is no dropout and both classes are in each batch.</summary>
    public static Effect WeightsWithoutDropout { get; } = new(
        "class weights, without dropout", setting => setting is { Dropout: false, ClassWeights: false } && IsMixed(setting), Weighted);

    /// <summary>Class weights where there is dropout and both classes are in each batch.</summary>
    public static Effect WeightsWithDropout { get; } = new(
        "class weights, with dropout", setting => setting is { Dropout: true, ClassWeights: false } && IsMixed(setting), Weighted);

    /// <summary>All effects that the sample looks at.</summary>
    public static IReadOnlyList<Effect> All { get; } =
    [
        WeightsWithoutDropout,
        WeightsWithDropout,
        new("class weights, sorted order", setting => setting is { Order: ImageOrder.Sorted, ClassWeights: false }, Weighted),
        new("dropout, without class weights", setting => setting is { Dropout: false, ClassWeights: false } && IsMixed(setting), Dropped),
        new("dropout, with class weights", setting => setting is { Dropout: false, ClassWeights: true } && IsMixed(setting), Dropped),
        new("alternating, not shuffled", IsShuffled, setting => setting with { Order = ImageOrder.Alternating }),
        new("sorted, not shuffled", IsShuffled, setting => setting with { Order = ImageOrder.Sorted }),
    ];

    /// <summary>
    /// The change of a score. Each seed gives a difference of trainings with the same images and first weights, which is more exact than
    /// a comparison of two means.
    /// </summary>
    /// <param name="trials">The scores of each seed.</param>
    /// <param name="score">Which score.</param>
    public Interval On(IEnumerable<IReadOnlyDictionary<TrialSetting, Scores>> trials, Func<Scores, double> score) => Interval.Of(
        [.. trials.Select(trial => TrialSetting.All.Where(AppliesTo).Average(setting => score(trial[Change(setting)]) - score(trial[setting])))]);

    private static bool IsMixed(TrialSetting setting) => setting.Order != ImageOrder.Sorted;

    private static bool IsShuffled(TrialSetting setting) => setting.Order == ImageOrder.Shuffled;

    private static TrialSetting Weighted(TrialSetting setting) => setting with { ClassWeights = true };

    private static TrialSetting Dropped(TrialSetting setting) => setting with { Dropout = true };
}
