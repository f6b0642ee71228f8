using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace NetGen.Benchmarks.Micro;

/// <summary>A built-in activation beside the same formula as an activation of the user's own.</summary>
public class ActivationBenchmarks
{
    private const int Batch = 64;
    private readonly BuiltInSiLU _builtInSilu = new();
    private readonly OwnSiLU _ownSilu = new();
    private readonly BuiltInHardSwish _builtInHardSwish = new();
    private readonly OwnHardSwish _ownHardSwish = new();
    private readonly float[] _inputs = new float[Batch * BuiltInSiLU.InputLength];
    private readonly float[] _outputs = new float[Batch * BuiltInSiLU.OutputLength];

    /// <summary>Draws the inputs.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        for (int i = 0; i < _inputs.Length; i++)
            _inputs[i] = (4 * random.NextSingle()) - 2;
    }

    /// <summary>SiLU of the library.</summary>
    [Benchmark]
    public void SiLU() => _builtInSilu.Predict(_inputs, _outputs);

    /// <summary>SiLU as a formula.</summary>
    [Benchmark]
    public void SiLUOfOnesOwn() => _ownSilu.Predict(_inputs, _outputs);

    /// <summary>HardSwish of the library.</summary>
    [Benchmark]
    public void HardSwish() => _builtInHardSwish.Predict(_inputs, _outputs);

    /// <summary>HardSwish as a formula.</summary>
    [Benchmark]
    public void HardSwishOfOnesOwn() => _ownHardSwish.Predict(_inputs, _outputs);
}

[Network, Input(64), Dense(256), SiLU, Dense(256), SiLU, Dense(10)]
internal sealed partial class BuiltInSiLU;

[Network, Input(64), Dense(256), Activation<SiLUFormula>, Dense(256), Activation<SiLUFormula>, Dense(10)]
internal sealed partial class OwnSiLU;

[Network, Input(64), Dense(256), HardSwish, Dense(256), HardSwish, Dense(10)]
internal sealed partial class BuiltInHardSwish;

[Network, Input(64), Dense(256), Activation<HardSwishFormula>, Dense(256), Activation<HardSwishFormula>, Dense(10)]
internal sealed partial class OwnHardSwish;

internal readonly struct SiLUFormula : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, IFloatVector<T> => x * T.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T sigmoid = T.Sigmoid(x);
        return sigmoid * (1f + (x * (1f - sigmoid)));
    }
}

internal readonly struct HardSwishFormula : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, IFloatVector<T> => x * T.Min(T.Max(x + 3f, 0f), 6f) * (1f / 6);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : struct, IFloatVector<T> =>
        T.Select(T.LessThan(x, -3f), 0f, T.Select(T.LessThan(x, 3f), (x * (1f / 3)) + 0.5f, 1f));
}
