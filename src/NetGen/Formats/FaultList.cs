using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// What is wrong with a file. All faults are counted, but only the first are kept, and only their text is made: a hostile
/// file can have any number.
/// </summary>
internal sealed class FaultList
{
    /// <summary>The number of faults that are kept.</summary>
    public const int MaxKept = 20;

    private readonly ImmutableArray<string>.Builder _kept = ImmutableArray.CreateBuilder<string>();

    /// <summary>The number of faults, those that are not kept included.</summary>
    public int Count { get; private set; }

    /// <summary>The first <see cref="MaxKept"/> faults.</summary>
    public ImmutableArray<string> Kept => _kept.ToImmutable();

    /// <summary>Adds a fault.</summary>
    /// <param name="fault">A sentence that names the tensor, what was expected and what was found.</param>
    public void Add([InterpolatedStringHandlerArgument("")] ref Fault fault)
    {
        if (Count++ < MaxKept) _kept.Add(fault.ToStringAndClear());
    }

    /// <summary>Makes the text of a fault, if it is kept.</summary>
    [InterpolatedStringHandler]
    public ref struct Fault
    {
        private DefaultInterpolatedStringHandler _text;

        /// <summary>Begins the text of a fault.</summary>
        /// <param name="literalLength">Number of characters outside the holes.</param>
        /// <param name="formattedCount">Number of holes.</param>
        /// <param name="faults">The list that it goes to.</param>
        /// <param name="isKept">Whether anything has to be appended; the holes are not evaluated otherwise.</param>
        public Fault(int literalLength, int formattedCount, FaultList faults, out bool isKept)
        {
            isKept = faults.Count < MaxKept;
            _text = isKept
                ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture)
                : default;
        }

        /// <summary>Appends what is between two holes.</summary>
        /// <param name="text">The text.</param>
        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        /// <summary>Appends what fills a hole.</summary>
        /// <param name="value">Its value.</param>
        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        internal string ToStringAndClear() => _text.ToStringAndClear();
    }
}
