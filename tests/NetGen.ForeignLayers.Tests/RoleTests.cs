using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Parameters of a foreign kind that nobody trains: a frozen one and a statistic.</summary>
public sealed class RoleTests
{
    private const string Layers = "Input(6), FixedScale, Dense(5), ReLU, FixedScale, Dense(3)";

    private const int Batch = 9;

    private static readonly string[] Fixed = ["scale1.scale", "scale1.offset", "scale2.scale", "scale2.offset"];

    [Fact]
    public void They_lie_behind_the_trained_ones()
    {
        ParameterTable table = ForeignNetwork.Create(Layers, seed: 1).ParameterTable;
        Assert.Equal((6 * 5) + 5 + (5 * 3) + 3, table.TrainedCount);
        Assert.Equal(table.TrainedCount + (2 * 6) + (2 * 5), table.Count);
        Assert.Equal(
            [("scale1.scale", ParameterRole.Frozen), ("scale1.offset", ParameterRole.Statistic), ("dense1.weight", ParameterRole.Trained), ("dense1.bias", ParameterRole.Trained),
             ("scale2.scale", ParameterRole.Frozen), ("scale2.offset", ParameterRole.Statistic), ("dense2.weight", ParameterRole.Trained), ("dense2.bias", ParameterRole.Trained)],
            table.Parameters.Select(parameter => (parameter.Name, parameter.Role)));
    }

    public static TheoryData<string> Optimizers => ["Sgd", "Adam"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizers_and_weight_decay_leave_them_alone(string name)
    {
        INetwork network = Shaken(seed: 1);
        float[] before = network.Parameters.ToArray();
        ITrainingPass pass = network.BeginTraining(Batch);
        Assert.Equal(network.ParameterTable.TrainedCount, pass.Gradients.Length);
        Optimizer optimizer = name == "Sgd" ? new Sgd(0.01f) { WeightDecay = 0.1f, Momentum = 0.9f } : new Adam(0.01f) { WeightDecay = 0.1f };
        for (int step = 0; step < 5; step++)
        {
            pass.Forward(Draw.Normal(Batch * 6, step), Draw.Normal(Batch * 3, step + 10));
            pass.Backward();
            optimizer.Step(pass);
        }

        foreach (ParameterInfo parameter in network.ParameterTable.Parameters)
        {
            float[] old = before[parameter.Offset..(parameter.Offset + parameter.Length)];
            float[] now = network.Parameters.Slice(parameter.Offset, parameter.Length).ToArray();
            if (Fixed.Contains(parameter.Name))
                Close.SameBits(parameter.Name, old, now);
            else
                Assert.All(old.Zip(now), pair => Assert.NotEqual(pair.First, pair.Second));
        }
    }

    /// <summary>The scale takes part: a network whose scale is 1 and offset is 0 everywhere is the one without it.</summary>
    [Fact]
    public void They_are_read()
    {
        INetwork scaled = ForeignNetwork.Create(Layers, seed: 1);
        INetwork plain = ForeignNetwork.Create(Layers.Replace("FixedScale, ", "", StringComparison.Ordinal), seed: 1);
        using (ParameterEdit edit = scaled.EditParameters())
        using (ParameterEdit other = plain.EditParameters())
        {
            foreach (ParameterInfo parameter in scaled.ParameterTable.Parameters)
            {
                Span<float> values = edit.Values.Slice(parameter.Offset, parameter.Length);
                if (plain.ParameterTable.TryGet(parameter.Name, out ParameterInfo? same))
                    values.CopyTo(other.Values.Slice(same.Offset, same.Length));
                else
                    values.Fill(parameter.Role == ParameterRole.Frozen ? 1 : 0);
            }
        }

        Close.SameBits("outputs", Predict(plain), Predict(scaled));
    }

    [Fact]
    public void A_file_keeps_them()
    {
        INetwork network = Shaken(seed: 1);
        using var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        INetwork loaded = ForeignNetwork.Load(Layers, file);
        Close.SameBits("parameters", network.Parameters, loaded.Parameters);
        Assert.All(Fixed, name => Assert.All(Values(loaded, name), value => Assert.NotEqual(0, value)));
    }

    private static INetwork Shaken(ulong seed)
    {
        INetwork network = ForeignNetwork.Create(Layers, seed);
        float[] noise = Draw.Normal(network.Parameters.Length, 2, 0.2);
        using ParameterEdit edit = network.EditParameters();
        for (int i = 0; i < noise.Length; i++)
            edit.Values[i] += noise[i];
        return network;
    }

    private static float[] Values(INetwork network, string name)
    {
        ParameterInfo parameter = network.ParameterTable[name];
        return network.Parameters.Slice(parameter.Offset, parameter.Length).ToArray();
    }

    private static float[] Predict(INetwork network)
    {
        float[] outputs = new float[Batch * 3];
        network.Predict(Draw.Normal(Batch * 6, 3), outputs);
        return outputs;
    }
}
