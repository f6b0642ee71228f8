//# monte-carlo-mean-and-variance
//: The textbook form: the same input again and again, mean and variance of what comes out.
namespace Sample;

public static class Uncertainty
{
    public static (float[] Mean, float[] Variance) Estimate(DigitNet net, float[] image, int passes)
    {
        var pass = net.BeginTraining(1, seed: 7);
        var labels = new int[1];
        var mean = new float[4];
        var square = new float[4];
        for (int k = 0; k < passes; k++)
        {
            pass.Forward(image, labels);
            ReadOnlySpan<float> scores = pass.Outputs;
            for (int i = 0; i < 4; i++)
            {
                mean[i] += scores[i] / passes;
                square[i] += scores[i] * scores[i] / passes;
            }
        }

        for (int i = 0; i < 4; i++) square[i] -= mean[i] * mean[i];
        return (mean, square);
    }
}

//# monte-carlo-collected
//: The same input again and again, all answers kept.
namespace Sample;

public static class Uncertainty
{
    public static List<float> Draw(PriceNet net, float[] flat)
    {
        var draws = new List<float>();
        var pass = net.BeginTraining(batchSize: 1);
        while (draws.Count < 100)
        {
            pass.Forward(flat, new float[1]);
            draws.Add(pass.Outputs[0]);
        }

        draws.Sort();
        return draws;
    }
}

//# monte-carlo-linq
//: Select draws with a seed for each draw.
namespace Sample;

public static class Uncertainty
{
    public static float[][] Draw(DigitNet net, float[] image, int count) =>
        [.. Enumerable.Range(0, count).Select(k =>
        {
            var pass = net.BeginTraining(1, (ulong)k);
            pass.Forward(image, new int[1]);
            return pass.Outputs.ToArray();
        })];
}

//# monte-carlo-linq-one-pass
//: One pass, whose masks differ from call to call; Select calls it for the same image.
namespace Sample;

public static class Uncertainty
{
    public static float Spread(PriceNet net, float[] flat)
    {
        var pass = net.BeginTraining(1);
        float[] draws = [.. Enumerable.Range(0, 30).Select(_ =>
        {
            pass.Forward(flat, new float[1]);
            return pass.Outputs[0];
        })];
        return draws.Max() - draws.Min();
    }
}

//# monte-carlo-parallel
//: Parallel.For draws, each with its own pass and seed.
namespace Sample;

public static class Uncertainty
{
    public static float[] Draw(PriceNet net, float[] flat)
    {
        var draws = new float[64];
        Parallel.For(0, draws.Length, i =>
        {
            ITrainingPass pass = net.BeginTraining(1, seed: 100UL + (ulong)i, threads: 1);
            pass.Forward(flat, new float[1]);
            draws[i] = pass.Outputs[0];
        });
        return draws;
    }
}

//# monte-carlo-local-function
//: A local function makes one draw; the loop calls it with other seeds.
namespace Sample;

public static class Uncertainty
{
    public static double Entropy(SpamNet net, float[] mail)
    {
        double mean = 0;
        for (ulong seed = 1; seed <= 40; seed++) mean += Once(seed) / 40;
        return -mean * Math.Log2(mean);

        float Once(ulong seed)
        {
            var pass = net.BeginTraining(1, seed);
            pass.Forward(mail, new int[1]);
            return pass.Outputs[1];
        }
    }
}

//# monte-carlo-helper-method
//: One draw is a method of its own, and the seed its parameter.
namespace Sample;

public sealed class Committee(DigitNet net)
{
    public float[] Vote(float[] image, int members)
    {
        var votes = new float[4];
        for (int m = 0; m < members; m++)
        {
            float[] one = Member(image, (ulong)m);
            for (int i = 0; i < 4; i++) votes[i] += one[i];
        }

        return votes;
    }

    private float[] Member(float[] image, ulong seed)
    {
        var pass = net.BeginTraining(1, seed);
        pass.Forward(image, new int[1]);
        return pass.Outputs.ToArray();
    }
}

//# monte-carlo-random-seed
//: A random seed for each pass says that the masks are to differ.
namespace Sample;

public static class Thompson
{
    public static int Choose(PriceNet net, float[][] arms, Random random)
    {
        int best = 0;
        float most = float.MinValue;
        var pass = net.BeginTraining(1, (ulong)random.NextInt64());
        for (int i = 0; i < arms.Length; i++)
        {
            pass.Forward(arms[i], new float[1]);
            if (pass.Outputs[0] <= most) continue;
            most = pass.Outputs[0];
            best = i;
        }

        return best;
    }
}

//# monte-carlo-options
//: The seed that counts is in the options.
namespace Sample;

public static class Ensemble
{
    public static float[] Mean(DigitNet net, float[] images)
    {
        var mean = new float[images.Length / 4];
        for (int member = 0; member < 10; member++)
        {
            var pass = net.BeginTraining(new TrainingOptions { BatchSize = images.Length / 16, Seed = (ulong)member });
            pass.Forward(images, new int[images.Length / 16]);
            float[] one = pass.Outputs.ToArray();
            for (int i = 0; i < mean.Length; i++) mean[i] += one[i] / 10;
        }

        return mean;
    }
}

//# monte-carlo-field
//: A class for uncertainty: its method draws again and again from the pass that it holds.
namespace Sample;

public sealed class Uncertainty(SpamNet net)
{
    private readonly SpamNet.TrainingPass _pass = net.BeginTraining(1);
    private readonly int[] _label = new int[1];

    public float Disagreement(float[] mail)
    {
        int spam = 0;
        for (int k = 0; k < 25; k++)
        {
            if (Draw(mail) > 0.5f) spam++;
        }

        return Math.Min(spam, 25 - spam) / 25f;
    }

    private float Draw(float[] mail)
    {
        _pass.Forward(mail, _label);
        return _pass.Outputs[1];
    }
}

//# monte-carlo-while-training
//: After each epoch twenty draws for one sample show how the uncertainty shrinks.
namespace Sample;

public static class Study
{
    public static void Run(PriceNet net, float[] x, float[] y, float[] probe)
    {
        var pass = net.BeginTraining(32, seed: 1);
        var optimizer = new Adam(1e-3f);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            pass.Forward(x, y);
            pass.Backward();
            optimizer.Step(pass);
            float least = float.MaxValue, most = float.MinValue;
            for (int k = 0; k < 20; k++)
            {
                pass.Forward(probe, new float[1]);
                least = Math.Min(least, pass.Outputs[0]);
                most = Math.Max(most, pass.Outputs[0]);
            }

            Console.WriteLine(most - least);
        }
    }
}

//# monte-carlo-iterator
//: An iterator gives one draw after the other.
namespace Sample;

public static class Draws
{
    public static IEnumerable<float> Of(PriceNet net, float[] flat)
    {
        var pass = net.BeginTraining(1);
        while (true)
        {
            pass.Forward(flat, new float[1]);
            yield return pass.Outputs[0];
        }
    }
}
