using System.Runtime.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// The usual learning rate schedules, as functions of how far training is in epochs. <see cref="Step"/>, <see cref="Exponential"/> and <see cref="Cosine"/>
/// equal PyTorch's schedulers at whole epochs. Between them the smooth ones go on smoothly, because <see cref="TrainingExtensions.Fit"/> asks before each step.
/// </summary>
/// <example>
/// <code>
/// Schedule = Schedules.WarmUp(epochs: 1, Schedules.Cosine(0.01f, epochs: 20))
/// </code>
/// </example>
public static class Schedules
{
    /// <summary>The same learning rate throughout.</summary>
    /// <param name="rate">The learning rate; finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or not a number.</exception>
    public static LearningRateSchedule Constant(float rate)
    {
        Rate(rate);
        return _ => rate;
    }

    /// <summary>Multiplies the learning rate by a factor every few epochs, as <c>torch.optim.lr_scheduler.StepLR</c>.</summary>
    /// <param name="rate">The first learning rate; finite, 0 or more.</param>
    /// <param name="every">The number of epochs from one change to the next; at least 1.</param>
    /// <param name="factor">The factor, from 0 to 1; 0.1 unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRateSchedule Step(float rate, int every, float factor = 0.1f)
    {
        Rate(rate);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Share(factor);
        return epoch => (float)(rate * Math.Pow(factor, Math.Floor(epoch / every)));
    }

    /// <summary>Multiplies the learning rate by a factor in each epoch, a little at each step, as <c>torch.optim.lr_scheduler.ExponentialLR</c>.</summary>
    /// <param name="rate">The first learning rate; finite, 0 or more.</param>
    /// <param name="factor">The factor for an epoch, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRateSchedule Exponential(float rate, float factor)
    {
        Rate(rate);
        Share(factor);
        return epoch => (float)(rate * Math.Pow(factor, epoch));
    }

    /// <summary>
    /// Half a cosine from one rate to another (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts), as
    /// <c>torch.optim.lr_scheduler.CosineAnnealingLR</c>; afterwards the last rate stays.
    /// </summary>
    /// <param name="rate">The first learning rate; finite, 0 or more.</param>
    /// <param name="epochs">The epochs until the last rate is reached; more than 0.</param>
    /// <param name="last">The last learning rate; finite, 0 or more, 0 unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRateSchedule Cosine(float rate, double epochs, float last = 0)
    {
        Rate(rate);
        Epochs(epochs);
        Rate(last);
        return epoch => (float)Between(rate, last, epoch / epochs);
    }

    /// <summary>
    /// Rises to the largest rate and falls to almost nothing, both by half a cosine (Smith and Topin 2018, arXiv:1708.07120), as
    /// <c>torch.optim.lr_scheduler.OneCycleLR</c> in the limit of many steps. The momentum stays as it is.
    /// </summary>
    /// <param name="rate">The largest learning rate; finite, 0 or more.</param>
    /// <param name="epochs">The epochs of the whole cycle; more than 0.</param>
    /// <param name="rising">The share of the cycle in which the rate rises, more than 0 and less than 1; 0.3 unless given.</param>
    /// <param name="firstDivisor">The first rate is the largest divided by this; at least 1, 25 unless given.</param>
    /// <param name="lastDivisor">The last rate is the first divided by this; at least 1, 10,000 unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRateSchedule OneCycle(
        float rate, double epochs, float rising = 0.3f, float firstDivisor = 25, float lastDivisor = 1e4f)
    {
        Rate(rate);
        Epochs(epochs);
        if (!(rising > 0 && rising < 1))
            throw new ArgumentOutOfRangeException(nameof(rising), Invariant($"The share must be more than 0 and less than 1, but got {rising}."));
        Divisor(firstDivisor);
        Divisor(lastDivisor);
        double first = (double)rate / firstDivisor;
        double top = epochs * rising;
        return epoch => (float)(epoch < top ? Between(first, rate, epoch / top) : Between(rate, first / lastDivisor, (epoch - top) / (epochs - top)));
    }

    /// <summary>Lets the learning rate of another schedule rise from 0 in a straight line, in the first epochs.</summary>
    /// <param name="epochs">The epochs until the rate is that of the other schedule; more than 0, such as 0.5 for half an epoch.</param>
    /// <param name="schedule">The other schedule, which begins at the same time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of epochs is not finite or not more than 0.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="schedule"/> is null.</exception>
    public static LearningRateSchedule WarmUp(double epochs, LearningRateSchedule schedule)
    {
        Epochs(epochs);
        ArgumentNullException.ThrowIfNull(schedule);
        return epoch => epoch < epochs ? (float)(schedule(epoch) * (epoch / epochs)) : schedule(epoch);
    }

    /// <summary>Half a cosine from one value to another; the share is clamped to 0 and 1.</summary>
    private static double Between(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * Math.Clamp(share, 0, 1))) / 2);

    private static void Rate(float value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && float.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, Invariant($"A learning rate must be finite and not negative, but got {value}."));
    }

    private static void Epochs(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, Invariant($"The number of epochs must be finite and more than 0, but got {value}."));
    }

    private static void Share(float value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(name, Invariant($"The factor must be from 0 to 1, but got {value}."));
    }

    private static void Divisor(float value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 1 && float.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, Invariant($"The divisor must be finite and at least 1, but got {value}."));
    }
}
