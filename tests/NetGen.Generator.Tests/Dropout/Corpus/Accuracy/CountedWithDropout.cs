//# script-epoch-accuracy
//: The whole program trains, shows the accuracy of each epoch and saves. Nothing ever measures the network, so the number stands for it.
using Sample;

var net = new DigitNet(seed: 1);
var pass = net.BeginTraining(1, seed: 1);
var adam = new Adam(1e-3f);
float[][] images = [new float[16], new float[16]];
int[] labels = [0, 3];
for (int epoch = 0; epoch < 10; epoch++)
{
    int correct = 0;
    for (int i = 0; i < images.Length; i++)
    {
        pass.Forward(images[i], labels.AsSpan(i, 1));
        if (Argmax.Of(pass.Outputs) == labels[i]) correct++; // NG0208
        pass.Backward();
        adam.Step(pass);
    }

    Console.WriteLine($"epoch {epoch}: accuracy {100.0 * correct / images.Length:F1} %");
}

net.Save("digits.safetensors");

//# best-checkpoint
//: The file that is kept is chosen by the accuracy with dropout, on weights that are gone by the end of the epoch.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[] images, int[] labels, string path)
    {
        var pass = net.BeginTraining(labels.Length);
        var adam = new Adam(1e-3f);
        float best = 0;
        for (int epoch = 0; epoch < 50; epoch++)
        {
            pass.Forward(images, labels);
            int correct = 0;
            for (int i = 0; i < labels.Length; i++)
                if (Argmax.Of(pass.Outputs.Slice(4 * i, 4)) == labels[i]) ++correct; // NG0208
            pass.Backward();
            adam.Step(pass);
            float accuracy = (float)correct / labels.Length;
            if (accuracy > best)
            {
                best = accuracy;
                net.Save(path);
            }
        }
    }
}

//# stop-at-enough
//: Training ends when the accuracy suffices, and the one with dropout decides.
namespace Sample;

public static class Trainer
{
    public static void Train(SpamNet net, float[][] mails, int[] labels, Optimizer optimizer)
    {
        SpamNet.TrainingPass pass = net.BeginTraining(1, seed: 3);
        while (true)
        {
            int right = 0;
            for (int i = 0; i < mails.Length; i++)
            {
                pass.Forward(mails[i], [labels[i]]);
                int said = pass.Outputs[1] > 0.5f ? 1 : 0; // NG0208
                if (said == labels[i]) right++;
                pass.Backward();
                optimizer.Step(pass);
            }

            if (right > 0.99 * mails.Length) break;
        }
    }
}

//# argmax-by-hand
//: The class is found by a loop over the outputs, the accuracy shown once at the end as the result of the training.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, Dataset train)
    {
        var pass = net.BeginTraining(1, seed: 1);
        var adam = new Adam(1e-3f);
        var input = new float[16];
        int seen = 0, correct = 0;
        for (int i = 0; i < train.Count; i++)
        {
            train.CopyInput(i, input);
            int label = train.Label(i);
            pass.Forward(input, new[] { label });
            var outputs = pass.Outputs; // NG0208
            int best = 0;
            for (int k = 1; k < outputs.Length; k++)
                if (outputs[k] > outputs[best]) best = k;
            if (best == label) correct++;
            seen++;
            pass.Backward();
            adam.Step(pass);
        }

        Console.WriteLine("Accuracy: " + (double)correct / seen);
    }
}

//# error-rate
//: What is counted is wrong answers; an error rate is an accuracy.
namespace Sample;

public static class Trainer
{
    public static void Train(SpamNet net, float[] mails, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(labels.Length);
        for (int step = 0; step < 100; step++)
        {
            pass.Forward(mails, labels);
            pass.Backward();
            optimizer.Step(pass);
            int wrong = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                bool spam = pass.Outputs[2 * i + 1] > 0.5f; // NG0208
                if (spam != (labels[i] == 1)) wrong += 1;
            }

            Console.WriteLine("errors: {0} of {1}", wrong, labels.Length);
        }
    }
}

//# added-as-zero-or-one
//: The hit is added as 0 or 1, as sum() does it in PyTorch.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, IEnumerable<(float[] Image, int Digit)> data, System.IO.TextWriter log)
    {
        var pass = net.BeginTraining(1);
        var sgd = new Sgd(0.1f);
        float hits = 0, count = 0;
        foreach ((float[] image, int digit) in data)
        {
            float loss = pass.Forward(image, stackalloc int[] { digit });
            hits += ArgMax(pass.Outputs) == digit ? 1 : 0; // NG0208
            count++;
            pass.Backward();
            sgd.Step(pass);
            log.WriteLine($"loss {loss}, accuracy {hits / count}");
        }
    }

    private static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}

//# confidence-in-the-label
//: Counted is how often the label's probability is above one half.
namespace Sample;

public sealed class Learner(SpamNet net, Optimizer optimizer)
{
    public async Task LearnAsync(IAsyncEnumerable<(float[] Mail, int Label)> mails, Action<string> report)
    {
        var pass = net.BeginTraining(1);
        int learnt = 0, right = 0;
        await foreach ((float[] mail, int label) in mails)
        {
            Step(mail, label);
            if (learnt % 100 == 0) report($"{learnt} mails, {100 * right / learnt} % right");
        }

        void Step(float[] mail, int label)
        {
            int[] labels = [label];
            pass.Forward(mail, labels);
            if (pass.Outputs[label] > 0.5f) right++; // NG0208
            pass.Backward();
            optimizer.Step(pass);
            learnt++;
        }
    }
}

//# any-network
//: Code for any network counts the same way; a network without dropout is not excluded.
namespace Sample;

public static class Trainer
{
    public static void Train(INetwork network, float[] inputs, int[] classes, Optimizer optimizer)
    {
        int outputs = network.Summary.OutputLength;
        ITrainingPass pass = network.BeginTraining(classes.Length, 1, 0);
        for (int epoch = 0; epoch < 100; epoch++)
        {
            float loss = pass.Forward(inputs, classes);
            pass.Backward();
            optimizer.Step(pass);
            int correct = 0;
            for (int i = 0; i < classes.Length; i++)
            {
                int found = Argmax.Of(pass.Outputs.Slice(i * outputs, outputs)); // NG0208
                correct += Convert.ToInt32(found == classes[i]);
            }

            Console.WriteLine($"{epoch} {loss} {correct}/{classes.Length}");
        }
    }
}

//# labels-of-the-batch
//: The labels are gathered for each batch, and the hits compared with what was gathered.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, Dataset train, int[] order)
    {
        const int size = 8;
        var pass = net.BeginTraining(size, seed: 7);
        var adam = new Adam(1e-3f);
        float[] inputs = new float[size * 16];
        int[] labels = new int[size];
        int correct = 0;
        for (int start = 0; start + size <= order.Length; start += size)
        {
            for (int k = 0; k < size; k++)
            {
                train.CopyInput(order[start + k], inputs.AsSpan(16 * k, 16));
                labels[k] = train.Label(order[start + k]);
            }

            pass.Forward(inputs, labels);
            for (int k = 0; k < size; k++)
            {
                ReadOnlySpan<float> probabilities = pass.Outputs.Slice(4 * k, 4); // NG0208
                bool hit = Argmax.Of(probabilities) == labels[k];
                if (hit)
                {
                    correct++;
                }
            }

            pass.Backward();
            adam.Step(pass);
        }

        double accuracy = correct / (double)order.Length;
        Console.WriteLine(accuracy);
    }
}

//# within-tolerance
//: A regression's accuracy: how many prices come close enough.
namespace Sample;

public static class Trainer
{
    public static void Train(PriceNet net, float[] flats, float[] prices)
    {
        var pass = net.BeginTraining(prices.Length);
        var adam = new Adam(1e-2f);
        for (int epoch = 0; epoch < 200; epoch++)
        {
            pass.Forward(flats, prices);
            int close = 0;
            for (int i = 0; i < prices.Length; i++)
                if (MathF.Abs(pass.Outputs[i] - prices[i]) < 0.05f * prices[i]) close++; // NG0208
            pass.Backward();
            adam.Step(pass);
            if (epoch % 20 == 0) Console.WriteLine($"{close} of {prices.Length} within 5 %");
        }
    }
}
