namespace Digits.Data;

/// <summary>A file could not be downloaded; the message says which, from where and why.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="transient">Whether another attempt may succeed.</param>
/// <param name="cause">The exception behind it.</param>
internal sealed class DownloadException(string message, bool transient = false, Exception? cause = null)
    : IOException(message, cause)
{
    /// <summary>Whether another attempt may succeed.</summary>
    public bool Transient { get; } = transient;
}
