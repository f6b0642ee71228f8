//# beside-the-validation
//: Training and validation accuracy stand side by side, as in most PyTorch programs: whoever measures the network knows both.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[] images, int[] labels, Dataset validation)
    {
        var pass = net.BeginTraining(labels.Length);
        var adam = new Adam(1e-3f);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            pass.Forward(images, labels);
            int correct = 0;
            for (int i = 0; i < labels.Length; i++)
                if (Argmax.Of(pass.Outputs.Slice(4 * i, 4)) == labels[i]) correct++;
            pass.Backward();
            adam.Step(pass);
            Console.WriteLine($"{epoch}: {(float)correct / labels.Length} {net.Evaluate(validation).Accuracy}");
        }
    }
}

//# train-and-test-are-two-methods
//: train() shows a running accuracy, test() measures the network: the two functions of every tutorial.
namespace Sample;

public static class Program
{
    public static void Train(DigitNet net, float[][] images, int[] labels)
    {
        var pass = net.BeginTraining(1);
        var adam = new Adam(1e-3f);
        int correct = 0;
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) == labels[i]) correct++;
            pass.Backward();
            adam.Step(pass);
            if (i % 100 == 99) Console.WriteLine($"{correct} of {i + 1}");
        }
    }

    public static void Test(DigitNet net, float[][] images, int[] labels)
    {
        int correct = images.Zip(labels).Count(pair => net.Classify(pair.First) == pair.Second);
        Console.WriteLine($"accuracy {(double)correct / images.Length}");
    }
}

//# trains-on-mistakes
//: The hit decides whether a step is made; the number shown is how many steps that were.
namespace Sample;

public static class Perceptron
{
    public static void Epoch(SpamNet net, float[][] mails, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1, seed: 1);
        int steps = 0;
        for (int i = 0; i < mails.Length; i++)
        {
            pass.Forward(mails[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) != labels[i])
            {
                steps++;
                pass.Backward();
                optimizer.Step(pass);
            }
        }

        Console.WriteLine($"{steps} steps");
    }
}

//# hits-are-passed-over
//: The same with continue.
namespace Sample;

public static class Perceptron
{
    public static void Epoch(SpamNet net, float[][] mails, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1, seed: 1);
        int easy = 0;
        for (int i = 0; i < mails.Length; i++)
        {
            pass.Forward(mails[i], labels.AsSpan(i, 1));
            bool right = Argmax.Of(pass.Outputs) == labels[i];
            if (right)
            {
                easy++;
                continue;
            }

            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"{easy} passed over");
    }
}

//# one-epoch-returns-its-accuracy
//: train_one_epoch returns loss and accuracy; what the caller calls them, and what it compares them with, is not seen here.
namespace Sample;

public static class Trainer
{
    public static (float Loss, float Accuracy) TrainOneEpoch(DigitNet net, float[][] images, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1);
        float loss = 0;
        int correct = 0;
        for (int i = 0; i < images.Length; i++)
        {
            loss += pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) == labels[i]) correct++;
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"{correct} hits");
        return (loss / images.Length, (float)correct / images.Length);
    }
}

//# kept-for-a-curve
//: The accuracy of each epoch goes into a list, to be drawn as the curve of the training.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[] images, int[] labels, List<float> curve)
    {
        var pass = net.BeginTraining(labels.Length);
        var adam = new Adam(1e-3f);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            pass.Forward(images, labels);
            int correct = 0;
            for (int i = 0; i < labels.Length; i++)
                if (Argmax.Of(pass.Outputs.Slice(4 * i, 4)) == labels[i]) correct++;
            pass.Backward();
            adam.Step(pass);
            float accuracy = (float)correct / labels.Length;
            curve.Add(accuracy);
            Console.WriteLine(accuracy);
        }
    }
}

//# no-labels-in-it
//: Counted is how often one class is chosen, whatever is right: it shows whether the network has collapsed to one answer.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[][] images, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1);
        int zeros = 0;
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) == 0) zeros++;
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"{zeros} of {images.Length} times zero");
    }
}

//# nothing-is-dropped
//: Without dropout, outputs while training are those of the network of that moment.
namespace Sample;

public static class Trainer
{
    public static void Train(PlainNet net, float[][] images, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1);
        int correct = 0;
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) == labels[i]) correct++;
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"accuracy {(double)correct / images.Length}");
    }
}

//# an-evaluator-has-the-network
//: The network is handed to something that may measure it.
namespace Sample;

public interface IEvaluator
{
    void Show(INetwork network);
}

public static class Trainer
{
    public static void Train(DigitNet net, float[] images, int[] labels, IEvaluator evaluator)
    {
        var pass = net.BeginTraining(labels.Length);
        var adam = new Adam(1e-3f);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            pass.Forward(images, labels);
            int correct = 0;
            for (int i = 0; i < labels.Length; i++)
                if (Argmax.Of(pass.Outputs.Slice(4 * i, 4)) == labels[i]) correct++;
            pass.Backward();
            adam.Step(pass);
            Console.WriteLine($"{epoch}: {correct} of {labels.Length}");
            evaluator.Show(net);
        }
    }
}

//# the-loss-by-hand
//: A loss is summed up by hand and shown. The loss of a training is that with dropout in every framework.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[][] images, int[] labels, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1);
        float loss = 0;
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            loss -= MathF.Log(pass.Outputs[labels[i]]);
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"loss {loss / images.Length}");
    }
}

//# hard-samples
//: Which samples were wrong is kept to show them more often; nothing is counted.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[][] images, int[] labels, Queue<int> again, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1);
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) != labels[i]) again.Enqueue(i);
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"{again.Count} to be shown again");
    }
}

//# mode-by-flag
//: One method for both modes: whether a step is made is chosen by the caller, who is told the accuracy of either.
namespace Sample;

public static class Trainer
{
    public static void Run(DigitNet net, float[][] images, int[] labels, Optimizer? optimizer)
    {
        var pass = net.BeginTraining(1);
        int correct = 0;
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) == labels[i]) correct++;
            if (optimizer is not null)
            {
                pass.Backward();
                optimizer.Step(pass);
            }
        }

        Console.WriteLine($"{correct} of {images.Length}");
    }
}

//# fooled-by-a-gradient
//: An attack by gradients counts how many images were wrong before it; nothing is trained.
namespace Sample;

public static class Attack
{
    public static void Run(DigitNet net, float[][] images, int[] labels)
    {
        var pass = net.BeginTraining(1);
        int wrong = 0;
        float[] gradients = new float[16];
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) != labels[i]) wrong++;
            pass.InputGradients(gradients);
            for (int k = 0; k < 16; k++) images[i][k] += 0.1f * MathF.Sign(gradients[k]);
        }

        Console.WriteLine($"{wrong} wrong before the attack");
    }
}

//# test-set-through-the-pass
//: A test set goes through the training pass without any Backward: that is NG0201's, and reported once.
namespace Sample;

public static class Trainer
{
    public static void Test(DigitNet net, float[] images, int[] labels)
    {
        var pass = net.BeginTraining(labels.Length);
        pass.Forward(images, labels);
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
            if (Argmax.Of(pass.Outputs.Slice(4 * i, 4)) == labels[i]) correct++; // NG0201
        Console.WriteLine($"accuracy {(double)correct / labels.Length}");
    }
}

//# given-pass
//: Who gives the pass has the network, and this method has not.
namespace Sample;

public static class Steps
{
    public static void Run(ITrainingPass pass, float[][] images, int[] labels, Optimizer optimizer)
    {
        int correct = 0;
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            if (Argmax.Of(pass.Outputs) == labels[i]) correct++;
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine($"{correct} of {images.Length}");
    }
}

//# counted-elsewhere
//: A meter gets each hit; what it makes of them is not seen here.
namespace Sample;

public sealed class Meter
{
    public int Hits { get; private set; }

    public void Update(bool hit) => Hits += hit ? 1 : 0;
}

public static class Trainer
{
    public static void Train(DigitNet net, float[][] images, int[] labels, Meter meter, Optimizer optimizer)
    {
        var pass = net.BeginTraining(1);
        for (int i = 0; i < images.Length; i++)
        {
            pass.Forward(images[i], labels.AsSpan(i, 1));
            meter.Update(Argmax.Of(pass.Outputs) == labels[i]);
            pass.Backward();
            optimizer.Step(pass);
        }

        Console.WriteLine(meter.Hits);
    }
}

//# weights-by-hit
//: The hits of a batch set the rate of the next step: they steer the training and are not shown.
namespace Sample;

public static class Trainer
{
    public static void Train(DigitNet net, float[] images, int[] labels)
    {
        var pass = net.BeginTraining(labels.Length);
        for (int step = 0; step < 50; step++)
        {
            pass.Forward(images, labels);
            int correct = 0;
            for (int i = 0; i < labels.Length; i++)
                if (Argmax.Of(pass.Outputs.Slice(4 * i, 4)) == labels[i]) correct++;
            pass.Backward();
            var sgd = new Sgd(0.1f * (1 - (float)correct / labels.Length) + 0.001f);
            sgd.Step(pass);
        }
    }
}
