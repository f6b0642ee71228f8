using System.Reflection;

namespace NetGen.Tests.Support;

/// <summary>A generated network without its type, so that one theory runs over many of them.</summary>
internal abstract class AnyNetwork
{
    public abstract INetwork Network { get; }

    public abstract Type Type { get; }

    public abstract int InputLength { get; }

    public abstract int OutputLength { get; }

    public abstract Loss Loss { get; }

    public abstract ParameterTable Table { get; }

    public abstract ReadOnlySpan<float> Parameters { get; }

    /// <summary>The parameters that have gradients.</summary>
    public IEnumerable<ParameterInfo> Trained => Table.Parameters.Where(parameter => parameter.Role == ParameterRole.Trained);

    /// <summary>The fewest samples of a batch: with BatchNorm there must be two values in a channel.</summary>
    public int LeastBatch => Type.GetCustomAttributes<BatchNormAttribute>().Any(norm => norm.Trainable) ? 2 : 1;

    public abstract ParameterEdit Edit();

    /// <summary>Random targets that the loss takes.</summary>
    public float[] DrawTargets(int batch, int seed) => Draw.Targets(Loss, batch, OutputLength, seed);

    public static AnyNetwork Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork> => new Adapter<TNetwork>(network);

    public static AnyNetwork Create(Type type, ulong seed) => (AnyNetwork)typeof(AnyNetwork)
        .GetMethod(nameof(CreateOf), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(type)
        .Invoke(null, [seed])!;

    public abstract void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    public abstract ITrainingPass BeginTraining(int batchSize, ulong seed = 0, int threads = 1);

    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        float[] outputs = new float[inputs.Length / InputLength * OutputLength];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>A parameter in PyTorch's order.</summary>
    public float[] Get(string name) => Get(name, Parameters);

    /// <summary>A parameter's part of the gradients, or of anything laid out like the parameters, in PyTorch's order.</summary>
    public float[] Get(string name, ReadOnlySpan<float> arena)
    {
        ParameterInfo info = Table[name];
        float[] torchOrder = new float[info.Length];
        info.Layout.ToTorch(arena.Slice(info.Offset, info.Length), torchOrder);
        return torchOrder;
    }

    public void Set(string name, ReadOnlySpan<float> torchOrder)
    {
        using ParameterEdit edit = Edit();
        ParameterInfo info = Table[name];
        info.Layout.FromTorch(torchOrder, edit.Values.Slice(info.Offset, info.Length));
    }

    /// <summary>Overwrites a parameter with one value.</summary>
    public void Fill(string name, float value)
    {
        using ParameterEdit edit = Edit();
        edit.Values.Slice(Table[name].Offset, Table[name].Length).Fill(value);
    }

    /// <summary>Overwrites all parameters.</summary>
    public void SetAll(ReadOnlySpan<float> values)
    {
        using ParameterEdit edit = Edit();
        values.CopyTo(edit.Values);
    }

    private static AnyNetwork CreateOf<TNetwork>(ulong seed)
        where TNetwork : class, INetwork<TNetwork> => Of(TNetwork.Create(seed));

    private sealed class Adapter<TNetwork>(TNetwork network) : AnyNetwork
        where TNetwork : class, INetwork<TNetwork>
    {
        public override INetwork Network => network;

        public override Type Type => typeof(TNetwork);

        public override int InputLength => TNetwork.InputLength;

        public override int OutputLength => TNetwork.OutputLength;

        public override Loss Loss => TNetwork.Loss;

        public override ParameterTable Table => network.ParameterTable;

        public override ReadOnlySpan<float> Parameters => network.Parameters;

        public override ParameterEdit Edit() => network.EditParameters();

        public override void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Predict(inputs, outputs);

        public override ITrainingPass BeginTraining(int batchSize, ulong seed, int threads) =>
            network.BeginTraining(batchSize, seed, threads);
    }
}
