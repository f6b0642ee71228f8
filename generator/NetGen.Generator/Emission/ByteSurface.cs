using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Emission;

/// <summary>Emits the members that predict from bytes, of a network whose input has the type <c>UInt8</c>.</summary>
internal static class ByteSurface
{
    /// <summary>Writes the members of the class.</summary>
    /// <param name="code">Where they go.</param>
    /// <param name="plan">The network.</param>
    /// <param name="threads">How many threads share a batch when the caller does not say: an expression of <c>input</c>.</param>
    public static void Write(CodeWriter code, NetworkPlan plan, string threads)
    {
        string name = plan.Model.Name;
        string own = OwnNamespace.Full(plan.Model);
        code.Gap();
        code.Lines($$"""
            /// <summary>Computes {{plan.Head.Outputs}} for one sample or a batch of bytes, each sample of <see cref="InputLength"/> bytes{{(plan.HasDropout ? "; there is no dropout in this code" : "")}}.</summary>
            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float}, global::System.Span{float})"/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Predict)]
            public void Predict(global::System.ReadOnlySpan<byte> input, global::System.Span<float> output) =>
                Predict(input, output, {{threads}});

            /// <summary>Computes {{plan.Head.Outputs}} for one sample or a batch of bytes with a given number of threads.</summary>
            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float}, global::System.Span{float}, int)"/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Predict)]
            public void Predict(global::System.ReadOnlySpan<byte> input, global::System.Span<float> output, int threads)
            {
                int samples = global::NetGen.CompilerServices.BatchChecks.Samples("{{name}}", input, InputLength, output, OutputLength);
                {{own}}.Inference.OfThread.Run(_parameters, samples, input, output, threads);
            }

            """);
        if (plan.Head.Classifies)
        {
            code.Lines($$"""
                /// <summary>The most probable class of one sample of bytes.</summary>
                /// <inheritdoc cref="Classify(global::System.ReadOnlySpan{float})"/>
                public int Classify(global::System.ReadOnlySpan<byte> input)
                {
                    global::NetGen.CompilerServices.BatchChecks.OneSample("{{name}}", input, InputLength);
                    global::System.Span<float> probabilities = {{own}}.Inference.OfThread.SampleOutputs;
                    Predict(input, probabilities);
                    return global::NetGen.CompilerServices.Heads.ArgMax(probabilities);
                }

                """);
        }

        code.Lines($$"""
            /// <summary>
            /// Predicts a sample of bytes several times with dropout on: the variance of the outputs estimates the network's uncertainty (Gal and Ghahramani 2016).
            /// </summary>
            /// <inheritdoc cref="PredictMonteCarlo(global::System.ReadOnlySpan{float}, int, ulong, global::System.Span{float}, global::System.Span{float})"/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.PredictMonteCarlo)]
            public void PredictMonteCarlo(
                global::System.ReadOnlySpan<byte> input, int passes, ulong seed, global::System.Span<float> mean, global::System.Span<float> variance)
            {
                global::NetGen.CompilerServices.MonteCarlo.Check("{{name}}", input, InputLength, passes, mean, variance, OutputLength);
                global::NetGen.CompilerServices.TrainingRunner runner = _parameters.TakeMonteCarlo(passes)
                    ?? {{own}}.Training.Create(_parameters, global::NetGen.CompilerServices.PassChecks.MonteCarlo(passes, seed), "passes");
                runner.PredictMonteCarlo(input, passes, seed, mean, variance);
            }
            """);
    }
}
