using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The memory of a thread that predicts, which hands out chunks of a batch and parts of layers to other threads.</summary>
internal static class InferenceWorkspaceEmitter
{
    public static void Write(CodeWriter code, NetworkPlan plan, Action work)
    {
        bool shares = SharedOperations(plan).Any();
        code.Line("/// <summary>");
        code.Line("/// The memory that one thread predicts in. It also hands out work to other threads: chunks of a batch, each with memory of its own,");
        code.Line("/// or parts of one sample's layers.");
        code.Line("/// </summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal sealed class InferenceWorkspace : IParallelWork, IPredictionWorkspace"))
        {
            Fields(code, plan, shares);
            code.Line();
            Run(code, plan, shares);
            code.Line();
            Execute(code, plan);
            work();
        }
    }

    private static void Fields(CodeWriter code, NetworkPlan plan, bool shares)
    {
        if (shares)
        {
            code.Line("private const int ChunkStage = 0;");
            int stage = 1;
            foreach (Operation shared in SharedOperations(plan))
                code.Line(Invariant($"private const int {shared.Name}Stage = {stage++};"));
            code.Line();
        }

        code.Lines(Invariant($$"""
            private const int InputLength = {{plan.Model.Input.Length}};
            private const int OutputLength = {{plan.Model.Output.Length}};

            [global::System.ThreadStatic]
            private static InferenceWorkspace? t_workspace;

            private readonly AlignedBuffer? _ownParameters;
            private AlignedBuffer[] _memory = [];
            private AlignedBuffer? _parameters;
            private int _chunk;
            """));
        if (shares)
            code.Line("private int _threads;");
        if (plan.Head.Classifies)
            code.Line("private bool _givesLogits;");
        code.Lines("""

            private InferenceWorkspace(AlignedBuffer? ownParameters) => _ownParameters = ownParameters;

            /// <summary>The workspace of the calling thread, for any network of this class.</summary>
            internal static InferenceWorkspace OfThread => t_workspace ??= new InferenceWorkspace(null);
            """);
        if (plan.Head.Classifies)
        {
            code.Lines("""

                /// <summary>The outputs of one sample.</summary>
                internal float[] Probabilities { get; } = new float[OutputLength];
                """);
        }

        code.Lines("""

            /// <summary>A predictor with a workspace of its own, whose memory is allocated now.</summary>
            internal static Predictor CreatePredictor(INetwork network, AlignedBuffer parameters, int maxBatch, int threads)
            {
                InferenceWorkspace workspace = new(parameters);
                workspace.Grow(PassChecks.PredictorWorkers(maxBatch, threads));
                return PassChecks.CreatePredictor(network, workspace, maxBatch, threads);
            }
            """);
    }

    private static void Run(CodeWriter code, NetworkPlan plan, bool shares)
    {
        bool softmax = plan.Head.Classifies;
        long parallel = Sharing.LeastParallel(plan);
        string worth = parallel == 1 ? "threads" : Invariant($"threads == 0 && samples < {parallel} ? 1 : threads");
        code.Lines(Invariant($$"""
            void IPredictionWorkspace.Run(int samples, ReadOnlySpan<float> input, Span<float> output, int threads) =>
                Run(_ownParameters!, samples, input, output, {{worth}});

            /// <summary>Predicts a batch, chunk by chunk.</summary>
            internal void Run(AlignedBuffer parameters, int samples, ReadOnlySpan<float> input, Span<float> output, int threads{{(softmax ? ", bool givesLogits = false" : "")}})
            {
                int workers = Math.Min(WorkerPool.ThreadCount(threads), samples);
                int share = (samples + workers - 1) / workers;
                _chunk = Math.Min(share <= {{Sharing.ChunkStep}} ? share : (share + {{Sharing.ChunkStep - 1}}) & ~{{Sharing.ChunkStep - 1}}, InferenceMemory.Chunk);
                int chunks = (samples + _chunk - 1) / _chunk;
                workers = Math.Min(workers, chunks);
                if (_memory.Length < workers)
                    Grow(workers);

                _parameters = parameters;{{(softmax ? "\n    _givesLogits = givesLogits;" : "")}}{{(shares ? "\n    _threads = samples == 1 ? WorkerPool.ThreadCount(threads) : 1;" : "")}}
                try
                {
                    WorkerPool.Run(this, {{(shares ? "ChunkStage" : "0")}}, chunks, workers, input, output);
                }
                finally
                {
                    _parameters = null;
                }
            }

            private void Grow(int workers)
            {
                AlignedBuffer[] memory = new AlignedBuffer[workers];
                _memory.CopyTo(memory, 0);
                for (int i = _memory.Length; i < workers; i++)
                    memory[i] = new AlignedBuffer((InferenceMemory.Chunk * (long)InferenceMemory.RowLength) + InferenceMemory.SampleLength);
                _memory = memory;
            }
            """));
    }

    private static void Execute(CodeWriter code, NetworkPlan plan)
    {
        using (code.Open("void IParallelWork.Execute(int stage, int index, int worker, ReadOnlySpan<float> input, Span<float> output)"))
        {
            foreach (Operation shared in SharedOperations(plan))
            {
                using (code.Open($"if (stage == {shared.Name}Stage)"))
                {
                    bool readsInput = InferenceEmitter.PartReadsCaller(plan, shared);
                    code.Line($"{shared.Name}Part(_memory[0], index{(readsInput ? ", input" : "")});");
                    code.Line("return;");
                }

                code.Line();
            }

            code.Lines("""
                int first = index * _chunk;
                int samples = Math.Min(_chunk, (output.Length / OutputLength) - first);
                PredictChunk(
                    _memory[worker],
                    samples,
                    input.Slice(first * InputLength, samples * InputLength),
                    output.Slice(first * OutputLength, samples * OutputLength));
                """);
        }
    }

    private static IEnumerable<Operation> SharedOperations(NetworkPlan plan) => plan.Inference.Operations.Where(operation => operation.Sharing is not null);
}
