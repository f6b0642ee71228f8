namespace NetGen;

/// <summary>How many columns there are for the text that the library writes.</summary>
internal static class TerminalWidth
{
    /// <summary>The width where none is known: of files, pipes and terminals that do not say.</summary>
    public const int Unknown = 80;

    /// <summary>The width of the console's window if the output goes there, otherwise <see cref="Unknown"/>.</summary>
    public static int OfConsole => Of(Console.IsOutputRedirected, static () => Console.WindowWidth);

    /// <summary>The width of the window; <see cref="Unknown"/> if the output is redirected or the window has no width.</summary>
    public static int Of(bool redirected, Func<int> window)
    {
        if (redirected)
            return Unknown;
        try
        {
            int width = window();

            // Some pseudo-terminals have no size and say 0.
            return width > 0 ? width : Unknown;
        }
        catch (Exception fault) when (fault is IOException or PlatformNotSupportedException)
        {
            return Unknown;
        }
    }
}
