//# service-trainer-and-predictor
//: A predictor beside a trainer in one class, each with what it is for.
namespace Sample;

public sealed class Online(PriceNet net)
{
    private readonly PriceNet.TrainingPass _pass = net.BeginTraining(1);
    private readonly Adam _adam = new(1e-3f);

    public void Learn(float[] flat, float price)
    {
        _pass.Forward(flat, new[] { price });
        _pass.Backward();
        _adam.Step(_pass);
    }

    public float Estimate(float[] flat)
    {
        var price = new float[1];
        net.Predict(flat, price);
        return price[0];
    }
}

//# service-predict-then-learn
//: An online learner answers with the outputs of the step that it then learns from: Forward and Backward are two methods.
namespace Sample;

public sealed class Tracker(PriceNet net)
{
    private readonly PriceNet.TrainingPass _pass = net.BeginTraining(1);
    private readonly Sgd _sgd = new(0.01f);

    public float Observe(float[] state, float[] wanted)
    {
        _pass.Forward(state, wanted);
        return _pass.Outputs[0];
    }

    public void Commit()
    {
        _pass.Backward();
        _sgd.Step(_pass);
    }
}

//# service-shared-pass
//: The pass is handed to a trainer in another class.
namespace Sample;

public sealed class Session(PriceNet net)
{
    private readonly PriceNet.TrainingPass _pass = net.BeginTraining(8);

    public void Train(ITrainer trainer) => trainer.Train(_pass);

    public float Last => _pass.Outputs[0];
}

public interface ITrainer
{
    void Train(ITrainingPass pass);
}

//# service-given-pass
//: Who gives the pass also trains it.
namespace Sample;

public sealed class Monitor(ITrainingPass pass)
{
    public float Mean()
    {
        float sum = 0;
        foreach (float value in pass.Outputs) sum += value;
        return sum / pass.BatchSize;
    }
}

//# service-public-pass
//: Others can reach the pass and train it.
namespace Sample;

public sealed class Model(DigitNet net)
{
    public DigitNet.TrainingPass Pass { get; } = net.BeginTraining(32);

    public float First => Pass.Outputs[0];
}

//# service-mode-by-setting
//: Whoever configures it chooses between the mean network and a thinned one.
namespace Sample;

public sealed class Estimator(PriceNet net, bool explore)
{
    public float Estimate(float[] flat)
    {
        if (!explore)
        {
            var price = new float[1];
            net.Predict(flat, price);
            return price[0];
        }

        var pass = net.BeginTraining(1);
        pass.Forward(flat, new float[1]);
        return pass.Outputs[0];
    }
}

//# service-mode-by-switch
//: The same by a switch expression.
namespace Sample;

public enum Mode { Mean, Sample }

public static class Estimator
{
    public static float Estimate(PriceNet net, float[] flat, Mode mode)
    {
        var pass = net.BeginTraining(1);
        return mode switch
        {
            Mode.Mean => Mean(),
            Mode.Sample => pass.Forward(flat, new float[1]) >= 0 ? pass.Outputs[0] : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };

        float Mean()
        {
            var price = new float[1];
            net.Predict(flat, price);
            return price[0];
        }
    }
}
