using System.Text;

using static System.FormattableString;

namespace NetGen;

/// <summary>Optimizers as text: <c>Sgd { LearningRate = 0.1, Momentum = 0.9, ClipNorm = 1 }</c>.</summary>
internal static class OptimizerText
{
    /// <summary>The type, the learning rate, the settings of this type, and those that all optimizers have if they are set.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="settings">The settings of its type; may be empty.</param>
    /// <param name="withLearningRate">Whether the learning rate is part of the text.</param>
    public static string Of(Optimizer optimizer, string settings, bool withLearningRate)
    {
        var text = new StringBuilder(optimizer.GetType().Name).Append(" { ");
        int start = text.Length;
        if (withLearningRate)
            Append(Invariant($"LearningRate = {optimizer.LearningRate}"));
        if (settings.Length > 0)
            Append(settings);
        AppendLimit(nameof(optimizer.ClipValue), optimizer.ClipValue);
        AppendLimit(nameof(optimizer.ClipNorm), optimizer.ClipNorm);
        if (optimizer.L1 > 0)
            Append(Invariant($"L1 = {optimizer.L1}"));
        if (optimizer.L2 > 0)
            Append(Invariant($"L2 = {optimizer.L2}"));
        AppendLimit(nameof(optimizer.MaxNorm), optimizer.MaxNorm);
        if (optimizer.LearningRateFactors.Count > 0)
            Append($"LearningRateFactors = {optimizer.LearningRateFactors}");
        return text.Append(" }").ToString();

        void AppendLimit(string name, float limit)
        {
            if (limit < float.PositiveInfinity)
                Append(Invariant($"{name} = {limit}"));
        }

        void Append(string part) => text.Append(text.Length > start ? ", " : "").Append(part);
    }
}
