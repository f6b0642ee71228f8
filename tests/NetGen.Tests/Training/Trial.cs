using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>A network in training, with the same samples in each trial.</summary>
internal sealed class Trial(AnyNetwork network, int batch, int threads = 1, int capacity = 0)
{
    /// <summary>The seed of the initial weights and of dropout.</summary>
    public const ulong InitialSeed = 31;

    public AnyNetwork Network { get; } = network;

    public ITrainingPass Pass { get; } = network.BeginTraining(Math.Max(batch, capacity), InitialSeed, threads);

    public Optimizer Optimizer { get; private init; } = new Sgd(0.05f) { Momentum = 0.9f };

    public static Trial Of<TNetwork>(int batch, int threads = 1, bool stores = false, Optimizer? optimizer = null, int capacity = 0)
        where TNetwork : class, INetwork<TNetwork>
    {
        var trial = new Trial(AnyNetwork.Of(TNetwork.Create(InitialSeed)), batch, threads, capacity) { Optimizer = optimizer ?? new Sgd(0.05f) { Momentum = 0.9f } };
        if (stores)
            Assert.Equal(trial.Network.Table.TrainedCount, trial.Pass.Gradients.Length);
        return trial;
    }

    public float[] Inputs(int step) => Draw.Normal(batch * Network.InputLength, 100 + step);

    public float[] Targets(int step) => Network.DrawTargets(batch, 200 + step);

    public void Forward(int step) => Pass.Forward(Inputs(step), Targets(step));

    public void Differentiate(int step)
    {
        Forward(step);
        Pass.Backward();
    }
}
