using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The memory of a thread that predicts, which hands out chunks of a batch and parts of layers to other threads.</summary>
internal static class InferenceWorkspaceEmitter
{
    public static void Write(CodeWriter code, NetworkPlan plan)
    {
        code.Gap();
        code.Lines("""
            /// <summary>One thread's memory for prediction; it also hands out work to other threads: chunks of a batch, with memory of their own, or parts of one sample's layers.</summary>
            private sealed class InferenceWorkspace : IParallelWork
            {
            """.TrimEnd());
        bool shares = plan.Inference.HasShared;
        if (shares)
        {
            using (code.Indent())
            {
                code.Line("internal const int ChunkStage = 0;");
                int stage = 1;
                foreach (Stage shared in SharedLayers(plan))
                    code.Line(Invariant($"internal const int {shared.Name}Stage = {stage++};"));
                code.Line();
            }
        }

        code.Lines(Invariant($$"""
                private AlignedBuffer[] _memory = [];
                private {{SourceFile.Self(plan.Model)}}? _network;
                private int _chunk;{{(shares ? "\n    private int _threads;" : "")}}
            """));
        if (plan.EndsInSoftmax)
        {
            code.Lines("""

                    /// <summary>The outputs of one sample.</summary>
                    internal readonly float[] Probabilities = new float[OutputLength];
                """);
        }

        code.Lines(Invariant($$"""

                /// <summary>Predicts a batch, chunk by chunk.</summary>
                internal void Run({{SourceFile.Self(plan.Model)}} network, int samples, ReadOnlySpan<float> input, Span<float> output, int threads)
                {
                    int workers = Math.Min(WorkerPool.ThreadCount(threads), samples);
                    int share = (samples + workers - 1) / workers;
                    _chunk = Math.Min(share <= 8 ? share : (share + 7) & ~7, InferenceMemory.Chunk);
                    int chunks = (samples + _chunk - 1) / _chunk;
                    workers = Math.Min(workers, chunks);
                    if (_memory.Length < workers)
                        Grow(workers);

                    _network = network;{{(shares ? "\n        _threads = samples == 1 ? WorkerPool.ThreadCount(threads) : 1;" : "")}}
                    try
                    {
                        WorkerPool.Run(this, {{(shares ? "ChunkStage" : "0")}}, chunks, workers, input, output);
                    }
                    finally
                    {
                        _network = null;
                    }
                }

                void IParallelWork.Execute(int stage, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
                {
            """).TrimEnd());
        using (code.Indent())
        using (code.Indent())
        {
            foreach (Stage shared in SharedLayers(plan))
            {
                using (code.Open($"if (stage == {shared.Name}Stage)"))
                {
                    bool readsInput = shared == plan.Inference.Stages[0] && (shared is DenseStage || plan.Inference.ReadsInput);
                    code.Line($"_network!.{shared.Name}Part(_memory[0], index{(readsInput ? ", input" : "")});");
                    code.Line("return;");
                }

                code.Line();
            }
        }

        code.Lines(Invariant($$"""
                    int first = index * _chunk;
                    int samples = Math.Min(_chunk, (output.Length / OutputLength) - first);
                    _network!.PredictChunk(
                        _memory[worker],
                        samples,
                        input.Slice(first * InputLength, samples * InputLength),
                        output.Slice(first * OutputLength, samples * OutputLength){{(shares ? ",\n            this,\n            _threads" : "")}});
                }

                private void Grow(int workers)
                {
                    int present = _memory.Length;
                    Array.Resize(ref _memory, workers);
                    for (int i = present; i < workers; i++)
                        _memory[i] = new AlignedBuffer((InferenceMemory.Chunk * (long)InferenceMemory.RowLength) + InferenceMemory.SampleLength);
                }
            }
            """));
    }

    private static IEnumerable<Stage> SharedLayers(NetworkPlan plan) => plan.Inference.Stages.Items.Where(InferencePlan.IsShared);
}
