using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Parity;

/// <summary>Outputs, loss, gradients and trained weights against PyTorch; the fixtures say how they were made.</summary>
[Trait("Category", "Numeric")]
public sealed class ParityTests
{
    public static TheoryData<string> Networks => ParityNetworks.All.Names;

    public static TheoryData<string, string> Trainings
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string network in ParityNetworks.All.Keys)
                foreach (string optimizer in new[] { "nesterov", "decay", "adam" })
                    data.Add(network, optimizer);
            return data;
        }
    }

    [Fact]
    public void EveryFixtureHasItsNetwork() =>
        Assert.Equal(Fixture.Names.Order(StringComparer.Ordinal), ParityNetworks.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Networks))]
    public void PredictsWhatPyTorchPredicts(string name)
    {
        (AnyNetwork network, Fixture fixture) = Load(name);
        Close.Check("outputs", fixture.Doubles(fixture.Has("predictions") ? "predictions" : "outputs"), network.Predict(fixture.Floats("inputs")));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void LossAndEveryGradientAreThoseOfPyTorch(string name)
    {
        (AnyNetwork network, Fixture fixture) = Load(name);
        ITrainingPass pass = network.BeginTraining(fixture.Batch);

        Close.Check("loss", fixture.Doubles("loss")[0], Forward(pass, fixture));
        Close.Check("outputs", fixture.Doubles("outputs"), pass.Outputs);

        pass.Backward();
        double largest = network.Trained.Where(parameter => !IsSilent(fixture, parameter)).Max(parameter => fixture.Doubles("grad." + parameter.Name).Max(Math.Abs));
        foreach (ParameterInfo parameter in network.Trained)
        {
            float[] gradient = network.Get(parameter.Name, pass.Gradients);
            if (IsSilent(fixture, parameter)) Assert.All(gradient, value => Assert.InRange(Math.Abs(value), 0, Close.Relative * largest));
            else Close.Check("gradient of " + parameter.Name, fixture.Doubles("grad." + parameter.Name), gradient);
        }

        float[] inputGradients = new float[fixture.Batch * network.InputLength];
        pass.InputGradients(inputGradients);
        Close.Check("gradient of the inputs", fixture.Doubles("input_grad"), inputGradients);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void StepsEndWithTheParametersOfPyTorch(string name, string kind)
    {
        (AnyNetwork network, Fixture fixture) = Load(name);
        ITrainingPass pass = network.BeginTraining(fixture.Batch);
        Optimizer optimizer = kind switch
        {
            "nesterov" => new Sgd(fixture.Rate) { Momentum = 0.9f, Nesterov = true },
            "decay" => new Sgd(2 * fixture.Rate) { Momentum = 0.5f, WeightDecay = 0.05f },
            _ => new Adam(fixture.Rate / 5) { Epsilon = 1e-6f },
        };
        float[] losses = new float[fixture.Steps];
        for (int step = 0; step < losses.Length; step++)
        {
            losses[step] = Forward(pass, fixture);
            pass.Backward();
            foreach (ParameterInfo parameter in network.Trained)
                if (IsSilent(fixture, parameter)) pass.Gradients.Slice(parameter.Offset, parameter.Length).Clear();
            optimizer.Step(pass);
        }

        Close.Check("losses", fixture.Doubles("losses." + kind), losses);
        foreach (ParameterInfo parameter in network.Table.Parameters)
            Close.Check(parameter.Name, fixture.Doubles($"{kind}.{parameter.Name}"), network.Get(parameter.Name));
    }

    /// <summary>
    /// Whether a gradient is 0 but for rounding errors, as that of a bias in front of a BatchNorm. Adam would make a step of the error.
    /// </summary>
    private static bool IsSilent(Fixture fixture, ParameterInfo parameter) => !fixture.Has("grad." + parameter.Name);

    private static float Forward(ITrainingPass pass, Fixture fixture) => fixture.Has("labels")
        ? pass.Forward(fixture.Floats("inputs"), fixture.Integers("labels"))
        : pass.Forward(fixture.Floats("inputs"), fixture.Floats("targets"));

    private static (AnyNetwork Network, Fixture Fixture) Load(string name)
    {
        AnyNetwork network = ParityNetworks.All.Create(name);
        var fixture = Fixture.Load(name);
        foreach (ParameterInfo parameter in network.Table.Parameters)
        {
            Assert.Equal(fixture.Shape(parameter.Name), parameter.Shape);
            network.Set(parameter.Name, fixture.Floats(parameter.Name));
        }

        return (network, fixture);
    }
}
