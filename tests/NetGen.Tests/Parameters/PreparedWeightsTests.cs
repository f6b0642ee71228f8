using NetGen.Tests.Kernels;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>
/// What predictions prepare from parameters follows every write, whichever way it came: threads that predict after it see the new network whole.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class PreparedWeightsTests
{
    private const int Threads = 4;
    private const int Rounds = 25;
    private const int Samples = 5;

    /// <summary>The ways to write parameters.</summary>
    public static TheoryData<string> Doors => ["edit", "view by index", "view by copy", "Sgd", "Adam", "statistics of a forward pass"];

    [Theory]
    [MemberData(nameof(Doors))]
    public void EveryWriteIsSeenWholeByAllThreads(string door)
    {
        var network = new NormsOfImages(3);
        Action write = Writer(network, door);
        int inputLength = NormsOfImages.InputLength;
        float[] inputs = Draw.Normal(Samples * inputLength, 1);
        float[] expected = new float[Samples * NormsOfImages.OutputLength];
        int wrong = 0;
        using var barrier = new Barrier(Threads + 1);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            float[] outputs = new float[expected.Length];
            Predictor predictor = network.CreatePredictor(Samples, threads: 1);
            for (int round = 0; round < Rounds; round++)
            {
                barrier.SignalAndWait();
                for (int call = 0; call < 3; call++)
                {
                    Array.Clear(outputs);
                    if (number % 2 == 0)
                        network.Predict(inputs, outputs, threads: 1);
                    else
                        predictor.Predict(inputs, outputs);
                    if (!outputs.AsSpan().SequenceEqual(expected))
                        Interlocked.Increment(ref wrong);
                }

                barrier.SignalAndWait();
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        float[] before = [];
        for (int round = 0; round < Rounds; round++)
        {
            write();
            Copy(network).Predict(inputs, expected);
            Assert.NotEqual(before, expected);
            before = [.. expected];
            barrier.SignalAndWait();
            barrier.SignalAndWait();
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void StatisticsOfAnotherPassDoNotStopBackward()
    {
        var network = new NormsOfImages(3);
        float[] inputs = Draw.Normal(4 * NormsOfImages.InputLength, 1);
        float[] targets = Draw.Normal(4 * NormsOfImages.OutputLength, 2);
        ITrainingPass first = network.BeginTraining(4);
        ITrainingPass second = network.BeginTraining(4);
        first.Forward(inputs, targets);
        long version = network.ParameterVersion;
        second.Forward(inputs, targets);
        Assert.NotEqual(version, network.ParameterVersion);
        first.Backward();
        second.Backward();
        Assert.Equal(first.Gradients.ToArray(), second.Gradients.ToArray());
    }

    // Its prepared values are its own: none that the first network keeps.
    private static NormsOfImages Copy(NormsOfImages network)
    {
        var copy = new NormsOfImages(99);
        using ParameterEdit edit = copy.EditParameters();
        network.Parameters.CopyTo(edit.Values);
        return copy;
    }

    private static Action Writer(NormsOfImages network, string door)
    {
        float[] inputs = Draw.Normal(4 * NormsOfImages.InputLength, 5);
        float[] targets = Draw.Normal(4 * NormsOfImages.OutputLength, 6);
        ITrainingPass pass = network.BeginTraining(4);
        int round = 0;
        return door switch
        {
            "edit" => () =>
            {
                using ParameterEdit edit = network.EditParameters();
                foreach (ref float value in edit.Values)
                    value *= 1.01f;
            },
            "view by index" => () =>
            {
                ParameterView weight = network.Batchnorm1Weight;
                weight[0] += 0.125f;
            },
            "view by copy" => () => network.Batchnorm1RunningVar.CopyFrom([.. Draw.Normal(network.Batchnorm1RunningVar.Length, ++round).Select(value => 0.5f + Math.Abs(value))]),
            "Sgd" => Steps(new Sgd(0.05f)),
            "Adam" => Steps(new Adam(0.05f)),
            "statistics of a forward pass" => () => pass.Forward(Draw.Normal(4 * NormsOfImages.InputLength, ++round + 100), targets),
            _ => throw new ArgumentException($"There is no door '{door}'.", nameof(door)),
        };

        Action Steps(Optimizer optimizer) => () =>
        {
            pass.Forward(inputs, targets);
            pass.Backward();
            optimizer.Step(pass);
        };
    }
}
