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
        code.Gap();
        PredictionSurface.Predict(
            code,
            plan,
            "byte",
            threads,
            $$"""
            /// <summary>Computes {{plan.Head.Outputs}} for one sample or a batch of bytes, each sample of <see cref="InputLength"/> bytes{{(plan.HasDropout ? "; there is no dropout in this code" : "")}}.</summary>
            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float}, global::System.Span{float})"/>
            """,
            $$"""
            /// <summary>Computes {{plan.Head.Outputs}} for one sample or a batch of bytes with a given number of threads.</summary>
            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float}, global::System.Span{float}, int)"/>
            """);
        PredictionSurface.Classify(code, plan, "byte", """
            /// <summary>The most probable class of one sample of bytes.</summary>
            /// <inheritdoc cref="Classify(global::System.ReadOnlySpan{float})"/>
            """);
        PredictionSurface.PredictMonteCarlo(code, plan, "byte", """
            /// <summary>
            /// Predicts a sample of bytes several times with dropout on: the variance of the outputs estimates the network's uncertainty (Gal and Ghahramani 2016).
            /// </summary>
            /// <inheritdoc cref="PredictMonteCarlo(global::System.ReadOnlySpan{float}, int, ulong, global::System.Span{float}, global::System.Span{float})"/>
            """);
    }
}
