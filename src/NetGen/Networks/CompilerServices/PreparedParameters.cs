namespace NetGen.CompilerServices;

/// <summary>
/// What predictions compute from the parameters of a network before their kernels run: shared by all threads, and computed once for each
/// version of the parameters. No thread waits for another one.
/// </summary>
/// <remarks>
/// A block of values is never written while a thread reads it. A thread that finds no block with the version that it needs fills one that
/// no thread reads: the previous block, or a new one. Two threads may do so at the same time; each fills its own block, with the same values.
/// </remarks>
internal sealed class PreparedParameters
{
    private Block? _current;
    private Block? _spare;

    /// <summary>Takes a block for reading. It must be given back.</summary>
    /// <param name="version">The version of the parameters.</param>
    /// <param name="length">The floats of a block.</param>
    /// <param name="isFilled">Whether the block holds the values of that version; otherwise the caller fills it and calls <see cref="Publish"/>.</param>
    public Block Take(long version, int length, out bool isFilled)
    {
        if (Volatile.Read(ref _current) is { } current && current.TryRead(version))
        {
            isFilled = true;
            return current;
        }

        isFilled = false;
        return Interlocked.Exchange(ref _spare, null) is { } spare && spare.TryWrite() ? spare : new Block(length);
    }

    /// <summary>Hands a filled block to all threads; the caller goes on reading it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="version">The version that the parameters had before their values were read.</param>
    public void Publish(Block block, long version)
    {
        block.BeginReading(version);
        if (Interlocked.Exchange(ref _current, block) is { } before)
            Volatile.Write(ref _spare, before);
    }

    /// <summary>A block of values, with the number of its readers.</summary>
    /// <param name="length">The number of floats.</param>
    internal sealed class Block(int length)
    {
        // Instead of a number of readers: a thread fills the block.
        private const int Writing = -1;

        private int _readers = Writing;
        private long _version;

        /// <summary>The values.</summary>
        public AlignedBuffer Values { get; } = new(length);

        /// <summary>Begins to read, if the block holds the values of a version.</summary>
        public bool TryRead(long version)
        {
            int readers = Volatile.Read(ref _readers);
            while (readers != Writing)
            {
                int found = Interlocked.CompareExchange(ref _readers, readers + 1, readers);
                if (found != readers)
                {
                    readers = found;
                    continue;
                }

                // From here on no thread can fill the block: only now can the version be trusted.
                if (Volatile.Read(ref _version) == version)
                    return true;
                EndReading();
                return false;
            }

            return false;
        }

        /// <summary>Begins to fill the block, if nobody reads it.</summary>
        public bool TryWrite() => Interlocked.CompareExchange(ref _readers, Writing, 0) == 0;

        /// <summary>Ends filling the block; the caller becomes its first reader.</summary>
        public void BeginReading(long version)
        {
            Volatile.Write(ref _version, version);
            Volatile.Write(ref _readers, 1);
        }

        /// <summary>Ends reading.</summary>
        public void EndReading() => Interlocked.Decrement(ref _readers);
    }
}
