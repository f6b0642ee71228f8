using System.Globalization;
using Consumer;
using NetGen;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
int[] labels = [0, 1, 1, 0];
Dataset data = Dataset.FromLabels(inputs, XorNet.InputLength, labels);

XorNet net = new(seed: 1);
_ = net.Fit(data, new FitOptions { Epochs = 500, BatchSize = 4, Optimizer = new Adam(0.02f), Seed = 3 });
Console.WriteLine(XorNet.Summary);
Console.WriteLine(net.Evaluate(data));

string path = Path.Combine(AppContext.BaseDirectory, "xor.safetensors");
net.Save(path);
XorNet loaded = XorNet.Load(path);

int wrong = 0;
float[] probabilities = new float[4 * XorNet.OutputLength];
loaded.Predict(inputs, probabilities);
for (int i = 0; i < 4; i++)
{
    int answer = net.Classify(data.Input(i));
    string line = string.Create(
        CultureInfo.InvariantCulture,
        $"{inputs[2 * i]} xor {inputs[(2 * i) + 1]} = {answer}, probability of 1: {probabilities[(2 * i) + 1]:F3}");
    Console.WriteLine(line);
    bool agrees = answer == labels[i] && probabilities[(2 * i) + labels[i]] > 0.8f;
    wrong += agrees ? 0 : 1;
}

return wrong;
