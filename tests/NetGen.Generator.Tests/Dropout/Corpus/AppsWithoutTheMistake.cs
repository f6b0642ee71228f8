//# app-routes-predict-and-learn
//: One route predicts; the other learns from a correction and answers with what the network thought of it before.
using Sample;

var net = new SpamNet(seed: 1);
var optimizer = new Adam(1e-3f);
var routes = new Dictionary<string, Func<float[], float>>
{
    ["/classify"] = mail =>
    {
        var scores = new float[2];
        net.Predict(mail, scores);
        return scores[1];
    },
    ["/correct"] = mail =>
    {
        var pass = net.BeginTraining(1);
        pass.Forward(mail, [1]);
        float before = pass.Outputs[1];
        pass.Backward();
        optimizer.Step(pass);
        return before;
    },
};
Console.WriteLine(routes[args[0]](new float[12]));

//# app-online-learner
//: A record learns from each sample and reports the error that it made; Forward, outputs and Backward are one step.
namespace Sample;

public sealed record OnlineLearner(PriceNet Net, Optimizer Optimizer)
{
    private readonly PriceNet.TrainingPass _pass = Net.BeginTraining(1);

    public (float Predicted, float Error) Learn(float[] flat, float price)
    {
        _pass.Forward(flat, [price]);
        float predicted = _pass.Outputs[0];
        _pass.Backward();
        Optimizer.Step(_pass);
        return (predicted, price - predicted);
    }
}

//# app-stream-of-draws
//: An endless stream of draws for one image; the caller stops when the mean is sure enough.
namespace Sample;

public static class Draws
{
    public static async IAsyncEnumerable<float[]> Of(DigitNet net, float[] image)
    {
        var pass = net.BeginTraining(1);
        while (true)
        {
            pass.Forward(image, [0]);
            yield return pass.Outputs.ToArray();
            await Task.Yield();
        }
    }
}

//# app-test-that-dropout-is-active
//: A test of dropout itself: two passes through the same network with the same image must differ.
namespace Sample;

public sealed class DropoutTests
{
    public void Two_forward_passes_differ()
    {
        var net = new DigitNet(seed: 1);
        var image = new float[DigitNet.InputLength];
        Array.Fill(image, 1f);
        var pass = net.BeginTraining(1, seed: 9);
        pass.Forward(image, [0]);
        float[] first = pass.Outputs.ToArray();
        pass.Forward(image, [0]);
        float[] second = pass.Outputs.ToArray();
        if (first.SequenceEqual(second)) throw new InvalidOperationException("nothing was dropped");
    }
}

//# app-generic-trainer-with-metrics
//: A generic trainer counts hits while it trains.
namespace Sample;

public sealed class Trainer<TNet>(TNet net, Optimizer optimizer) where TNet : class, INetwork<TNet>
{
    public IEnumerable<double> Run(IReadOnlyList<(float[] X, int[] Y)> batches, int epochs)
    {
        ITrainingPass pass = net.BeginTraining(batches.Max(batch => batch.Y.Length), 0, 0);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            int right = 0, count = 0;
            foreach ((float[] x, int[] y) in batches)
            {
                pass.Forward(x, y);
                for (int i = 0; i < y.Length; i++, count++)
                    right += Argmax.Of(pass.Outputs.Slice(i * TNet.OutputLength, TNet.OutputLength)) == y[i] ? 1 : 0;
                pass.Backward();
                optimizer.Step(pass);
            }

            yield return (double)right / count;
        }
    }
}

//# app-metric-of-a-given-pass
//: A metric looks at the pass of whoever trains.
namespace Sample;

public static class PassExtensions
{
    public static float Highest(this ITrainingPass pass)
    {
        float highest = float.MinValue;
        foreach (float output in pass.Outputs) highest = Math.Max(highest, output);
        return highest;
    }
}

//# app-factory-for-training
//: A factory method begins the pass that is trained; its outputs are watched step by step.
namespace Sample;

public sealed class Session(DigitNet net, Optimizer optimizer)
{
    public void Run(float[] x, int[] y)
    {
        using var timer = new System.Threading.PeriodicTimer(TimeSpan.FromSeconds(1));
        var pass = Begin(y.Length);
        for (int step = 0; step < 100; step++)
        {
            float loss = pass.Forward(x, y);
            Console.WriteLine($"{loss} {pass.Outputs[0]}");
            pass.Backward();
            optimizer.Step(pass);
        }
    }

    private DigitNet.TrainingPass Begin(int batch)
    {
        return net.BeginTraining(batch, seed: 3);
    }
}

//# app-factory-that-keeps-it
//: The method that gives the pass keeps it, so that another method can train what this one has computed.
namespace Sample;

public sealed class Tutor(PriceNet net, Optimizer optimizer)
{
    private PriceNet.TrainingPass? _current;

    public float Ask(float[] flat, float price)
    {
        var pass = Current();
        pass.Forward(flat, [price]);
        return pass.Outputs[0];
    }

    public void Correct()
    {
        Current().Backward();
        optimizer.Step(Current());
    }

    private PriceNet.TrainingPass Current() => _current ??= net.BeginTraining(1);
}

//# app-session-for-each-user
//: Each user has a pass in a dictionary; answering and learning are two calls.
namespace Sample;

public sealed class Sessions(SpamNet net, Optimizer optimizer)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, SpamNet.TrainingPass> _passes = new();

    public float Answer(Guid user, float[] mail)
    {
        SpamNet.TrainingPass pass = _passes.GetOrAdd(user, _ => net.BeginTraining(1));
        pass.Forward(mail, [0]);
        return pass.Outputs[1];
    }

    public void WasWrong(Guid user)
    {
        if (!_passes.TryRemove(user, out SpamNet.TrainingPass? pass)) return;
        pass.Backward();
        optimizer.Step(pass);
    }
}

//# app-mode-of-the-request
//: The request says whether it wants the mean network or a thinned one.
namespace Sample;

public sealed record Request(float[] Flat, bool WantsNoise);

public sealed class PriceHandler(PriceNet net)
{
    public float Handle(Request request)
    {
        switch (request)
        {
            case { WantsNoise: true, Flat: var noisy }:
                var pass = net.BeginTraining(1);
                pass.Forward(noisy, [0f]);
                return pass.Outputs[0];
            case { Flat: [> 0, ..] flat }:
                var price = new float[1];
                net.Predict(flat, price);
                return price[0];
            default:
                return 0;
        }
    }
}

//# app-ensemble-by-query
//: A query over seeds: each seed gives another thinned network, and the answers vote.
namespace Sample;

public static class Ensemble
{
    public static int Vote(DigitNet net, float[] image, int members)
    {
        var votes =
            from seed in Enumerable.Range(0, members)
            let label = Draw(net, image, (ulong)seed)
            group label by label into same
            orderby same.Count() descending
            select same.Key;
        return votes.First();
    }

    private static int Draw(DigitNet net, float[] image, ulong seed)
    {
        var pass = net.BeginTraining(1, seed);
        pass.Forward(image, [0]);
        return Argmax.Of(pass.Outputs);
    }
}

//# app-tuple-hands-the-pass-on
//: The first batch is looked at, and the pass goes on to whoever trains, in a tuple.
namespace Sample;

public static class Warmup
{
    public static (ITrainingPass Pass, float First) Begin(PriceNet net, float[] x, float[] y)
    {
        var pass = net.BeginTraining(y.Length);
        pass.Forward(x, y);
        return (pass, pass.Outputs[0]);
    }
}
