using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Held while a network is trained, because two trainings would overwrite each other's parameters. Disposing it releases the network.
/// </summary>
internal sealed class FitLock : IDisposable
{
    private static readonly ConditionalWeakTable<object, FitLock> s_held = [];

    private readonly object _network;

    private FitLock(object network) => _network = network;

    /// <summary>Takes the network for this training.</summary>
    /// <exception cref="InvalidOperationException">Another training has it.</exception>
    public static FitLock Take(object network)
    {
        var taken = new FitLock(network);
        if (s_held.TryAdd(network, taken))
            return taken;
        throw new InvalidOperationException(
            $"This {network.GetType().Name} is already being trained by another call of Fit, which must end first. " +
            "To train two at once, use two networks.");
    }

    /// <inheritdoc/>
    public void Dispose() => s_held.Remove(_network);
}
