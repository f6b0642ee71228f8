using NetGen.Benchmarks.Functions;
using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>
/// erf does not decrease from one float to the next. Where it comes near to 1 and -1 it is so flat that a rounding error can make it decrease;
/// <see cref="ElementaryFunctionTests"/> looks at every 9973rd float, where it has risen enough to hide that.
/// </summary>
public sealed class ErfOrderTests
{
    private const int Chunk = 1 << 16;

    [Theory]
    [InlineData(0.875f, 4)]
    [InlineData(-4, -0.875f)]
    public void Erf_does_not_decrease_between_neighbouring_floats(float from, float to)
    {
        CheckedFunction erf = CheckedFunction.All.Single(function => function.Name == "erf");
        float[] inputs = new float[Chunk], outputs = new float[Chunk];
        int decreases = 0;

        // Neighbouring chunks share an input, so that a decrease between them is found.
        for (inputs[^1] = from; inputs[^1] < to;)
        {
            inputs[0] = inputs[^1];
            for (int i = 1; i < Chunk; i++)
                inputs[i] = float.BitIncrement(inputs[i - 1]);
            erf.Evaluate512(inputs, outputs);
            for (int i = 1; i < Chunk; i++)
                decreases += outputs[i] >= outputs[i - 1] ? 0 : 1;
        }

        Assert.Equal(0, decreases);
    }
}
