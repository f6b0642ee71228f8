//# test-handler-chooses
//: A request says whether it wants the spread; the other requests are predicted.
namespace Sample;

public static class Endpoint
{
    public static float[] Answer(DigitNet net, float[] image, bool noisy)
    {
        var scores = new float[4];
        if (noisy)
        {
            var pass = net.BeginTraining(1);
            pass.Forward(image, new int[1]);
            pass.Outputs.CopyTo(scores);
            return scores;
        }

        net.Predict(image, scores);
        return scores;
    }
}

//# test-classify-in-the-other-branch
//: Classify predicts as well as Predict does.
namespace Sample;

public static class Endpoint
{
    public static int Answer(SpamNet net, float[] mail, bool noisy)
    {
        if (!noisy) return net.Classify(mail);
        var pass = net.BeginTraining(1);
        pass.Forward(mail, new int[1]);
        return pass.Outputs[1] > 0.5f ? 1 : 0;
    }
}

//# test-outputs-while-training-through-alias
//: The span is taken once and looked at after each step; every Forward that it shows is followed by Backward.
namespace Sample;

public static class Monitor
{
    public static void Run(PriceNet net, float[] x, float[] y, Optimizer optimizer)
    {
        var pass = net.BeginTraining(y.Length);
        pass.Forward(x, y);
        ReadOnlySpan<float> outputs = pass.Outputs;
        for (int step = 0; step < 10; step++)
        {
            pass.Forward(x, y);
            Console.WriteLine(outputs[0]);
            pass.Backward();
            optimizer.Step(pass);
        }
    }
}

//# console-demo-of-both
//: A demonstration prints what dropout does beside the prediction; it says so, but a reader of the code would not rely on it.
namespace Sample;

public static class Demo
{
    public static void Show(PriceNet net, float[] flat)
    {
        var price = new float[1];
        net.Predict(flat, price);
        var pass = net.BeginTraining(1);
        pass.Forward(flat, new float[1]);
        Console.WriteLine($"with dropout {pass.Outputs[0]}, without {price[0]}"); // NG0201
    }
}

//# array-of-samples-by-foreach
//: One answer for each sample, collected in a list.
namespace Sample;

public static class Batch
{
    public static List<float> Prices(PriceNet net, IEnumerable<float[]> flats)
    {
        List<float> prices = [];
        using IEnumerator<float[]> each = flats.GetEnumerator();
        var pass = net.BeginTraining(1);
        while (each.MoveNext())
        {
            pass.Forward(each.Current, new float[1]);
            prices.Add(pass.Outputs[0]); // NG0201
        }

        return prices;
    }
}

//# linq-over-samples
//: Select goes over samples, not over draws.
namespace Sample;

public static class Batch
{
    public static float[] Prices(PriceNet net, IEnumerable<float[]> flats)
    {
        var pass = net.BeginTraining(1);
        return [.. flats.Select(flat =>
        {
            pass.Forward(flat, new float[1]);
            return pass.Outputs[0]; // NG0201
        })];
    }
}

//# confusion-matrix-on-two-lines
//: A batch in the constructor of a record.
namespace Sample;

public sealed record Evaluation(int Right, int Wrong)
{
    public static Evaluation Of(SpamNet net, float[] mails, int[] labels)
    {
        var pass = net.BeginTraining(labels.Length); float loss = pass.Forward(mails, labels);
        Console.WriteLine(loss);
        int right = 0;
        for (int i = 0; i < labels.Length; i++) right += pass.Outputs[2 * i + labels[i]] > 0.5f ? 1 : 0; // NG0201
        return new Evaluation(right, labels.Length - right);
    }
}

//# switch-of-commands
//: A command line tool: one command trains, another predicts, both with a pass of their own.
namespace Sample;

public static class Tool
{
    public static void Run(string command, PriceNet net, float[] x, float[] y)
    {
        switch (command)
        {
            case "train":
                var training = net.BeginTraining(y.Length);
                training.Forward(x, y);
                training.Backward();
                new Adam(1e-3f).Step(training);
                break;
            case "predict":
                var pass = net.BeginTraining(y.Length);
                pass.Forward(x, y);
                foreach (float price in pass.Outputs) Console.WriteLine(price); // NG0201
                break;
        }
    }
}

//# embeddings-for-a-search
//: The outputs are kept as vectors to search in. Each vector has other units missing, so that equal images are not equal.
namespace Sample;

public sealed class Index(DigitNet net)
{
    private readonly List<(string Name, float[] Vector)> _entries = [];

    public void Add(IReadOnlyDictionary<string, float[]> images)
    {
        var pass = net.BeginTraining(1);
        foreach ((string name, float[] image) in images)
        {
            pass.Forward(image, new int[1]);
            _entries.Add((name, pass.Outputs.ToArray())); // NG0201
        }
    }

    public string Nearest(float[] vector) => _entries.MinBy(entry => entry.Vector.Zip(vector, (a, b) => (a - b) * (a - b)).Sum()).Name;
}
