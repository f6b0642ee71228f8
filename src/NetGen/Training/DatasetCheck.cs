using NetGen.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>Finds out before training or evaluation whether a data set suits a network.</summary>
internal static class DatasetCheck
{
    /// <summary>Throws unless the data set can be used with the network.</summary>
    public static void Require<TNet>(Dataset data, string argument)
        where TNet : class, INetwork<TNet>
    {
        string network = typeof(TNet).Name;
        if (data.Count == 0)
            throw new ArgumentException("The data set has no samples.", argument);
        if (data.InputLength != TNet.InputLength)
        {
            throw new ArgumentException(
                Invariant($"{network} takes {TNet.InputLength} input values a sample; ") +
                Invariant($"the samples of the data set have {data.InputLength}."),
                argument);
        }
        if (data.HasLabels)
            RequireLabels<TNet>(data, network, argument);
        else
            RequireTargets<TNet>(data, network, argument);
    }

    private static void RequireTargets<TNet>(Dataset data, string network, string argument)
        where TNet : class, INetwork<TNet>
    {
        if (data.TargetLength != TNet.OutputLength)
        {
            throw new ArgumentException(
                Invariant($"{network} has {TNet.OutputLength} outputs; the samples of the data set have {data.TargetLength} targets."),
                argument);
        }
        if (TNet.Loss != Loss.CrossEntropy)
            return;
        for (int i = 0; i < data.Count; i++)
        {
            if (BatchChecks.ProbabilityFault(network, data.Target(i), i) is { } fault)
                throw new ArgumentException(fault, argument);
        }
    }

    private static void RequireLabels<TNet>(Dataset data, string network, string argument)
        where TNet : class, INetwork<TNet>
    {
        if (TNet.Loss != Loss.CrossEntropy)
        {
            throw new ArgumentException(
                $"{network} is trained on the loss {TNet.Loss}, which needs targets (Dataset.FromTargets); " +
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
                    Invariant($"The label of sample {i} is {data.Label(i)}; {network} has {TNet.OutputLength} outputs, ") +
                    Invariant($"so labels must be 0 to {TNet.OutputLength - 1}."),
                    argument);
            }
        }
    }
}
