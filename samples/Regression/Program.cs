using NetGen;
using NetGen.Data;
using Regression;
using static System.FormattableString;

const int Rows = 2000;
const double LeastR2 = 0.99;

// The table, by the names of its columns: the network gets them in this order, wherever they are in the file.
string path = Path.Combine(AppContext.BaseDirectory, "stops.csv");
StopTable.Write(path, Rows, seed: 1);
CsvTable table = CsvTable.FromTargets(path, [StopTable.Target], new CsvOptions { Features = StopTable.Features });
Console.WriteLine($"{path}: {table.Data}");
Console.WriteLine($"{string.Join(", ", table.FeatureNames)} -> {string.Join(", ", table.TargetNames)}");

// 70 % to learn from, 15 % to stop in time, 15 % for the test.
(Dataset train, Dataset rest) = table.Data.Split(0.7, seed: 1);
(Dataset validation, Dataset test) = rest.Split(0.5, seed: 2);

// The scales come from the training samples alone.
Standardization inputScale = Standardization.Of(train);
Standardization targetScale = Standardization.OfTargets(train);

var net = new StopNet(seed: 1);
var mae = new MeanAbsoluteError();
var rmse = new RootMeanSquaredError();
var r2 = new R2Score();
var stopping = new EarlyStopping("val_loss") { Patience = 60 };
var options = new FitOptions
{
    Epochs = 1000,
    BatchSize = 32,
    Optimizer = new Adam(1e-2f),
    Validation = Scaled(validation),
    Callbacks = [stopping, new ReduceLearningRateOnPlateau("val_loss") { Factor = 0.5, Patience = 20 }],
    Seed = 1,
};
TrainingHistory history = net.Fit(Scaled(train), options);

var curve = new TextPlot("epoch", "root of the loss in metres: t training, v validation", logarithmic: true);
foreach (EpochResult epoch in history)
{
    curve.Add(epoch.Epoch, InMetres(Math.Sqrt(epoch.Loss)), 't');
    curve.Add(epoch.Epoch, InMetres(Math.Sqrt(epoch.ValidationLoss!.Value)), 'v');
}

Console.WriteLine();
Console.Write(curve);
Console.WriteLine(Invariant($"Stopped after {history.Count} epochs of {options.Epochs}: {history.StopReason}"));
Console.WriteLine(Invariant($"The learning rate fell from {history[0].LearningRate} to {history[^1].LearningRate:G2}."));

// Errors of scaled values times the deviation of the targets are errors in metres. R² has no unit.
EvaluationResult result = net.Evaluate(Scaled(test), metrics: [mae, rmse, r2]);
Console.WriteLine();
Console.WriteLine(Invariant($"On {test.Count} cars that training has not seen:"));
Console.WriteLine(Invariant($"MAE  {InMetres(result.Metrics[mae.Name]):0.00} m"));
Console.WriteLine(Invariant($"RMSE {InMetres(result.Metrics[rmse.Name]):0.00} m, of which the measurements have {StopTable.Noise:0.00} m"));
Console.WriteLine(Invariant($"R²   {result.Metrics[r2.Name]:0.0000}"));

float[] predicted = net.Predict(Scaled(test));
targetScale.Undo(predicted);
var plot = new TextPlot("measured, m", "predicted, m");
for (int i = 0; i < test.Count; i++)
    plot.Add(test.Target(i)[0], predicted[i], 'o');
Console.WriteLine();
Console.Write(plot);

// What must hold; the exit code says whether it does.
double restored = net.Evaluate(options.Validation).Loss;
string? fault =
    result.Metrics[r2.Name] < LeastR2 ? Invariant($"R² is below {LeastR2}.")
    : history.StopReason is null ? "Early stopping did not stop the training."
    : restored != stopping.Best ? Invariant($"The validation loss is {restored}, but that of the best epoch was {stopping.Best}.")
    : restored == history[^1].ValidationLoss ? "The last epoch was the best, so nothing was restored."
    : null;
if (fault is not null)
{
    Console.Error.WriteLine(fault);
    return 1;
}

Console.WriteLine();
Console.WriteLine(Invariant($"R² is at least {LeastR2}, and the network has the weights of epoch {stopping.BestEpoch}, the best, not those of epoch {history.Count}."));
return 0;

ISampleSource Scaled(Dataset data) => targetScale.ApplyToTargets(inputScale.Apply(data));

double InMetres(double scaled) => scaled * targetScale.Deviation[0];
