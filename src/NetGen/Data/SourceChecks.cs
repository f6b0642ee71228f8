using static System.FormattableString;

namespace NetGen;

/// <summary>What sources check before they read a sample.</summary>
internal static class SourceChecks
{
    /// <summary>Checks that there is such a sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static void Index(int index, int count)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), Invariant($"The source has {count} samples; there is no sample {index}."));
        }
    }

    /// <summary>Checks that a sample takes as many values as the source has.</summary>
    /// <exception cref="ArgumentException">It takes more or fewer.</exception>
    public static void Room(Sample sample, int inputLength, int targetLength)
    {
        if (sample.Input.Length != inputLength || sample.Target.Length != targetLength)
        {
            string room = Invariant($"room for {sample.Input.Length} and {sample.Target.Length}");
            throw new ArgumentException(
                Invariant($"A sample has {inputLength} values and {targetLength} targets, but got {room}."), nameof(sample));
        }
    }

    /// <summary>Checks the sizes that every source has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is below 1.</exception>
    public static void Sizes(int count, int inputLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
    }
}
