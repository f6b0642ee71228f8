using NetGen.Generator.Graph;
using NetGen.Generator.Text;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emission;

/// <summary>Emits the members of the network's class that train. They call the code in the network's own namespace, and the library.</summary>
internal static class TrainingSurface
{
    public static void Write(CodeWriter code, NetworkPlan plan)
    {
        NetworkModel model = plan.Model;
        string self = SourceFile.FullName(model);
        string pass = plan.Head.TakesLabels ? "ClassifierTrainingPass" : "TrainingPass";
        code.Gap();
        code.Lines($$"""
            /// <inheritdoc cref="global::NetGen.INetwork.BeginTraining(int, ulong, int)"/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.BeginTraining)]
            public TrainingPass BeginTraining(int batchSize, ulong seed = 0, int threads = 0) =>
                new(this, global::NetGen.CompilerServices.PassChecks.Options(batchSize, seed, threads), "batchSize");

            /// <inheritdoc cref="global::NetGen.INetwork.BeginTraining(global::NetGen.TrainingOptions)"/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.BeginTraining)]
            public TrainingPass BeginTraining(global::NetGen.TrainingOptions options)
            {
                global::System.ArgumentNullException.ThrowIfNull(options);
                return new(this, options, "options");
            }

            global::NetGen.ITrainingPass global::NetGen.INetwork.BeginTraining(int batchSize, ulong seed, int threads) =>
                BeginTraining(batchSize, seed, threads);

            global::NetGen.ITrainingPass global::NetGen.INetwork.BeginTraining(global::NetGen.TrainingOptions options) => BeginTraining(options);

            /// <summary>
            /// Forward with dropout, and backward, for training only: to predict, call
            /// <see cref="{{self}}.Predict(global::System.ReadOnlySpan{float}, global::System.Span{float})"/>.
            /// </summary>
            /// <remarks>One thread at a time may use a pass. It allocates all its memory when it is made.</remarks>
            [global::NetGen.CompilerServices.TrainingPass(HasDropout = {{(plan.HasDropout ? "true" : "false")}})]
            public sealed class TrainingPass : global::NetGen.{{pass}}<{{self}}>
            {
                internal TrainingPass({{self}} network, global::NetGen.TrainingOptions options, string argument)
                    : base(network, {{OwnNamespace.Full(model)}}.Training.Create(network._parameters, options, argument))
                {
                }
            """);
        if (model.InputType == InputKind.UInt8)
        {
            code.Line();
            using (code.Indent())
                Forward(code, plan);
        }

        code.Line("}");
    }

    /// <summary>Forward of batches of bytes. The base class has forward of floats.</summary>
    private static void Forward(CodeWriter code, NetworkPlan plan)
    {
        if (plan.Head.TakesLabels)
        {
            code.Gap();
            code.Lines(Method("labels", "int"));
        }

        code.Gap();
        code.Lines(Method("targets", "float"));

        static string Method(string answers, string type) => $$"""
            /// <inheritdoc cref="global::NetGen.ITrainingPass.Forward(global::System.ReadOnlySpan{float}, global::System.ReadOnlySpan{{{type}}}, global::System.ReadOnlySpan{float})"/>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Forward)]
            public float Forward(
                global::System.ReadOnlySpan<byte> inputs, global::System.ReadOnlySpan<{{type}}> {{answers}}, global::System.ReadOnlySpan<float> sampleWeights = default) =>
                ForwardBytes(inputs, {{answers}}, sampleWeights);
            """;
    }
}
