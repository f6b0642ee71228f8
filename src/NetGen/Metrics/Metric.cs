namespace NetGen;

/// <summary>
/// Measures how well a network does on samples, in training, validation and evaluation. A metric has settings only; <see cref="Begin"/>
/// makes the <see cref="MetricState"/> that adds samples up. So one metric serves several runs at once, training and validation say.
/// </summary>
/// <remarks>
/// As Keras' <c>metrics</c>, metrics count every sample once: the weights of the loss do not enter. To write another metric, derive from
/// this class and from <see cref="MetricState"/>.
/// </remarks>
public abstract class Metric
{
    private readonly string _name;

    /// <summary>Sets name and direction.</summary>
    /// <param name="name">The name, unless <see cref="Name"/> is set.</param>
    /// <param name="higherIsBetter">Whether a larger value is a better one.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    protected Metric(string name, bool higherIsBetter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
        HigherIsBetter = higherIsBetter;
    }

    /// <summary>The key of its values in results. Set it to tell apart two metrics of the same name in one run.</summary>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string Name
    {
        get => _name;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            _name = value;
        }
    }

    /// <summary>Whether a larger value is a better one: true for an accuracy, false for an error.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Allocates what a run needs.</summary>
    /// <param name="context">What the network gives, and the largest number of samples.</param>
    /// <returns>A state without samples, independent of all others.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="ArgumentException">The metric does not suit the network.</exception>
    public MetricState Begin(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return CreateState(context);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Makes the state of a run, and allocates all of its memory.</summary>
    /// <param name="context">What the network gives, and the largest number of samples; not null.</param>
    /// <exception cref="ArgumentException">The metric does not suit the network.</exception>
    protected abstract MetricState CreateState(MetricContext context);

    /// <summary>Throws unless the outputs of the network are class probabilities.</summary>
    /// <param name="context">What the network gives.</param>
    /// <exception cref="ArgumentException">It is a regression.</exception>
    protected void RequireClassifier(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.IsClassifier)
        {
            throw new ArgumentException(
                $"The metric {Name} needs class probabilities, but the network is a regression.", nameof(context));
        }
    }

    /// <summary>Throws unless the network is a regression.</summary>
    /// <param name="context">What the network gives.</param>
    /// <exception cref="ArgumentException">It is a classifier.</exception>
    protected void RequireRegression(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.IsClassifier)
        {
            throw new ArgumentException(
                $"The metric {Name} compares the outputs of a regression with targets, but the network is a classifier.", nameof(context));
        }
    }
}
