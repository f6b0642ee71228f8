using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>Emits the members of the network's class that predict. They call the code in the network's own namespace.</summary>
internal static class PredictionSurface
{
    public static void Write(CodeWriter code, NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        string own = OwnNamespace.Full(model);
        long parallel = Sharing.LeastParallel(plan);
        string threads = parallel == 1 ? "0"
            : Sizes.Product(parallel, model.Input.Length) > int.MaxValue ? "1"
            : Invariant($"input.Length < {parallel} * InputLength ? 1 : 0");
        string sharing = parallel == 1
            ? "Batches, and the large layers of one sample, are"
            : Invariant($"Batches of {parallel} samples or more are");
        code.Gap();
        Predict(
            code,
            plan,
            "float",
            threads,
            $$"""
            /// <summary>Computes {{plan.Head.Outputs}} for one sample or a batch{{(plan.HasDropout ? "; there is no dropout in this code" : "")}}.</summary>
            /// <inheritdoc/>
            /// <remarks>
            /// Threads may call this at the same time. A call allocates memory if it is the first of its thread, or asks for more threads than
            /// earlier calls; other calls allocate nothing. {{sharing}} shared among the processors.
            /// </remarks>
            """,
            "/// <inheritdoc/>");
        code.Lines($$"""
            /// <inheritdoc/>
            public global::NetGen.Predictor CreatePredictor(int maxBatch, int threads = 0) =>
                {{own}}.Inference.Create().CreatePredictor(this, _parameters, maxBatch, threads);

            """);
        Classify(code, plan, "float", """
            /// <summary>The most probable class of one sample.</summary>
            /// <param name="input">One sample.</param>
            /// <exception cref="global::System.ArgumentException">The input is not one sample.</exception>
            /// <exception cref="global::System.InvalidOperationException">The outputs are not numbers: the network has diverged, or the input holds a NaN.</exception>
            """);
        if (plan.Head.HasLogits)
        {
            code.Lines($$"""
                void global::NetGen.CompilerServices.ILogits.PredictLogits(
                    global::System.ReadOnlySpan<float> input, global::System.Span<float> output, int threads)
                {
                    int samples = global::NetGen.CompilerServices.BatchChecks.Samples("{{model.Name}}", input, InputLength, output, OutputLength);
                    {{own}}.Inference.OfThread.Run(_parameters, samples, input, output, threads, givesLogits: true);
                }

                """);
        }

        PredictMonteCarlo(code, plan, "float", """
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
            """);
        if (model.InputType == InputKind.UInt8)
            ByteSurface.Write(code, plan, threads);
    }

    /// <summary>Writes both forms of <c>Predict</c>.</summary>
    /// <param name="code">Where they go.</param>
    /// <param name="plan">The network.</param>
    /// <param name="element">The type of the inputs: <c>float</c> or <c>byte</c>.</param>
    /// <param name="threads">How many threads share a batch when the caller does not say: an expression of <c>input</c>.</param>
    /// <param name="documentation">That of the form without threads.</param>
    /// <param name="ofThreads">That of the form with threads.</param>
    public static void Predict(CodeWriter code, NetworkPlan plan, string element, string threads, string documentation, string ofThreads)
    {
        code.Lines(documentation);
        code.Lines($$"""
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Predict)]
            public void Predict(global::System.ReadOnlySpan<{{element}}> input, global::System.Span<float> output) =>
                Predict(input, output, {{threads}});

            """);
        code.Lines(ofThreads);
        code.Lines($$"""
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Predict)]
            public void Predict(global::System.ReadOnlySpan<{{element}}> input, global::System.Span<float> output, int threads)
            {
            """);
        using (code.Indent())
        {
            if (element == "float" && UnrolledKernel.IsSelfContained(plan))
            {
                code.Lines($$"""
                    if (threads >= 0 && global::NetGen.CompilerServices.BatchChecks.AreOfOneSample(input, InputLength, output, OutputLength))
                    {
                        {{OwnNamespace.Full(plan.Model)}}.Inference.PredictOne(_parameters, input, output);
                        return;
                    }

                    """);
            }

            code.Lines($$"""
                int samples = global::NetGen.CompilerServices.BatchChecks.Samples("{{plan.Model.Name}}", input, InputLength, output, OutputLength);
                {{OwnNamespace.Full(plan.Model)}}.Inference.OfThread.Run(_parameters, samples, input, output, threads);
                """);
        }

        code.Lines("""
            }

            """);
    }

    /// <summary>Writes <c>Classify</c>, if the network classifies.</summary>
    /// <inheritdoc cref="Predict"/>
    public static void Classify(CodeWriter code, NetworkPlan plan, string element, string documentation)
    {
        if (!plan.Head.Classifies)
            return;
        code.Lines(documentation);
        code.Lines($$"""
            public int Classify(global::System.ReadOnlySpan<{{element}}> input)
            {
                global::NetGen.CompilerServices.BatchChecks.OneSample("{{plan.Model.Name}}", input, InputLength);
                global::System.Span<float> probabilities = {{OwnNamespace.Full(plan.Model)}}.Inference.OfThread.SampleOutputs;
                Predict(input, probabilities);
                return global::NetGen.CompilerServices.Heads.ArgMax(probabilities);
            }

            """);
    }

    /// <summary>Writes <c>PredictMonteCarlo</c>.</summary>
    /// <inheritdoc cref="Predict"/>
    public static void PredictMonteCarlo(CodeWriter code, NetworkPlan plan, string element, string documentation)
    {
        code.Lines(documentation);
        code.Lines($$"""
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.PredictMonteCarlo)]
            public void PredictMonteCarlo(
                global::System.ReadOnlySpan<{{element}}> input, int passes, ulong seed, global::System.Span<float> mean, global::System.Span<float> variance)
            {
                global::NetGen.CompilerServices.MonteCarlo.Check("{{plan.Model.Name}}", input, InputLength, passes, mean, variance, OutputLength);
                global::NetGen.CompilerServices.TrainingRunner runner = _parameters.TakeMonteCarlo(passes)
                    ?? {{OwnNamespace.Full(plan.Model)}}.Training.Create(_parameters, global::NetGen.CompilerServices.PassChecks.MonteCarlo(passes, seed), "passes");
                runner.PredictMonteCarlo(input, passes, seed, mean, variance);
            }
            """);
    }
}
