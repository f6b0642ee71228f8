using System.Buffers;
using System.Runtime.CompilerServices;
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
        if (SameEverywhere(parameter) is { } value)
        {
            stored.Fill(value);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(parameter.Length);
        try
        {
            Span<float> torch = rented.AsSpan(0, parameter.Length);
            Draw(parameter, (uint)index, seed, torch);
            parameter.Layout.FromTorch(torch, stored);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static float? SameEverywhere(ParameterInfo parameter) => parameter.Initializer switch
    {
        Initializer.Zeros => 0,
        Initializer.Ones => 1,
        Initializer.Constant => (float)parameter.InitializerValue,
        _ => null,
    };

    private static void Draw(ParameterInfo parameter, uint index, ulong seed, Span<float> torch)
    {
        double fanIn = parameter.FanIn;
        double fans = fanIn + parameter.FanOut;
        switch (parameter.Initializer)
        {
            case Initializer.HeNormal:
                FillNormal(torch, Math.Sqrt(2.0 / fanIn), index, seed);
                break;
            case Initializer.HeUniform:
                FillUniform(torch, Math.Sqrt(6.0 / fanIn), index, seed);
                break;
            case Initializer.GlorotNormal:
                FillNormal(torch, Math.Sqrt(2.0 / fans), index, seed);
                break;
            case Initializer.GlorotUniform:
                FillUniform(torch, Math.Sqrt(6.0 / fans), index, seed);
                break;
            case Initializer.LeCunNormal:
                FillNormal(torch, Math.Sqrt(1.0 / fanIn), index, seed);
                break;
            case Initializer.LeCunUniform:
                FillUniform(torch, Math.Sqrt(3.0 / fanIn), index, seed);
                break;
            case Initializer.Orthogonal:
                FillNormal(torch, 1, index, seed);
                int rows = parameter.Shape[0];
                OrthogonalMatrix.Orthonormalize(torch, rows, torch.Length / rows, parameter.InitializerValue);
                break;
            case Initializer.Uniform:
                FillUniform(torch, parameter.InitializerValue, index, seed);
                break;
            case Initializer.Normal:
                FillNormal(torch, parameter.InitializerValue, index, seed);
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(parameter), parameter.Initializer, $"{parameter.Name} has an unknown initialiser.");
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

    // All values of a network come from one call, so the JIT would optimise this too late.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
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
