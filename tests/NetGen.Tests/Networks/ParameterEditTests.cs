using NetGen.Tests.Parity;
using Xunit;

namespace NetGen.Tests.Networks;

/// <summary>Every way to write parameters raises the version, and nothing else does.</summary>
public sealed class ParameterEditTests
{
    [Fact]
    public void EveryWriteRaisesTheVersion()
    {
        INetwork network = new TinyRegression(1);
        long version = network.ParameterVersion;
        using (ParameterEdit edit = network.EditParameters())
        {
            edit.Values[0] = 0.25f;
            Assert.Equal(version, network.ParameterVersion);
        }

        Assert.Equal(0.25f, network.Parameters[0]);
        Assert.True(network.ParameterVersion > version);
        version = network.ParameterVersion;

        var typed = (TinyRegression)network;
        ParameterView view = typed.Dense1Bias;
        typed.Dense1Bias[0] = 3;
        Assert.Equal(3, typed.Dense1Bias[0]);
        Assert.Same(view, typed.Dense1Bias);
        Assert.True(network.ParameterVersion > version);
        version = network.ParameterVersion;

        view.CopyFrom(new float[view.Length]);
        Assert.True(network.ParameterVersion > version);
        version = network.ParameterVersion;

        ITrainingPass pass = network.BeginTraining(1);
        pass.Forward(new float[TinyRegression.InputLength], new float[TinyRegression.OutputLength]);
        pass.Backward();
        Assert.Equal(version, network.ParameterVersion);
        new Sgd(0.1f).Step(pass);
        Assert.True(network.ParameterVersion > version);
    }

    [Fact]
    public void ReadingDoesNotRaiseTheVersion()
    {
        var network = new TinyRegression(1);
        long version = network.ParameterVersion;
        _ = network.Dense1Weight[0, 0];
        _ = network.Dense1Weight.ToArray();
        network.Predict(new float[TinyRegression.InputLength], new float[TinyRegression.OutputLength]);
        Assert.Equal(version, network.ParameterVersion);
    }

    [Fact]
    public void AnEditEndsOnce()
    {
        var network = new TinyRegression(1);
        ParameterEdit edit = network.EditParameters();
        edit.Dispose();
        long version = network.ParameterVersion;
        edit.Dispose();
        Assert.Equal(version, network.ParameterVersion);
        Assert.True(edit.Values.IsEmpty);
    }

    [Fact]
    public void ANetworkIsKnownWithoutItsType()
    {
        INetwork network = new TinyRegression(1);
        Assert.Equal(TinyRegression.InputLength, network.Summary.InputLength);
        Assert.Equal(TinyRegression.OutputLength, network.Summary.OutputLength);
        Assert.Equal(Loss.MeanSquaredError, network.Summary.Loss);
        Assert.Equal(TinyRegression.ParameterCount, network.Parameters.Length);
        Assert.Same(TinyRegression.ParameterTable, network.ParameterTable);
        Assert.IsType<TinyRegression.TrainingPass>(network.BeginTraining(new TrainingOptions { BatchSize = 3 }));
    }

    [Fact]
    public void TrainingOptionsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Threads = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Step = -1 });
        Assert.Throws<ArgumentNullException>(() => new TinyRegression(1).BeginTraining(null!));
        Assert.Equal("TrainingOptions { BatchSize = 5, Seed = 2, Threads = 0, Step = 9 }", new TrainingOptions { BatchSize = 5, Seed = 2, Step = 9 }.ToString());
    }
}
