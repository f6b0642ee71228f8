namespace NetGen.Benchmarks.Measuring;

/// <summary>Something whose time is measured.</summary>
internal interface IWork
{
    /// <summary>Does it <paramref name="count"/> times; the loop is inside, so that a call costs nothing.</summary>
    void Run(int count);
}
