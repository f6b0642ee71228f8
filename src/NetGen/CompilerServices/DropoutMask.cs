using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014; scaled in training, as in Keras and PyTorch) with counter-based random numbers: the mask
/// is a pure function of (seed, step, layer, sample, unit). So backward computes the same mask again, on any thread and at any
/// vector width, and no mask is stored.
/// </summary>
/// <remarks>
/// Rounds of SplitMix64 (Steele et al. 2014) hash the first four coordinates to a 64-bit key. A 32-bit mixer of two multiplications
/// (with the constants of C. Wellons's search for low bias) hashes the key and the unit's index to 32 random bits. The unit is dropped if
/// they are less than the rate times 2^32, so the probability of a drop is exact to 2^-32.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutMask
{
    /// <summary>The key of one sample's mask.</summary>
    /// <param name="seed">The seed of the training pass.</param>
    /// <param name="step">The number of the forward pass.</param>
    /// <param name="layer">The position of the dropout layer in the network.</param>
    /// <param name="sample">The sample's index in the batch.</param>
    public static ulong Key(ulong seed, long step, int layer, int sample) =>
        Mix(Mix(Mix(Mix(seed) ^ (ulong)step) ^ (uint)layer) ^ (uint)sample);

    /// <summary>Applies the mask to a vector of consecutive units.</summary>
    /// <param name="value">The values before dropout; in backward, the gradients after it.</param>
    /// <param name="key">The key of the sample.</param>
    /// <param name="unit">The index of lane 0's unit in the layer's output.</param>
    /// <param name="threshold">The rate times 2^32.</param>
    /// <param name="scale">1 / (1 - rate).</param>
    /// <returns>0 where the unit is dropped, otherwise the value times <paramref name="scale"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> value, ulong key, nint unit, uint threshold, float scale)
    {
        Vector512<uint> bits = MaskBits.Of(Vector512.Create((uint)unit) + Vector512<uint>.Indices, key);
        Vector512<uint> kept = Vector512.GreaterThanOrEqual(bits, Vector512.Create(threshold));
        return (value * scale) & kept.AsSingle();
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, uint, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> value, ulong key, nint unit, uint threshold, float scale)
    {
        Vector256<uint> bits = MaskBits.Of(Vector256.Create((uint)unit) + Vector256<uint>.Indices, key);
        Vector256<uint> kept = Vector256.GreaterThanOrEqual(bits, Vector256.Create(threshold));
        return (value * scale) & kept.AsSingle();
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, uint, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> value, ulong key, nint unit, uint threshold, float scale)
    {
        Vector128<uint> bits = MaskBits.Of(Vector128.Create((uint)unit) + Vector128<uint>.Indices, key);
        Vector128<uint> kept = Vector128.GreaterThanOrEqual(bits, Vector128.Create(threshold));
        return (value * scale) & kept.AsSingle();
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
