//# script-one-sample
//: The whole program: one image, classified by the pass.
using Sample;

var net = DigitNet.Load(args[0]);
var image = new float[DigitNet.InputLength];
Random.Shared.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(image.AsSpan()));
var pass = net.BeginTraining(1);
pass.Forward(image, new int[1]);
var scores = pass.Outputs; // NG0201
int best = 0;
for (int i = 1; i < scores.Length; i++)
    if (scores[i] > scores[best]) best = i;
Console.WriteLine($"It is a {best}.");

//# script-accuracy-after-each-epoch
//: The pass that trains also counts the hits on the test set; after the test samples no Backward follows before the next batch.
using Sample;

float[] images = new float[100 * 16], testImages = new float[20 * 16];
int[] labels = new int[100], testLabels = new int[20];
var net = new DigitNet(seed: 1);
var optimizer = new Adam(1e-3f);
var pass = net.BeginTraining(batchSize: 20, seed: 3);
for (int epoch = 0; epoch < 10; epoch++)
{
    float loss = 0;
    for (int first = 0; first < 100; first += 20)
    {
        loss += pass.Forward(images.AsSpan(first * 16, 20 * 16), labels.AsSpan(first, 20));
        pass.Backward();
        optimizer.Step(pass);
    }

    pass.Forward(testImages, testLabels);
    int hits = 0;
    for (int i = 0; i < 20; i++)
    {
        var row = pass.Outputs.Slice(i * 4, 4); // NG0201
        int best = 0;
        for (int k = 1; k < 4; k++)
            if (row[k] > row[best]) best = k;
        if (best == testLabels[i]) hits++;
    }

    Console.WriteLine($"epoch {epoch}: loss {loss}, test accuracy {hits / 20f:P0}");
}

//# script-probe-after-each-epoch
//: The same probe is looked at after every epoch to see it get better. The parameters change in between, so nothing is sampled.
using Sample;

var net = new PriceNet(seed: 1);
var pass = net.BeginTraining(32);
var sgd = new Sgd(0.01f);
float[] x = new float[32 * 6], y = new float[32], probe = [1, 2, 3, 4, 5, 6], probeTarget = [7];
for (int epoch = 0; epoch < 100; epoch++)
{
    pass.Forward(x, y);
    pass.Backward();
    sgd.Step(pass);
    pass.Forward(probe, probeTarget);
    Console.WriteLine($"{epoch}: {pass.Outputs[0]}"); // NG0201
}

//# script-fit-then-test-loop
//: Fit trains rightly; then the test set goes through a new pass.
using Sample;

float[] inputs = new float[50 * 12];
int[] labels = new int[50];
Dataset all = Dataset.FromLabels(inputs, SpamNet.InputLength, labels, 2);
(Dataset train, Dataset test) = all.Split(0.8, seed: 1);
var net = new SpamNet(seed: 2);
net.Fit(train, new FitOptions { Epochs = 5 });

var pass = net.BeginTraining(1);
var sample = new float[12];
int right = 0;
for (int i = 0; i < test.Count; i++)
{
    test.CopyInput(i, sample);
    pass.Forward(sample, new[] { test.Label(i) });
    if ((pass.Outputs[1] > 0.5f ? 1 : 0) == test.Label(i)) // NG0201
        right++;
}

Console.WriteLine((float)right / test.Count);

//# script-fit-in-rounds-with-probe
//: A few epochs at a time by Fit, and in between a look at one mail through a pass. Fit changes the parameters, so it is no sampling.
using Sample;

var net = new SpamNet();
Dataset train = Dataset.FromLabels(new float[50 * 12], 12, new int[50], 2);
float[] mail = new float[12];
ITrainingPass look = net.BeginTraining(1);
for (int round = 0; round < 5; round++)
{
    net.Fit(train, new FitOptions { Epochs = 2, Seed = (ulong)round });
    look.Forward(mail, new int[1]);
    Console.WriteLine(look.Outputs[1]); // NG0201
}

//# script-whole-batch-to-file
//: All predictions of a file are written out; a batch is no different from one sample.
using Sample;

float[] rows = [.. System.IO.File.ReadLines(args[0]).SelectMany(static line => line.Split(',').Select(float.Parse))];
int count = rows.Length / PriceNet.InputLength;
var net = PriceNet.Load("prices.safetensors");
var pass = net.BeginTraining(count);
_ = pass.Forward(rows, new float[count]);
float[] predicted = pass.Outputs.ToArray(); // NG0201
System.IO.File.WriteAllLines("out.csv", predicted.Select(static p => p.ToString()));

//# script-interactive
//: A prompt that answers each line; every answer comes from another thinned network.
using Sample;

var net = SpamNet.Load("spam.safetensors");
var pass = net.BeginTraining(1);
var features = new float[SpamNet.InputLength];
while (Console.ReadLine() is { Length: > 0 } line)
{
    Array.Clear(features);
    foreach (string word in line.Split(' ')) features[Math.Abs(word.GetHashCode()) % features.Length] += 1;
    pass.Forward(features, new int[1]);
    Console.WriteLine(pass.Outputs[1] > 0.5f ? "spam" : "ham"); // NG0201
}

//# script-conditional-network
//: Either network is right, the pass is wrong for both.
using Sample;

var small = new DigitNet(1);
var large = new DigitNet(2);
var pass = args.Length > 0 ? large.BeginTraining(1) : small.BeginTraining(1);
pass.Forward(new float[16], new int[1]);
Console.WriteLine(pass.Outputs[3]); // NG0201

//# script-local-function-evaluates
//: The evaluation stands in a local function that shares the pass with the training; each has its own Forward, and only the training's reaches Backward.
using Sample;

var net = new DigitNet(seed: 1);
var pass = net.BeginTraining(10);
var optimizer = new Adam(1e-3f);
float[] x = new float[160], test = new float[160];
int[] labels = new int[10], testLabels = new int[10];
for (int epoch = 0; epoch < 20; epoch++)
{
    pass.Forward(x, labels);
    pass.Backward();
    optimizer.Step(pass);
    Console.WriteLine(Evaluate());
}

float Evaluate()
{
    pass.Forward(test, testLabels);
    float sum = 0;
    for (int i = 0; i < 10; i++) sum += pass.Outputs[i * 4 + testLabels[i]]; // NG0201
    return sum / 10;
}

//# script-training-monitor
//: The outputs of the batch that is trained on give the running accuracy; Backward follows.
using Sample;

var net = new SpamNet(seed: 5);
var pass = net.BeginTraining(8, seed: 5);
var optimizer = new RmsPropLike();
float[] x = new float[8 * 12];
int[] labels = [0, 1, 0, 1, 0, 1, 0, 1];
int hits = 0;
for (int step = 0; step < 100; step++)
{
    float loss = pass.Forward(x, labels);
    for (int i = 0; i < 8; i++)
        if (pass.Outputs[2 * i + labels[i]] > 0.5f) hits++;
    pass.Backward();
    optimizer.Update(pass.Gradients);
    if (step % 10 == 0) Console.WriteLine($"{loss} {hits}");
}

public sealed class RmsPropLike
{
    public void Update(Span<float> gradients) => gradients.Clear();
}

//# script-predict-beside-training
//: The pass trains, Predict predicts.
using Sample;

var net = new PriceNet(seed: 1);
var pass = net.BeginTraining(4);
var adam = new Adam(1e-2f);
float[] x = new float[24], y = [1, 2, 3, 4], price = new float[4];
for (int epoch = 0; epoch < 50; epoch++)
{
    pass.Forward(x, y);
    pass.Backward();
    adam.Step(pass);
    net.Predict(x, price);
    Console.WriteLine(price[0]);
}

//# script-validation-loss
//: Only the loss of the validation batch is used, which has its own meaning while training.
using Sample;

var net = new PriceNet(seed: 1);
var pass = net.BeginTraining(4);
var adam = new Adam(1e-2f);
float[] x = new float[24], y = [1, 2, 3, 4];
float best = float.MaxValue;
for (int epoch = 0; epoch < 50; epoch++)
{
    pass.Forward(x, y);
    pass.Backward();
    adam.Step(pass);
    best = Math.Min(best, pass.Forward(x, y));
}

Console.WriteLine(best);

//# script-no-dropout
//: The network drops nothing, so the outputs are those of Predict.
using Sample;

var net = PlainNet.Load("plain.safetensors");
var pass = net.BeginTraining(1);
pass.Forward(new float[16], new int[1]);
Console.WriteLine(pass.Outputs[0]);
