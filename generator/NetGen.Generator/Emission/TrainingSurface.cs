using NetGen.Generator.Graph;
using NetGen.Generator.Text;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The members of the network's class that train: the training pass. The work is done in the network's own namespace.</summary>
internal static class TrainingSurface
{
    private const string SampleWeights = """
                /// <param name="sampleWeights">How much each sample counts; empty: all the same. The mean divides by the sum of the weights.</param>
        """;

    public static void Write(CodeWriter code, NetworkPlan network)
    {
        NetworkModel model = network.Model;
        string self = SourceFile.FullName(model);
        string own = OwnNamespace.Full(model);
        code.Gap();
        code.Lines(Invariant($$"""
            /// <summary>Begins training: takes the memory that batches of up to <paramref name="batchSize"/> samples need.</summary>
            /// <param name="batchSize">The most samples in a batch.</param>
            /// <param name="seed">Decides what dropout drops.</param>
            /// <param name="threads">
            /// How many threads at most share a batch, but never more than there are processors; 0 for one on each. The results do not depend on it.
            /// </param>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1 or too large, or <paramref name="threads"/> negative.</exception>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.BeginTraining)]
            public TrainingPass BeginTraining(int batchSize, ulong seed = 0, int threads = 0) =>
                new(this, global::NetGen.CompilerServices.PassChecks.Options(batchSize, seed, threads), "batchSize");

            /// <summary>Begins training: takes the memory that batches of up to the options' size need.</summary>
            /// <param name="options">Batch size, seed, threads, and the step to begin at.</param>
            /// <exception cref="global::System.ArgumentNullException"><paramref name="options"/> is null.</exception>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The batch size is too large.</exception>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.BeginTraining)]
            public TrainingPass BeginTraining(global::NetGen.TrainingOptions options)
            {
                global::System.ArgumentNullException.ThrowIfNull(options);
                return new(this, options, "options");
            }

            global::NetGen.ITrainingPass global::NetGen.INetwork.BeginTraining(int batchSize, ulong seed, int threads) => BeginTraining(batchSize, seed, threads);

            global::NetGen.ITrainingPass global::NetGen.INetwork.BeginTraining(global::NetGen.TrainingOptions options) => BeginTraining(options);

            /// <summary>
            /// Forward with dropout, and backward, for training only: to predict, call
            /// <see cref="{{self}}.Predict(global::System.ReadOnlySpan{float}, global::System.Span{float})"/>.
            /// </summary>
            /// <remarks>One thread at a time may use a pass. Nothing is allocated after it has begun.</remarks>
            [global::NetGen.CompilerServices.TrainingPass(HasDropout = {{(network.HasDropout ? "true" : "false")}})]
            """));
        using (code.Open("public sealed class TrainingPass : global::NetGen.ITrainingPass"))
        {
            Properties(code, self, own);
            if (network.Head.Classifies)
                ForwardLabels(code, network);
            ForwardTargets(code, network);
            Backward(code);
        }
    }

    private static void Properties(CodeWriter code, string self, string own) => code.Lines($$"""
        private readonly {{own}}.TrainingWork _work;

        internal TrainingPass({{self}} network, global::NetGen.TrainingOptions options, string argument)
        {
            Network = network;
            _work = new(network._parameters, options, argument);
        }

        /// <summary>The network that is trained.</summary>
        public {{self}} Network { get; }

        global::NetGen.INetwork global::NetGen.ITrainingPass.Network => Network;

        /// <summary>The most samples in a batch.</summary>
        [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.BatchSize)]
        public int BatchSize => _work.BatchSize;

        /// <summary>How many threads at most share a batch.</summary>
        public int Threads => _work.Threads;

        /// <summary>How many steps were done: the number that the pass began with, and one more for every <see cref="O:Forward"/>.</summary>
        public long Step => _work.Step;

        /// <summary>The outputs of the last <see cref="O:Forward"/>, dropout included: no predictions.</summary>
        [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Outputs)]
        public global::System.ReadOnlySpan<float> Outputs => _work.Outputs;

        /// <summary>The gradients of the mean loss, in the order of <see cref="Parameters"/>; those of the last <see cref="Backward"/>.</summary>
        public global::System.Span<float> Gradients => _work.Gradients;

        """);

    private static void ForwardLabels(CodeWriter code, NetworkPlan network) => code.Lines(Invariant($$"""
        /// <summary>Computes outputs and loss of a batch, with dropout.</summary>
        /// <param name="inputs">Samples of <see cref="InputLength"/> values, one after the other.</param>
        /// <param name="labels">The class of each sample, 0 to {{network.Model.Output.Length - 1}}.</param>
        {{SampleWeights.Trim()}}
        /// <returns>{{network.Head.MeanLoss}}</returns>
        /// <exception cref="global::System.ArgumentException">A length is wrong, a label or a weight is out of range; the pass is as it was.</exception>
        [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Forward)]
        public float Forward(
            global::System.ReadOnlySpan<float> inputs,
            global::System.ReadOnlySpan<int> labels,
            global::System.ReadOnlySpan<float> sampleWeights = default) => _work.Forward(inputs, labels, sampleWeights);

        """));

    private static void ForwardTargets(CodeWriter code, NetworkPlan network)
    {
        code.Lines($$"""
            /// <summary>Computes outputs and loss of a batch, with dropout.</summary>
            /// <param name="inputs">Samples of <see cref="InputLength"/> values, one after the other.</param>
            /// <param name="targets">The wanted {{network.Head.Targets}}, <see cref="OutputLength"/> values a sample.</param>
            {{SampleWeights.Trim()}}
            /// <returns>{{network.Head.MeanLoss}}</returns>
            /// <exception cref="global::System.ArgumentException">A length is wrong, {{network.Head.TargetFault}}or a weight is out of range; the pass is as it was.</exception>
            [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Forward)]
            public float Forward(
                global::System.ReadOnlySpan<float> inputs,
                global::System.ReadOnlySpan<float> targets,
                global::System.ReadOnlySpan<float> sampleWeights = default) => _work.Forward(inputs, targets, sampleWeights);

            """);
        if (!network.Head.Classifies)
        {
            code.Lines($$"""
                float global::NetGen.ITrainingPass.Forward(
                    global::System.ReadOnlySpan<float> inputs,
                    global::System.ReadOnlySpan<int> labels,
                    global::System.ReadOnlySpan<float> sampleWeights) =>
                    throw new global::System.InvalidOperationException("{{network.Model.Name}} ends in no Softmax, so it is trained on float targets, not on class labels.");

                """);
        }
    }

    private static void Backward(CodeWriter code) => code.Lines("""
        /// <summary>
        /// Computes <see cref="Gradients"/>, those of the mean loss of the last <see cref="O:Forward"/>, and overwrites earlier ones: once
        /// for each <see cref="O:Forward"/>.
        /// </summary>
        /// <exception cref="global::System.InvalidOperationException">There was no forward pass since the last call, or the parameters were written since.</exception>
        [global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.Backward)]
        public void Backward() => _work.Backward();

        /// <summary>Computes the gradient of the mean loss of the last <see cref="O:Forward"/> with respect to its inputs.</summary>
        /// <param name="destination">Where it goes; as long as the inputs were.</param>
        /// <exception cref="global::System.ArgumentException"><paramref name="destination"/> has another length.</exception>
        /// <exception cref="global::System.InvalidOperationException">There was no forward pass yet, or the parameters were written since.</exception>
        public void InputGradients(global::System.Span<float> destination) => _work.InputGradients(destination);
        """);
}
