using static System.FormattableString;

namespace NetGen;

/// <summary>Finds out before training or evaluation whether a data set suits a network.</summary>
internal static class DatasetCheck
{
    /// <summary>Throws unless the data set can be used with the network.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="argument">The argument that it is, or in which it is.</param>
    /// <param name="member">Begins the message: where in the argument the data set is.</param>
    public static void Require<TNet>(Dataset data, string argument, string member = "")
        where TNet : class, INetwork<TNet>
    {
        string network = typeof(TNet).Name;
        if (data.Count == 0)
            throw new ArgumentException($"{member}The data set has no samples.", argument);
        if (data.InputLength != TNet.InputLength)
        {
            throw new ArgumentException(
                Invariant($"{member}{network} takes {TNet.InputLength} input values a sample; ") +
                Invariant($"the samples of the data set have {data.InputLength}."),
                argument);
        }
        if (data.HasLabels)
            RequireLabels<TNet>(data, network, argument, member);
        else if (data.TargetLength != TNet.OutputLength)
        {
            throw new ArgumentException(
                Invariant($"{member}{network} has {TNet.OutputLength} outputs; the samples of the data set have {data.TargetLength} targets."),
                argument);
        }
    }

    private static void RequireLabels<TNet>(Dataset data, string network, string argument, string member)
        where TNet : class, INetwork<TNet>
    {
        if (TNet.Loss != Loss.CrossEntropy)
        {
            throw new ArgumentException(
                $"{member}{network} is trained on the loss {TNet.Loss}, which needs targets (Dataset.FromTargets); " +
                "the data set has labels.",
                argument);
        }
        if (data.ClassCount <= TNet.OutputLength)
            return;
        for (int i = 0; i < data.Count; i++)
        {
            if (data.Label(i) >= TNet.OutputLength)
            {
                throw new ArgumentException(
                    Invariant($"{member}The label of sample {i} is {data.Label(i)}; {network} has {TNet.OutputLength} outputs, ") +
                    Invariant($"so labels must be 0 to {TNet.OutputLength - 1}."),
                    argument);
            }
        }
    }
}
