using NetGen;
using NetGen.Data;

string path = Path.Combine(AppContext.BaseDirectory, "sums.csv");
File.WriteAllLines(path, ["a,b,sum", .. Enumerable.Range(0, 64).Select(i => $"{i % 8 / 8.0},{i / 8 / 8.0},{(i % 8 + i / 8) / 8.0}")]);
CsvTable table = CsvTable.FromTargets(path, targets: ["sum"]);

var net = new SumNet(seed: 1);
net.Fit(table.Data, new FitOptions { Epochs = 200, BatchSize = 16, Optimizer = new Adam(0.02f) });
EvaluationResult result = net.Evaluate(table.Data, metrics: [new R2Score()]);
Console.WriteLine($"{string.Join(" + ", table.FeatureNames)}: {result}");
return result.Metrics["r2_score"] > 0.99 ? 0 : 1;

[Network]
[Input(2)]
[Dense(1)]
public partial class SumNet;
