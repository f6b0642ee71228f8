using System.Runtime.InteropServices;
using System.Text;
using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using static System.FormattableString;

namespace NetGen.Benchmarks.ByHand;

/// <summary>
/// One sample of the network <c>tiny</c>, beside the same written by hand in C with AVX-512: what a call of <c>Predict</c> costs beyond its arithmetic. The same
/// sample again and again, where the processor works on several calls at a time, and with each result as an input of the next call, where it cannot.
/// </summary>
internal static unsafe class TinySuite
{
    private const ulong Seed = 1;

    /// <summary>Floats of a cache line: inputs and outputs in C have one each, before the parameters.</summary>
    private const int AlignedFloats = 16;

    /// <summary>Measures, and gives the table.</summary>
    public static string Run(Timing timing)
    {
        TinyLibrary? library = null;
        try
        {
            library = new TinyLibrary();
        }
        catch (PeerException exception)
        {
            Console.Error.WriteLine($"The C does not take part. {exception.Message}");
        }

        using (library)
        {
            var network = new Tiny(Seed);
            float* memory = (float*)NativeMemory.AlignedAlloc((nuint)(network.Parameters.Length + (2 * AlignedFloats)) * sizeof(float), AlignedFloats * sizeof(float));
            try
            {
                return Table(Measure(network, library, memory, timing));
            }
            finally
            {
                NativeMemory.AlignedFree(memory);
            }
        }
    }

    private static List<Contestant> Measure(Tiny network, TinyLibrary? library, float* memory, Timing timing)
    {
        List<Contestant> contestants = [new("NetGen: `Predict`", new Repeated(network), new Fed(network))];
        if (library is not null)
        {
            network.Parameters.CopyTo(new Span<float>(memory + (2 * AlignedFloats), network.Parameters.Length));
            contestants.Add(new("C, a loop in C", new RepeatedInC(library, memory), new FedInC(library, memory)));
            contestants.Add(new("C, called from a loop in C#", new RepeatedCalls(library, memory), new FedCalls(library, memory)));
            Compare(network, library, memory);
        }

        foreach (Contestant contestant in contestants)
        {
            Stopper.UntilCompiled(contestant.Repeated);
            Stopper.UntilCompiled(contestant.Fed);
        }

        for (int round = 0; round < timing.Rounds; round++)
        {
            foreach (Contestant contestant in contestants)
            {
                contestant.RepeatedTimes.Add(Stopper.Turn(contestant.Repeated, timing));
                contestant.FedTimes.Add(Stopper.Turn(contestant.Fed, timing));
            }
        }

        return contestants;
    }

    /// <summary>Both compute the same network: their outputs agree.</summary>
    private static void Compare(Tiny network, TinyLibrary library, float* memory)
    {
        float[] output = new float[Tiny.OutputLength];
        for (int sample = 0; sample < PeerFiles.Samples; sample++)
        {
            float[] input = RandomValues.Array(Tiny.InputLength, seed: sample);
            network.Predict(input, output);
            input.CopyTo(new Span<float>(memory, Tiny.InputLength));
            library.Predict(memory, memory + (2 * AlignedFloats), memory + AlignedFloats);
            float byHand = memory[AlignedFloats];
            if (!(Math.Abs(byHand - output[0]) <= 1e-5f * Math.Max(1, Math.Abs(byHand))))
                throw new InvalidOperationException(Invariant($"tiny.c gives {byHand} for sample {sample}, and NetGen {output[0]}."));
        }
    }

    private static string Table(List<Contestant> contestants)
    {
        StringBuilder text = new();
        text.Append(Invariant($"{ProcessorName.Get()}, {RuntimeInformation.FrameworkDescription}; medians of {contestants[0].RepeatedTimes.Count} rounds, nanoseconds for a call.\n\n"));
        text.Append("| | the same sample again | each result is an input of the next call |\n|---|--:|--:|\n");
        foreach (Contestant contestant in contestants)
            text.Append(Invariant($"| {contestant.Name} | {Statistics.Median(contestant.RepeatedTimes) * 1e9:F1} | {Statistics.Median(contestant.FedTimes) * 1e9:F1} |\n"));
        if (contestants.Count > 1)
        {
            text.Append(Invariant(
                $"| NetGen, times as long as the loop in C | {Statistics.MedianRatio(contestants[0].RepeatedTimes, contestants[1].RepeatedTimes):F2} | {Statistics.MedianRatio(contestants[0].FedTimes, contestants[1].FedTimes):F2} |\n"));
        }

        return text.ToString();
    }

    /// <summary>One of those who compute the network, with its times in seconds.</summary>
    private sealed record Contestant(string Name, IWork Repeated, IWork Fed)
    {
        public List<double> RepeatedTimes { get; } = [];

        public List<double> FedTimes { get; } = [];
    }

    private sealed class Repeated(Tiny network) : IWork
    {
        private readonly float[] _input = RandomValues.Array(Tiny.InputLength, seed: 7);
        private readonly float[] _output = new float[Tiny.OutputLength];

        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
                network.Predict(_input, _output);
        }
    }

    private sealed class Fed(Tiny network) : IWork
    {
        private readonly float[] _input = RandomValues.Array(Tiny.InputLength, seed: 7);
        private readonly float[] _output = new float[Tiny.OutputLength];

        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
            {
                network.Predict(_input, _output);
                _input[0] = _output[0];
            }
        }
    }

    private sealed class RepeatedInC(TinyLibrary library, float* memory) : IWork
    {
        public void Run(int count) => library.Repeat(memory, memory + (2 * AlignedFloats), memory + AlignedFloats, count);
    }

    private sealed class FedInC(TinyLibrary library, float* memory) : IWork
    {
        public void Run(int count) => library.Feed(memory, memory + (2 * AlignedFloats), memory + AlignedFloats, count);
    }

    private sealed class RepeatedCalls(TinyLibrary library, float* memory) : IWork
    {
        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
                library.Predict(memory, memory + (2 * AlignedFloats), memory + AlignedFloats);
        }
    }

    private sealed class FedCalls(TinyLibrary library, float* memory) : IWork
    {
        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
            {
                library.Predict(memory, memory + (2 * AlignedFloats), memory + AlignedFloats);
                memory[0] = memory[AlignedFloats];
            }
        }
    }
}
