namespace NetGen.EditorHost;

/// <summary>What should be seen, and how often it was not.</summary>
internal sealed class Expectations
{
    private int _failed;
    private int _met;

    /// <summary>Prints what is expected, and whether it holds.</summary>
    public void Expect(bool holds, string what)
    {
        Console.WriteLine($"  {(holds ? "ok  " : "FAIL")} {what}");
        if (holds) _met++;
        else _failed++;
    }

    /// <summary>Prints the counts.</summary>
    /// <returns>The exit code of the program.</returns>
    public int Conclude()
    {
        Console.WriteLine($"{_met} expectations hold, {_failed} do not.");
        return _failed == 0 && _met > 0 ? 0 : 1;
    }
}
