using System.Text.Json;

using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>
/// The settings that all optimizers have, against PyTorch, bit for bit. The numbers come from tests/fixtures/make_optimizer_settings.py,
/// whose cases are those below.
/// </summary>
[Trait("Category", "Numeric")]
public class OptimizerSettingsParityTests
{
    private static readonly Dictionary<string, Func<Optimizer>> Cases = new()
    {
        ["value sgd"] = () => new Sgd(0.1f) { ClipValue = 0.5f },
        ["value momentum"] = () => new Sgd(0.1f) { Momentum = 0.9f, WeightDecay = 0.1f, ClipValue = 0.01f },
        ["norm sgd"] = () => new Sgd(0.1f) { ClipNorm = 1.5f },
        ["norm momentum"] = () => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, ClipNorm = 0.3f },
        ["norm adam"] = () => new Adam(0.01f) { ClipNorm = 1 },
        ["norm rmsprop"] = () => new RmsProp(0.01f) { Centered = true, ClipNorm = 20 },
        ["norm adagrad"] = () => new Adagrad(0.05f) { ClipNorm = 2 },
        ["norm not reached"] = () => new AdamW(0.01f) { ClipNorm = 1e6f },
        ["factors sgd"] = () => Factors(new Sgd(0.1f)),
        ["factors momentum"] = () => Factors(new Sgd(0.05f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.01f }),
        ["factors adam"] = () => Factors(new Adam(0.001f) { WeightDecay = 0.1f }),
        ["factors adamw"] = () => Factors(new AdamW(0.003f) { WeightDecay = 0.3f }),
        ["factors rmsprop"] = () => Factors(new RmsProp(0.003f) { Momentum = 0.5f }),
        ["factors adagrad"] = () => Factors(new Adagrad(0.05f) { LearningRateDecay = 0.1f }),
        ["factors and norm"] = () => Factors(new Adam(0.01f) { ClipNorm = 0.7f }),
        ["l1 sgd"] = () => new Sgd(0.1f) { L1 = 0.05f },
        ["l2 sgd"] = () => new Sgd(0.1f) { L2 = 0.05f },
        ["l1 and l2 momentum"] = () => new Sgd(0.1f) { Momentum = 0.9f, WeightDecay = 0.02f, L1 = 0.01f, L2 = 0.03f },
        ["l2 adam"] = () => new Adam(0.01f) { L2 = 0.1f },
        ["all adamw"] = () => Factors(new AdamW(0.01f) { ClipValue = 2, ClipNorm = 2.5f, L1 = 0.02f, L2 = 0.01f }),
        ["value and norm"] = () => new Adam(0.01f) { ClipValue = 2, ClipNorm = 3 },
    };

    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "optimizer_settings.json"))).RootElement;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void EveryCaseOfTheFixtureIsTested() => Assert.Equal(
        Fixture.GetProperty("cases").EnumerateObject().Select(member => member.Name).Order(), Cases.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsEqualPyTorch(string name)
    {
        Optimizer optimizer = Cases[name]();
        float[] parameters = Stored(Fixture.GetProperty("parameters"));
        JsonElement[] gradients = [.. Fixture.GetProperty("gradients").EnumerateArray()];
        JsonElement[] expected = [.. Fixture.GetProperty("cases").GetProperty(name).EnumerateArray()];
        int[] written = [.. Fixture.GetProperty("written").EnumerateArray().Select(step => step.GetInt32())];
        Assert.Equal(written.Length, expected.Length);
        Assert.Equal(gradients.Length, written[^1]);
        for (int step = 1; step <= gradients.Length; step++)
        {
            optimizer.Step(parameters, Stored(gradients[step - 1]), table: Table);
            if (Array.IndexOf(written, step) is >= 0 and var row)
                Close.SameBits($"{name}, step {step}", Stored(expected[row]), parameters);
        }
    }

    private static readonly ParameterTable Table = LayerTable.Of(
        Fixture.GetProperty("shapes").EnumerateObject().Select(
            member => (member.Name, (int[])[.. member.Value.EnumerateArray().Select(dimension => dimension.GetInt32())])));

    private static Optimizer Factors(Optimizer optimizer)
    {
        optimizer.LearningRateFactors["conv1"] = 0.1f;
        optimizer.LearningRateFactors["conv1.bias"] = 3;
        optimizer.LearningRateFactors["norm1"] = 0;
        optimizer.LearningRateFactors["dense1.bias"] = 0.3f;
        return optimizer;
    }

    /// <summary>The tensors of a step in the order of a network's memory.</summary>
    private static float[] Stored(JsonElement tensors)
    {
        float[] stored = new float[Table.Count];
        foreach (ParameterInfo parameter in Table.Parameters)
        {
            float[] torch = [.. tensors.GetProperty(parameter.Name).EnumerateArray().Select(number => number.GetSingle())];
            parameter.Layout.FromTorch(torch, stored.AsSpan(parameter.Offset, parameter.Length));
        }

        return stored;
    }
}
