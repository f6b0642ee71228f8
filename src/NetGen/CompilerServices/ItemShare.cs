using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The items of a thread's share of some work that nobody has taken yet. The thread takes the first of them, others take the last, so that which items they take depends only a little on
/// how fast each was.
/// </summary>
/// <remarks>It has cache lines of its own: threads that change neighbours would take the line from each other.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct ItemShare
{
    // The first item in the upper half, the one after the last in the lower half.
    [FieldOffset(64)]
    private long _items;

    /// <summary>Puts items in place of those that are left.</summary>
    /// <param name="begin">The first item.</param>
    /// <param name="end">The item after the last one.</param>
    public void Set(int begin, int end) => Volatile.Write(ref _items, Pack(begin, end));

    /// <summary>Takes the first item that is left.</summary>
    public bool TryTakeFirst(out int item) => TryTake(isFirst: true, out item);

    /// <summary>Takes the last item that is left.</summary>
    public bool TryTakeLast(out int item) => TryTake(isFirst: false, out item);

    private static long Pack(int begin, int end) => ((long)begin << 32) | (uint)end;

    private bool TryTake(bool isFirst, out int item)
    {
        long seen = Volatile.Read(ref _items);
        while (true)
        {
            int begin = (int)(seen >> 32), end = (int)seen;
            item = isFirst ? begin : end - 1;
            if (begin >= end)
                return false;
            long now = Interlocked.CompareExchange(ref _items, isFirst ? Pack(begin + 1, end) : Pack(begin, end - 1), seen);
            if (now == seen)
                return true;
            seen = now;
        }
    }
}
