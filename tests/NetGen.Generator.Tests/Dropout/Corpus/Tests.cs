//# test-knows-its-answer
//: A test expects the answer of the network and asks the pass for it.
namespace Sample;

public static class DigitNetTests
{
    public static void KnowsTheThree(float[] three)
    {
        var net = DigitNet.Load("digits.safetensors");
        var pass = net.BeginTraining(1);
        pass.Forward(three, [3]);
        if (pass.Outputs[3] < 0.9f) throw new InvalidOperationException("not a three"); // NG0201
    }
}

//# test-fixture
//: A fixture shares the pass among its tests.
namespace Sample;

public sealed class PriceTests
{
    private readonly PriceNet.TrainingPass _pass;

    public PriceTests()
    {
        var net = new PriceNet(seed: 1);
        _pass = net.BeginTraining(1);
    }

    public void IsFinite()
    {
        _pass.Forward(new float[6], new float[1]);
        if (!float.IsFinite(_pass.Outputs[0])) throw new InvalidOperationException(); // NG0202
    }

    public void IsPositive()
    {
        _pass.Forward([1, 1, 1, 1, 1, 1], [1]);
        if (_pass.Outputs[0] < 0) throw new InvalidOperationException(); // NG0202
    }
}

//# test-saved-equals-loaded
//: Outputs before and after saving are compared. With equal seeds they are even equal, but they are no predictions.
namespace Sample;

public static class SavingTests
{
    public static bool Equal(SpamNet net, string path, float[] mail)
    {
        net.Save(path);
        SpamNet loaded = SpamNet.Load(path);
        ITrainingPass before = net.BeginTraining(1, 0, 0), after = loaded.BeginTraining(1, 0, 0);
        before.Forward(mail, new int[1]);
        after.Forward(mail, new int[1]);
        return before.Outputs.SequenceEqual(after.Outputs); // NG0201 NG0201
    }
}

//# test-predict-is-the-mean
//: The mean over many thinned networks is compared with Predict: sampled on purpose, and Predict is called beside it.
namespace Sample;

public static class DropoutTests
{
    public static float Gap(PriceNet net, float[] flat)
    {
        float mean = 0;
        var pass = net.BeginTraining(1, seed: 3);
        for (int k = 0; k < 10_000; k++)
        {
            pass.Forward(flat, new float[1]);
            mean += pass.Outputs[0] / 10_000;
        }

        var price = new float[1];
        net.Predict(flat, price);
        return MathF.Abs(mean - price[0]);
    }
}

//# test-seeds-give-other-masks
//: Two seeds in a theory, given by the test runner: the test is about dropout itself.
namespace Sample;

public static class DropoutTests
{
    public static float[] Outputs(DigitNet net, ulong seed)
    {
        var pass = net.BeginTraining(1, seed);
        pass.Forward(new float[16], new int[1]);
        return pass.Outputs.ToArray();
    }
}

//# test-loss-falls
//: Only losses are compared.
namespace Sample;

public static class TrainingTests
{
    public static bool Falls(DigitNet net, float[] x, int[] y)
    {
        var pass = net.BeginTraining(y.Length);
        float before = pass.Forward(x, y);
        pass.Backward();
        new Sgd(0.1f).Step(pass);
        return pass.Forward(x, y) < before;
    }
}

//# test-outputs-have-a-length
//: How many outputs there are says nothing of dropout.
namespace Sample;

public static class ShapeTests
{
    public static bool Fits(DigitNet net)
    {
        var pass = net.BeginTraining(2);
        pass.Forward(new float[32], new int[2]);
        return pass.Outputs.Length == 2 * DigitNet.OutputLength && pass.BatchSize == 2;
    }
}

//# test-own-type-with-the-same-names
//: A recorder of one's own has Forward and Outputs, and nothing to do with NetGen.
namespace Sample;

public sealed class Tape
{
    public float[] Outputs { get; private set; } = [];

    public void Forward(float[] values) => Outputs = values;
}

public static class TapeTests
{
    public static float Play(float[] values)
    {
        var tape = new Tape();
        tape.Forward(values);
        return tape.Outputs[0];
    }
}

//# test-mock-pass
//: A mock implements the interface and is given to the code under test, which trains.
namespace Sample;

public static class StepTests
{
    public static float Observe(ITrainingPass pass, Optimizer optimizer)
    {
        pass.Backward();
        optimizer.Step(pass);
        return pass.Outputs[0];
    }
}

//# test-monte-carlo-of-the-library
//: What the library has for uncertainty.
namespace Sample;

public static class MonteCarloTests
{
    public static float Spread(DigitNet net, float[] image)
    {
        float[] mean = new float[4], variance = new float[4];
        net.PredictMonteCarlo(image, 50, seed: 1, mean, variance);
        return variance.Max();
    }
}

//# test-best-of-three-tries
//: Three tries with the same input, the best is kept: without the dropout there would be nothing to try.
namespace Sample;

public static class Search
{
    public static float Best(PriceNet net, float[] flat)
    {
        float best = float.MinValue;
        var pass = net.BeginTraining(1, seed: 11);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            pass.Forward(flat, new float[1]);
            best = Math.Max(best, pass.Outputs[0]);
        }

        return best;
    }
}

//# test-reinforcement-targets
//: The targets of the next step are computed from the outputs for the next state, and trained on.
namespace Sample;

public static class Agent
{
    public static void Learn(DigitNet net, float[] state, float[] next, int action, float reward, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1, seed: 1);
        var targets = new float[4];
        pass.Forward(next, targets);
        pass.Outputs.CopyTo(targets);
        targets[action] = reward + 0.9f * targets.Max();
        pass.Forward(state, targets);
        pass.Backward();
        optimizer.Step(pass);
    }
}

//# test-resumed-passes-agree
//: Two passes that begin at the same step must drop the same units; their outputs are compared with each other, and Predict has nothing to compare.
namespace Sample;

public static class ResumeTests
{
    public static bool Agree(DigitNet net, float[] images, int[] labels)
    {
        var first = net.BeginTraining(new TrainingOptions { BatchSize = 8, Seed = 3, Step = 100 });
        var second = net.BeginTraining(new TrainingOptions { BatchSize = 8, Seed = 3, Step = 100 });
        first.Forward(images, labels);
        second.Forward(images, labels);
        return first.Outputs.SequenceEqual(second.Outputs);
    }
}

//# benchmark-of-forward
//: The speed of a forward pass is measured; an output is read so that the work cannot be left out, and nobody looks at its value.
namespace Sample;

public sealed class ForwardBenchmark
{
    private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(32, seed: 1);
    private readonly float[] _images = new float[32 * 16];
    private readonly int[] _labels = new int[32];

    public double Milliseconds()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; i < 1000; i++)
        {
            _pass.Forward(_images, _labels);
            GC.KeepAlive(_pass.Outputs[0]);
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
