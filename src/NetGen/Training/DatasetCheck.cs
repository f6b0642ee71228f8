using static System.FormattableString;

namespace NetGen;

/// <summary>Finds out before training or evaluation whether a data set suits a network.</summary>
internal static class DatasetCheck
{
    /// <summary>Throws unless the data set can be used with the network.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="summary">What the network takes and gives.</param>
    /// <param name="argument">The argument that it is, or in which it is.</param>
    /// <param name="member">Begins the message: where in the argument the data set is.</param>
    public static void Require(Dataset data, NetworkSummary summary, string argument, string member = "")
    {
        if (data.Count == 0)
            throw new ArgumentException($"{member}The data set has no samples.", argument);
        if (data.InputLength != summary.InputLength)
        {
            throw new ArgumentException(
                Invariant($"{member}{summary.Name} takes {summary.InputLength} input values a sample; ") +
                Invariant($"the samples of the data set have {data.InputLength}."),
                argument);
        }
        if (data.HasLabels)
            RequireLabels(data, summary, argument, member);
        else
            RequireTargets(data, summary, argument, member);
    }

    private static void RequireTargets(Dataset data, NetworkSummary summary, string argument, string member)
    {
        if (data.TargetLength != summary.OutputLength)
        {
            throw new ArgumentException(
                Invariant($"{member}{summary.Name} has {summary.OutputLength} outputs; the samples of the data set have {data.TargetLength} targets."),
                argument);
        }
        LossFunction loss = LossFunction.Of(summary);
        for (int i = 0; i < data.Count; i++)
        {
            if (loss.TargetFault(summary.Name, data.Target(i), i) is { } fault)
                throw new ArgumentException(member + fault, argument);
        }
    }

    private static void RequireLabels(Dataset data, NetworkSummary summary, string argument, string member)
    {
        if (!LossFunction.Of(summary).Classifies)
        {
            throw new ArgumentException(
                $"{member}{summary.Name} is trained on the loss {summary.Loss}, which needs targets (Dataset.FromTargets); " +
                "the data set has labels.",
                argument);
        }
        if (data.ClassCount <= summary.OutputLength)
            return;
        for (int i = 0; i < data.Count; i++)
        {
            if (data.Label(i) >= summary.OutputLength)
            {
                throw new ArgumentException(
                    Invariant($"{member}The label of sample {i} is {data.Label(i)}; {summary.Name} has {summary.OutputLength} outputs, ") +
                    Invariant($"so labels must be 0 to {summary.OutputLength - 1}."),
                    argument);
            }
        }
    }
}
