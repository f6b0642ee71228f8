using System.Buffers;
using NetGen.Numerics;

namespace NetGen;

/// <summary>Draws the first values of parameters.</summary>
internal static class InitialValues
{
    // The last word of the counter tells the streams of one seed apart; the others are the element and the tensor.
    private const uint Stream = 0x494E4954;

    /// <summary>Fills one parameter.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="index">Its place in the network's table, from 0: every tensor has its own stream.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stored">Receives the values, in the order in which they are stored.</param>
    public static void Fill(ParameterInfo parameter, int index, ulong seed, Span<float> stored)
    {
        if (parameter.Initializer is Initializer.Zeros or Initializer.Ones)
        {
            stored.Fill(parameter.Initializer == Initializer.Ones ? 1 : 0);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(parameter.Length);
        try
        {
            Span<float> torch = rented.AsSpan(0, parameter.Length);
            switch (parameter.Initializer)
            {
                case Initializer.HeNormal:
                    FillNormal(torch, Math.Sqrt(2.0 / parameter.FanIn), (uint)index, seed);
                    break;
                case Initializer.GlorotUniform:
                    FillUniform(torch, Math.Sqrt(6.0 / ((double)parameter.FanIn + parameter.FanOut)), (uint)index, seed);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(
                        nameof(parameter), parameter.Initializer, $"{parameter.Name} has an unknown initialiser.");
            }

            parameter.Layout.FromTorch(torch, stored);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static void FillNormal(Span<float> values, double deviation, uint tensor, ulong seed)
    {
        int i = 0;
        for (; i <= values.Length - GaussianBlocks.Length; i += GaussianBlocks.Length)
            GaussianBlocks.Fill(seed, (uint)i / 4, 0, tensor, Stream, deviation, values.Slice(i, GaussianBlocks.Length));
        for (; i < values.Length; i += 4)
        {
            (uint x0, uint x1, uint x2, uint x3) = ((uint)i / 4, 0, tensor, Stream);
            Philox.Block(seed, ref x0, ref x1, ref x2, ref x3);
            (double a, double b) = Gaussian.Pair(x0, x1);
            (double c, double d) = Gaussian.Pair(x2, x3);
            Span<float> rest = values[i..];
            rest[0] = (float)(a * deviation);
            if (rest.Length > 1) rest[1] = (float)(b * deviation);
            if (rest.Length > 2) rest[2] = (float)(c * deviation);
            if (rest.Length > 3) rest[3] = (float)(d * deviation);
        }
    }

    private static void FillUniform(Span<float> values, double limit, uint tensor, ulong seed)
    {
        for (int i = 0; i < values.Length; i += 4)
        {
            (uint x0, uint x1, uint x2, uint x3) = ((uint)i / 4, 0, tensor, Stream);
            Philox.Block(seed, ref x0, ref x1, ref x2, ref x3);
            Span<float> rest = values[i..];
            rest[0] = Symmetric(x0, limit);
            if (rest.Length > 1) rest[1] = Symmetric(x1, limit);
            if (rest.Length > 2) rest[2] = Symmetric(x2, limit);
            if (rest.Length > 3) rest[3] = Symmetric(x3, limit);
        }
    }

    // A word as a signed fraction in [-1, 1), times the limit.
    private static float Symmetric(uint word, double limit) => (float)((int)word * (1.0 / 2147483648.0) * limit);
}
