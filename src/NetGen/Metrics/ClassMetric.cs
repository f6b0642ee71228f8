using static System.FormattableString;

namespace NetGen;

/// <summary>A metric of each class, for one of them or averaged: <see cref="Precision"/>, <see cref="Recall"/>, <see cref="F1Score"/>.</summary>
public abstract class ClassMetric : Metric
{
    private readonly ClassScore _score;
    private readonly Averaging _averaging;
    private readonly int? _class;

    private protected ClassMetric(string name, ClassScore score, Averaging averaging)
        : base(averaging == Averaging.Macro ? name : $"{name}_{Suffix(averaging)}", higherIsBetter: true)
    {
        _score = score;
        _averaging = averaging;
    }

    private protected ClassMetric(string name, ClassScore score, int classIndex)
        : base(Invariant($"{name}_class_{classIndex}"), higherIsBetter: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        _score = score;
        _class = classIndex;
    }

    /// <inheritdoc/>
    protected sealed override MetricState CreateState(MetricContext context)
    {
        RequireClassifier(context);
        if (_class >= context.Classes)
        {
            throw new ArgumentException(
                Invariant($"The metric {Name} is that of class {_class}, but the network has {context.Classes} classes."), nameof(context));
        }

        return new State(this, context);
    }

    private static string Suffix(Averaging averaging) => averaging switch
    {
        Averaging.Micro => "micro",
        Averaging.Weighted => "weighted",
        _ => throw new ArgumentOutOfRangeException(nameof(averaging), averaging, "There is no such average."),
    };

    private sealed class State(ClassMetric metric, MetricContext context) : MetricState(context)
    {
        private readonly ClassCounts _counts = new(context.Classes);

        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Count; i++)
                _counts.Add(batch.ActualClass(i), batch.PredictedClass(i));
        }

        protected override double Compute() => metric._class is { } one
            ? ClassCounts.OrZero(_counts.Of(metric._score, one))
            : _counts.Average(metric._score, metric._averaging);

        protected override void Clear() => _counts.Clear();

        protected override void ExchangeState(StateExchange values) => _counts.Exchange(values);
    }
}
