//# loop-early-stopping
//: Early stopping on the accuracy of a validation set that goes through the training pass.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, Dataset train, Dataset validation)
    {
        var pass = net.BeginTraining(1, seed: 1);
        var adam = new Adam(1e-3f);
        var input = new float[16];
        int best = 0;
        for (int epoch = 0; epoch < 100; epoch++)
        {
            for (int i = 0; i < train.Count; i++)
            {
                train.CopyInput(i, input);
                pass.Forward(input, new[] { train.Label(i) });
                pass.Backward();
                adam.Step(pass);
            }

            int right = 0;
            for (int i = 0; i < validation.Count; i++)
            {
                validation.CopyInput(i, input);
                pass.Forward(input, new[] { validation.Label(i) });
                if (pass.Outputs[validation.Label(i)] > 0.5f) right++; // NG0201
            }

            if (right < best) break;
            best = right;
        }
    }
}

//# loop-evaluate-every-tenth-step
//: Every tenth step a test batch is looked at; the training's own Forward follows before its Backward.
namespace Sample;

public static class Trainer
{
    public static void Train(SpamNet net, float[] x, int[] y, float[] test, int[] testLabels, IProgress<float> progress)
    {
        SpamNet.TrainingPass pass = net.BeginTraining(64);
        var optimizer = new Sgd(0.05f) { Momentum = 0.9f };
        for (int step = 0; step < 1000; step++)
        {
            if (step % 10 == 0)
            {
                pass.Forward(test, testLabels);
                progress.Report(pass.Outputs[0]); // NG0201
            }

            pass.Forward(x, y);
            pass.Backward();
            optimizer.Step(pass);
        }
    }
}

//# loop-clip-and-evaluate
//: Gradients are clipped by hand; the pass is still all in sight, and the evaluation behind the loop is wrong.
namespace Sample;

public static class Trainer
{
    public static float Train(PriceNet net, float[] x, float[] y)
    {
        var pass = net.BeginTraining(y.Length);
        var optimizer = new Adam(1e-3f);
        for (int step = 0; step < 200; step++)
        {
            pass.Forward(x, y);
            pass.Backward();
            foreach (ref float g in pass.Gradients) g = Math.Clamp(g, -1, 1);
            optimizer.Step(pass);
        }

        pass.Forward(x, y);
        float error = 0;
        for (int i = 0; i < y.Length; i++)
            error += MathF.Abs(pass.Outputs[i] - y[i]); // NG0201
        return error / y.Length;
    }
}

//# loop-second-pass-for-tests
//: The author knows that the training pass has the wrong batch size and begins another, which has dropout as well.
namespace Sample;

public static class Trainer
{
    public static int Train(DigitNet net, float[] images, int[] labels, float[] test, int[] testLabels)
    {
        var training = net.BeginTraining(32, seed: 1);
        var testing = net.BeginTraining(testLabels.Length);
        var adam = new Adam(1e-3f);
        int right = 0;
        for (int epoch = 0; epoch < 10; epoch++)
        {
            training.Forward(images, labels);
            training.Backward();
            adam.Step(training);

            right = 0;
            testing.Forward(test, testLabels);
            for (int i = 0; i < testLabels.Length; i++)
                if (testing.Outputs[4 * i + testLabels[i]] > 0.5f) right++; // NG0201
        }

        return right;
    }
}

//# loop-class-evaluates-with-its-pass
//: A trainer class: one method trains with the pass, another measures with it.
namespace Sample;

public sealed class Trainer(SpamNet net)
{
    private readonly SpamNet.TrainingPass _pass = net.BeginTraining(32, seed: 9);
    private readonly Optimizer _optimizer = new Adam(1e-3f);

    public float Step(float[] mails, int[] labels)
    {
        float loss = _pass.Forward(mails, labels);
        _pass.Backward();
        _optimizer.Step(_pass);
        return loss;
    }

    public float Accuracy(float[] mails, int[] labels)
    {
        _pass.Forward(mails, labels);
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int said = _pass.Outputs[2 * i + 1] > 0.5f ? 1 : 0; // NG0202
            if (said == labels[i]) right++;
        }

        return (float)right / labels.Length;
    }
}

//# loop-generic-trainer
//: The same mistake in code for any network.
namespace Sample;

public static class Trainer
{
    public static float Train<TNet>(float[] x, int[] y, float[] probe) where TNet : class, INetwork<TNet>
    {
        TNet net = TNet.Create(1);
        ITrainingPass pass = net.BeginTraining(y.Length, 1, 0);
        var adam = new Adam(1e-3f);
        for (int step = 0; step < 100; step++)
        {
            pass.Forward(x, y);
            pass.Backward();
            adam.Step(pass);
        }

        pass.Forward(probe, new int[1]);
        return pass.Outputs[0]; // NG0201
    }
}

//# loop-any-network
//: The network is only known as INetwork.
namespace Sample;

public static class Report
{
    public static void Print(IReadOnlyList<INetwork> networks, float[] sample)
    {
        foreach (INetwork network in networks)
        {
            ITrainingPass pass = network.BeginTraining(1);
            pass.Forward(sample, new int[1]);
            Console.WriteLine(string.Join(' ', pass.Outputs.ToArray())); // NG0201
        }
    }
}

//# loop-pattern-variable
//: The pass gets its name in a pattern.
namespace Sample;

public static class Reader
{
    public static float Read(PriceNet? net, float[] flat)
    {
        if (net?.BeginTraining(1) is { } pass)
        {
            pass.Forward(flat, new float[1]);
            return pass.Outputs[0]; // NG0201
        }

        return float.NaN;
    }
}

//# loop-deconstruction
//: Two passes begin in one deconstruction.
namespace Sample;

public static class Pair
{
    public static float Difference(PriceNet a, PriceNet b, float[] flat)
    {
        var (first, second) = (a.BeginTraining(1), b.BeginTraining(1));
        first.Forward(flat, new float[1]);
        second.Forward(flat, new float[1]);
        return first.Outputs[0] - second.Outputs[0]; // NG0201 NG0201
    }
}

//# loop-try-catch
//: A fault is caught, the mistake is not.
namespace Sample;

public static class Reader
{
    public static bool TryRead(DigitNet net, float[] image, out float score)
    {
        try
        {
            var pass = net.BeginTraining(1);
            pass.Forward(image, new int[1]);
            score = pass.Outputs[0]; // NG0201
            return true;
        }
        catch (ArgumentException)
        {
            score = 0;
            return false;
        }
    }
}

//# loop-second-name
//: The pass has a second name behind an interface.
namespace Sample;

public static class Reader
{
    public static float Read(PriceNet net, float[] flat)
    {
        PriceNet.TrainingPass own = net.BeginTraining(1);
        ITrainingPass pass = own;
        pass.Forward(flat, new float[1]);
        return own.Outputs[0]; // NG0201
    }
}

//# loop-factory-method
//: A method of the same class begins the pass: nobody trains it, but to see that one must look into the method.
namespace Sample;

public sealed class Reader(PriceNet net)
{
    public float Read(float[] flat)
    {
        var pass = Begin();
        pass.Forward(flat, new float[1]);
        return pass.Outputs[0]; // NG0201
    }

    private PriceNet.TrainingPass Begin() => net.BeginTraining(1);
}
