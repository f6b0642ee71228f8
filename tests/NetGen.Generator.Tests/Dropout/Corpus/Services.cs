//# service-with-readonly-pass
//: A service keeps a pass as its work buffer and answers from it.
namespace Sample;

public sealed class PriceService(PriceNet net)
{
    private readonly PriceNet.TrainingPass _pass = net.BeginTraining(1);
    private readonly float[] _target = new float[1];

    public float Estimate(ReadOnlySpan<float> flat)
    {
        _pass.Forward(flat, _target);
        return _pass.Outputs[0]; // NG0202
    }
}

//# service-by-injection
//: The network comes from a container; the pass is begun in the constructor.
namespace Sample;

public interface ISpamFilter
{
    bool IsSpam(float[] mail);
}

public sealed class SpamFilter : ISpamFilter
{
    private readonly ITrainingPass _pass;
    private readonly object _gate = new();

    public SpamFilter(SpamNet net)
    {
        ArgumentNullException.ThrowIfNull(net);
        _pass = net.BeginTraining(batchSize: 1);
    }

    public bool IsSpam(float[] mail)
    {
        lock (_gate)
        {
            _pass.Forward(mail, stackalloc int[1]);
            return _pass.Outputs[1] > _pass.Outputs[0]; // NG0202 NG0202
        }
    }
}

//# service-lazy-pass
//: The pass is begun at the first request.
namespace Sample;

public sealed class DigitService(string path)
{
    private DigitNet? _net;
    private DigitNet.TrainingPass? _pass;

    public int Read(float[] image)
    {
        _net ??= DigitNet.Load(path);
        _pass ??= _net.BeginTraining(1);
        _pass.Forward(image, new int[1]);
        return Highest(_pass.Outputs); // NG0202
    }

    private static int Highest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}

//# service-handler-per-request
//: Each request begins its own pass, which is slow as well as wrong.
namespace Sample;

public sealed record Request(float[] Pixels);

public sealed record Response(int Digit, float Confidence);

public sealed class DigitHandler(DigitNet net)
{
    public Task<Response> HandleAsync(Request request)
    {
        var pass = net.BeginTraining(1, threads: 1);
        pass.Forward(request.Pixels, new int[1]);
        float[] scores = pass.Outputs.ToArray(); // NG0201
        float best = scores.Max();
        return Task.FromResult(new Response(Array.IndexOf(scores, best), best));
    }
}

//# service-async
//: The same in an async method, behind an await.
namespace Sample;

public sealed class Worker(SpamNet net)
{
    public async Task<float> ScoreAsync(Func<Task<float[]>> next)
    {
        float[] mail = await next();
        var pass = net.BeginTraining(1);
        pass.Forward(mail, new int[1]);
        float score = pass.Outputs[1]; // NG0201
        await Task.Yield();
        return score;
    }
}

//# service-background-loop
//: A background service scores mails from a queue until it is stopped.
namespace Sample;

public sealed class Scorer(SpamNet net, Queue<float[]> mails)
{
    public async Task RunAsync(System.Threading.CancellationToken stop)
    {
        var pass = net.BeginTraining(1);
        var label = new int[1];
        while (!stop.IsCancellationRequested)
        {
            if (mails.TryDequeue(out float[]? mail))
            {
                pass.Forward(mail, label);
                Console.WriteLine(pass.Outputs[1]); // NG0201
            }

            await Task.Delay(100, stop);
        }
    }
}

//# service-event-handler
//: An event handler predicts with a pass that it captures; nobody ever trains it.
namespace Sample;

public sealed class Canvas
{
    public event EventHandler? Painted;

    public float[] Pixels { get; } = new float[16];

    public void Paint() => Painted?.Invoke(this, EventArgs.Empty);
}

public static class Window
{
    public static void Open(DigitNet net, Canvas canvas)
    {
        var pass = net.BeginTraining(1);
        canvas.Painted += (_, _) =>
        {
            pass.Forward(canvas.Pixels, new int[1]);
            Console.WriteLine(pass.Outputs[0]); // NG0201
        };
    }
}

//# service-delegate-field
//: A delegate is made once and predicts with a pass of its own at each call.
namespace Sample;

public static class Models
{
    public static Func<float[], float> Load(string path)
    {
        var net = PriceNet.Load(path);
        return flat =>
        {
            using var scope = new System.IO.MemoryStream();
            var pass = net.BeginTraining(1);
            pass.Forward(flat, new float[1]);
            return pass.Outputs[0]; // NG0201
        };
    }
}

//# service-static-pass
//: A static property holds the pass of the whole process.
namespace Sample;

public static class Spam
{
    private static SpamNet.TrainingPass Pass { get; } = SpamNet.Load("spam.safetensors").BeginTraining(1);

    public static bool Is(float[] mail)
    {
        lock (Pass.Network)
        {
            Pass.Forward(mail, new int[1]);
            return Pass.Outputs[1] > 0.5f; // NG0202
        }
    }
}

//# service-base-class
//: A base class does the work for all services; the derived ones only name it.
namespace Sample;

public abstract class PricePredictor
{
    private readonly ITrainingPass _pass;

    protected PricePredictor(PriceNet net) => _pass = net.BeginTraining(16);

    public abstract string Name { get; }

    protected float[] Predict(float[] flats)
    {
        _pass.Forward(flats, new float[flats.Length / 6]);
        return _pass.Outputs.ToArray(); // NG0202
    }
}

public sealed class CityPredictor(PriceNet net) : PricePredictor(net)
{
    public override string Name => "city";

    public float[] Prices(float[] flats) => Predict(flats);
}

//# service-null-tested-pass
//: The pass is asked for with ?. after a reload may have taken it away.
namespace Sample;

public sealed class Reloading
{
    private PriceNet.TrainingPass? _pass;

    public void Reload(string path) => _pass = PriceNet.Load(path).BeginTraining(1);

    public void Unload() => _pass = null;

    public float? Estimate(float[] flat)
    {
        _pass?.Forward(flat, new float[1]);
        return _pass?.Outputs[0]; // NG0202
    }
}

//# service-pool-of-passes
//: Passes wait in a bag for requests: nobody trains them, but to see that one must follow the bag.
namespace Sample;

public sealed class Pool(SpamNet net)
{
    private readonly System.Collections.Concurrent.ConcurrentBag<SpamNet.TrainingPass> _idle = [];

    public bool IsSpam(float[] mail)
    {
        if (!_idle.TryTake(out SpamNet.TrainingPass? pass)) pass = net.BeginTraining(1);
        pass.Forward(mail, new int[1]);
        bool spam = pass.Outputs[1] > 0.5f; // NG0201
        _idle.Add(pass);
        return spam;
    }
}

//# service-route-handlers
//: Handlers of two routes share a pass that is begun when the program starts; nobody trains it.
namespace Sample;

public interface IRoutes
{
    void Map(string path, Func<float[], float[]> handler);
}

public static class Routes
{
    public static void Add(IRoutes routes, SpamNet net)
    {
        var pass = net.BeginTraining(1);
        routes.Map("/scores", mail =>
        {
            lock (pass)
            {
                pass.Forward(mail, new int[1]);
                return pass.Outputs.ToArray(); // NG0201
            }
        });
        routes.Map("/spam", mail =>
        {
            lock (pass)
            {
                pass.Forward(mail, new int[1]);
                return [pass.Outputs[1]]; // NG0201
            }
        });
    }
}

//# service-pass-for-each-customer
//: Each customer has a pass of his own in a dictionary; nobody trains them, but to see that one must follow the dictionary.
namespace Sample;

public sealed class Customers(PriceNet net)
{
    private readonly Dictionary<string, PriceNet.TrainingPass> _passes = [];

    public float Price(string customer, float[] flat)
    {
        if (!_passes.TryGetValue(customer, out var pass)) _passes[customer] = pass = net.BeginTraining(1);
        pass.Forward(flat, new float[1]);
        return pass.Outputs[0]; // NG0201
    }
}
