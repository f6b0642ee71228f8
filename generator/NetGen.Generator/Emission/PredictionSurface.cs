using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>Emits the members of the network's class that predict. They call the code in the network's own namespace.</summary>
internal static class PredictionSurface
{
    public static void Write(CodeWriter code, NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        string name = model.Name;
        string own = OwnNamespace.Full(model);
        string what = plan.Head.Outputs;
        long parallel = Sharing.LeastParallel(plan);
        string threads = parallel == 1 ? "0"
            : Sizes.Product(parallel, model.Input.Length) > int.MaxValue ? "1"
            : Invariant($"input.Length < {parallel} * InputLength ? 1 : 0");
        string sharing = parallel == 1
            ? "Batches, and the large layers of one sample, are"
            : Invariant($"Batches of {parallel} samples or more are");
        code.Gap();
        code.Lines(Invariant($$"""
            /// <summary>Computes {{what}} for one sample or a batch{{(plan.HasDropout ? "; there is no dropout in this code" : "")}}.</summary>
            /// <inheritdoc/>
            /// <remarks>
            /// Threads may call this at the same time. A call allocates memory if it is the first of its thread, or asks for more threads than
            /// earlier calls; other calls allocate nothing. {{sharing}} shared among the processors.
            /// </remarks>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Predict)]
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) =>
                Predict(input, output, {{threads}});

            /// <inheritdoc/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Predict)]
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, int threads)
            {
                int samples = global::NetGen.CompilerServices.BatchChecks.Samples("{{name}}", input, InputLength, output, OutputLength);
                {{own}}.Inference.OfThread.Run(_parameters, samples, input, output, threads);
            }

            /// <inheritdoc/>
            public global::NetGen.Predictor CreatePredictor(int maxBatch, int threads = 0) =>
                {{own}}.Inference.Create().CreatePredictor(this, _parameters, maxBatch, threads);

            """));
        if (plan.Head.Classifies)
        {
            code.Lines($$"""
                /// <summary>The most probable class of one sample.</summary>
                /// <param name="input">One sample.</param>
                /// <exception cref="global::System.ArgumentException">The input is not one sample.</exception>
                /// <exception cref="global::System.InvalidOperationException">The outputs are not numbers: the network has diverged, or the input holds a NaN.</exception>
                public int Classify(global::System.ReadOnlySpan<float> input)
                {
                    global::NetGen.CompilerServices.BatchChecks.OneSample("{{name}}", input, InputLength);
                    global::System.Span<float> probabilities = {{own}}.Inference.OfThread.SampleOutputs;
                    Predict(input, probabilities);
                    return global::NetGen.CompilerServices.Heads.ArgMax(probabilities);
                }

                """);
        }

        if (plan.Head.HasLogits)
        {
            code.Lines($$"""
                void global::NetGen.CompilerServices.ILogits.PredictLogits(
                    global::System.ReadOnlySpan<float> input, global::System.Span<float> output, int threads)
                {
                    int samples = global::NetGen.CompilerServices.BatchChecks.Samples("{{name}}", input, InputLength, output, OutputLength);
                    {{own}}.Inference.OfThread.Run(_parameters, samples, input, output, threads, givesLogits: true);
                }

                """);
        }

        code.Lines($$"""
            /// <summary>
            /// Predicts several times with dropout on: the variance of the outputs estimates the network's uncertainty (Gal and Ghahramani 2016).
            /// </summary>
            /// <param name="input">One sample of <see cref="InputLength"/> values.</param>
            /// <param name="passes">How many predictions; 2 or more.</param>
            /// <param name="seed">The seed of the dropout masks.</param>
            /// <param name="mean">Receives the mean of each output.</param>
            /// <param name="variance">Receives the sample variance of each output.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong.</exception>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="passes"/> is less than 2.</exception>
            /// <remarks>
            /// Threads may call this at the same time. The first call allocates memory for up to 64 passes at a time, which the network keeps; later calls
            /// allocate only for more passes than before, or while another thread predicts in this way.
            /// </remarks>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.PredictMonteCarlo)]
            public void PredictMonteCarlo(
                global::System.ReadOnlySpan<float> input, int passes, ulong seed, global::System.Span<float> mean, global::System.Span<float> variance)
            {
                global::NetGen.CompilerServices.MonteCarlo.Check("{{name}}", input, InputLength, passes, mean, variance, OutputLength);
                global::NetGen.CompilerServices.TrainingRunner runner = _parameters.TakeMonteCarlo(passes)
                    ?? {{own}}.Training.Create(_parameters, global::NetGen.CompilerServices.PassChecks.MonteCarlo(passes, seed), "passes");
                runner.PredictMonteCarlo(input, passes, seed, mean, variance);
            }
            """);
        if (model.InputType == InputKind.UInt8)
            ByteSurface.Write(code, plan, threads);
    }
}
