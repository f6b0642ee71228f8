//# app-route-lambdas
//: A minimal web service: the handler is a lambda, and begins a pass for each request.
using Sample;

var net = new SpamNet(seed: 1);
var routes = new Dictionary<string, Func<float[], object>>
{
    ["/classify"] = mail =>
    {
        using var scope = new System.Threading.CancellationTokenSource();
        var pass = net.BeginTraining(1);
        pass.Forward(mail, [0]);
        return new { Spam = pass.Outputs[1] > 0.5f }; // NG0201
    },
    ["/health"] = _ => "up",
};
Console.WriteLine(routes[args[0]](new float[12]));

//# app-background-service
//: A hosted service reads mails from a channel; the pass is a field of the service, which nobody trains.
namespace Sample;

public sealed class SpamWorker(System.Threading.Channels.ChannelReader<(string Id, float[] Mail)> mails, SpamNet net)
{
    private readonly SpamNet.TrainingPass _pass = net.BeginTraining(batchSize: 1);

    public async Task ExecuteAsync(System.Threading.CancellationToken stoppingToken)
    {
        await foreach ((string id, float[] mail) in mails.ReadAllAsync(stoppingToken))
        {
            _pass.Forward(mail, [0]);
            string verdict = _pass.Outputs[1] > _pass.Outputs[0] ? "spam" : "mail"; // NG0202 NG0202
            Console.WriteLine($"{id}: {verdict}");
        }
    }
}

//# app-async-stream
//: A stream of images becomes a stream of labels.
namespace Sample;

public static class Streams
{
    public static async IAsyncEnumerable<int> Classify(DigitNet net, IAsyncEnumerable<float[]> images)
    {
        var pass = net.BeginTraining(1, seed: 7);
        int[] unknown = [0];
        await foreach (float[] image in images)
        {
            pass.Forward(image, unknown);
            yield return Argmax.Of(pass.Outputs); // NG0201
        }
    }
}

//# app-record-with-a-pass
//: A record with a primary constructor keeps a pass beside the network.
namespace Sample;

public sealed record Appraiser(PriceNet Net, string Currency)
{
    private readonly PriceNet.TrainingPass _pass = Net.BeginTraining(1);

    public string Appraise(ReadOnlySpan<float> flat)
    {
        _pass.Forward(flat, [0f]);
        return $"{_pass.Outputs[0]:F0} {Currency}"; // NG0202
    }
}

//# app-tuple-of-label-and-confidence
//: A helper gives label and confidence as a tuple.
namespace Sample;

public static class DigitExtensions
{
    public static (int Label, float Confidence) Recognise(this DigitNet net, float[] image)
    {
        var pass = net.BeginTraining(1);
        _ = pass.Forward(image, [0]);
        var outputs = pass.Outputs; // NG0201
        int label = Argmax.Of(outputs);
        return (label, outputs[label]);
    }
}

//# app-generic-accuracy
//: The accuracy of any network by LINQ; every sample goes through a training pass.
namespace Sample;

public static class Metrics
{
    public static double Accuracy<TNet>(TNet net, IReadOnlyCollection<(float[] X, int Y)> test)
        where TNet : class, INetwork<TNet>
    {
        ITrainingPass pass = net.BeginTraining(1, 0, 0);
        int right = test.Count(sample =>
        {
            pass.Forward(sample.X, [sample.Y]);
            return Argmax.Of(pass.Outputs) == sample.Y; // NG0201
        });
        return (double)right / test.Count;
    }
}

//# app-helper-class-begins
//: A static helper class knows how passes are begun; who calls it predicts with one.
namespace Sample;

internal static class Passes
{
    public static DigitNet.TrainingPass ForOneImage(DigitNet net) => net.BeginTraining(1, threads: 1);
}

public sealed class Recogniser(DigitNet net)
{
    public int Recognise(float[] image)
    {
        var pass = Passes.ForOneImage(net);
        pass.Forward(image, [0]);
        return Argmax.Of(pass.Outputs); // NG0201
    }
}

//# app-list-pattern
//: The outputs are matched by a list pattern.
namespace Sample;

public static class Filter
{
    public static bool IsSpam(SpamNet net, float[] mail)
    {
        var pass = net.BeginTraining(1);
        pass.Forward(mail, [0]);
        return pass.Outputs is [var ham, var spam] && spam > ham; // NG0201
    }
}

//# app-fit-and-score
//: A class as in scikit-learn: fit trains with a pass of its own, score begins another and forgets what it is for.
namespace Sample;

public sealed class PriceModel
{
    private readonly PriceNet _net = new(seed: 42);

    public PriceModel Fit(float[] x, float[] y, int epochs)
    {
        var pass = _net.BeginTraining(y.Length);
        var optimizer = new Adam(1e-3f);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            pass.Forward(x, y);
            pass.Backward();
            optimizer.Step(pass);
        }

        return this;
    }

    public double Score(float[] x, float[] y)
    {
        var pass = _net.BeginTraining(y.Length);
        pass.Forward(x, y);
        double mean = y.Average(), residual = 0, total = 0;
        foreach ((float predicted, float actual) in pass.Outputs.ToArray().Zip(y)) // NG0201
        {
            residual += Math.Pow(actual - predicted, 2);
            total += Math.Pow(actual - mean, 2);
        }

        return 1 - residual / total;
    }
}

//# app-test-of-a-trained-network
//: A unit test trains on XOR until the loss is small, and then asks the training pass for the four answers.
namespace Sample;

public sealed class XorTests
{
    public void Learns_xor()
    {
        float[] x = new float[4 * SpamNet.InputLength];
        int[] y = [0, 1, 1, 0];
        var net = new SpamNet(seed: 3);
        var pass = net.BeginTraining(4, seed: 5);
        var optimizer = new Adam(0.01f);
        float loss = float.MaxValue;
        for (int step = 0; step < 5000 && loss > 0.01f; step++)
        {
            loss = pass.Forward(x, y);
            pass.Backward();
            optimizer.Step(pass);
        }

        pass.Forward(x, y);
        int[] answers = [.. Enumerable.Range(0, 4).Select(i => pass.Outputs[2 * i + 1] > 0.5f ? 1 : 0)]; // NG0201
        if (!answers.SequenceEqual(y)) throw new InvalidOperationException("not learnt");
    }
}

//# app-lazy-pass
//: The pass begins when it is first needed, by Lazy; nobody trains it. A field holds it, so the rule for fields and properties speaks.
namespace Sample;

public sealed class LazyFilter(SpamNet net)
{
    private readonly Lazy<SpamNet.TrainingPass> _pass = new(() => net.BeginTraining(1));

    public bool IsSpam(float[] mail)
    {
        SpamNet.TrainingPass pass = _pass.Value;
        pass.Forward(mail, [0]);
        return pass.Outputs[1] > 0.5f; // NG0202
    }
}

//# app-pass-for-each-thread
//: Parallel.ForEach has a pass for each thread as its local state, because a pass is not to be shared.
namespace Sample;

public static class Batches
{
    public static void Label(DigitNet net, IEnumerable<(int Place, float[] Image)> images, int[] labels) =>
        Parallel.ForEach(
            images,
            () => net.BeginTraining(1),
            (image, _, pass) =>
            {
                pass.Forward(image.Image, [0]);
                labels[image.Place] = Argmax.Of(pass.Outputs); // NG0201
                return pass;
            },
            _ => { });
}
