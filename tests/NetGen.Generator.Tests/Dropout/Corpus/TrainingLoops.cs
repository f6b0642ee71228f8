//# loop-gradient-check
//: A gradient check reads outputs and gradients of the same step.
namespace Sample;

public static class GradientCheck
{
    public static void Run(PriceNet net, float[] x, float[] y)
    {
        var pass = net.BeginTraining(1);
        pass.Forward(x, y);
        float output = pass.Outputs[0];
        pass.Backward();
        Console.WriteLine($"{output}: {pass.Gradients[0]}");
    }
}

//# loop-saliency
//: The derivative with respect to the inputs belongs to the outputs that are shown beside it.
namespace Sample;

public static class Saliency
{
    public static float[] Map(DigitNet net, float[] image, int digit)
    {
        var pass = net.BeginTraining(1);
        pass.Forward(image, new[] { digit });
        Console.WriteLine(pass.Outputs[digit]);
        var map = new float[image.Length];
        pass.InputGradients(map);
        return map;
    }
}

//# loop-train-on-mistakes-only
//: A step is only made where the answer was wrong; the outputs decide about Backward.
namespace Sample;

public static class Perceptron
{
    public static int Epoch(SpamNet net, float[][] mails, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1, seed: 1);
        int mistakes = 0;
        for (int i = 0; i < mails.Length; i++)
        {
            pass.Forward(mails[i], labels.AsSpan(i, 1));
            if (pass.Outputs[labels[i]] > 0.5f) continue;
            mistakes++;
            pass.Backward();
            optimizer.Step(pass);
        }

        return mistakes;
    }
}

//# loop-is-training-flag
//: One method for both modes, as in frameworks with a flag; where the flag is off, the caller may still mean to monitor.
namespace Sample;

public static class Loop
{
    public static float Run(DigitNet net, float[] x, int[] y, bool training, Optimizer optimizer)
    {
        var pass = net.BeginTraining(y.Length);
        pass.Forward(x, y);
        if (training)
        {
            pass.Backward();
            optimizer.Step(pass);
        }

        return pass.Outputs[0];
    }
}

//# loop-callback-trains
//: The pass goes to a callback, which may call Backward.
namespace Sample;

public static class Loop
{
    public static float Run(DigitNet net, float[] x, int[] y, Action<ITrainingPass> step)
    {
        var pass = net.BeginTraining(y.Length);
        pass.Forward(x, y);
        step(pass);
        return pass.Outputs[0];
    }
}

//# loop-split-into-local-functions
//: One local function goes forward, another backward.
namespace Sample;

public static class Loop
{
    public static void Run(PriceNet net, float[] x, float[] y, Optimizer optimizer)
    {
        var pass = net.BeginTraining(y.Length);
        for (int step = 0; step < 10; step++)
        {
            Console.WriteLine(Forward());
            Backward();
        }

        float Forward()
        {
            pass.Forward(x, y);
            return pass.Outputs[0];
        }

        void Backward()
        {
            pass.Backward();
            optimizer.Step(pass);
        }
    }
}

//# loop-returned-pass
//: The caller gets the pass back and can train it.
namespace Sample;

public static class Loop
{
    public static ITrainingPass Warm(PriceNet net, float[] x, float[] y)
    {
        var pass = net.BeginTraining(y.Length);
        pass.Forward(x, y);
        Console.WriteLine(pass.Outputs[0]);
        return pass;
    }
}

//# loop-gradient-accumulation
//: Several batches go forward and backward before one step; the outputs of each are watched while training.
namespace Sample;

public static class Accumulation
{
    public static void Run(DigitNet net, float[][] batches, int[][] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(8, seed: 2);
        var sum = new float[DigitNet.ParameterCount];
        for (int i = 0; i < batches.Length; i++)
        {
            pass.Forward(batches[i], labels[i]);
            float highest = 0;
            foreach (float probability in pass.Outputs) highest = Math.Max(highest, probability);
            Console.WriteLine(highest);
            pass.Backward();
            for (int k = 0; k < sum.Length; k++) sum[k] += pass.Gradients[k];
            if (i % 4 != 3) continue;
            sum.CopyTo(pass.Gradients);
            optimizer.Step(pass);
            Array.Clear(sum);
        }
    }
}

//# loop-generator-against-discriminator
//: The discriminator's opinion of what was generated is shown, and its gradient goes back to the inputs to train the generator.
namespace Sample;

public static class Adversaries
{
    public static void Step(SpamNet discriminator, float[] generated, float[] gradient, Action<float[]> improve)
    {
        var pass = discriminator.BeginTraining(1, seed: 4);
        for (int step = 0; step < 100; step++)
        {
            pass.Forward(generated, [1]);
            Console.WriteLine($"taken for real: {pass.Outputs[1]}");
            pass.InputGradients(gradient);
            improve(gradient);
        }
    }
}
