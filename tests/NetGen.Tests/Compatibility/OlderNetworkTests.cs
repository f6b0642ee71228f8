using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using NetGen.Tests.Data;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Compatibility;

/// <summary>
/// Networks that were compiled against an older library of this major version run on today's: what generated code uses is
/// never changed, only added to. The assembly is made by tests/fixtures/older/make.sh.
/// </summary>
public sealed class OlderNetworkTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "older");

    [Fact]
    public void GivesTheResultsOfItsOwnTime()
    {
        using var files = new TemporaryDirectory();
        IReadOnlyDictionary<string, float[]> actual = Run(files.Path);
        Dictionary<string, float[]> expected =
            JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText(Path.Combine(Folder, "results.json")))!;
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach ((string name, float[] values) in expected)
            Close.Check(name, [.. values.Select(value => (double)value)], actual[name], Close.Relative, Close.OfLargest);
    }

    [Fact]
    public void IsANetworkOfTodaysLibrary()
    {
        Assembly assembly = Load();
        foreach (string name in new[] { "NetGen.Older.OlderClassifier", "NetGen.Older.OlderRegression" })
        {
            var network = (INetwork)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!, [1UL])!;
            ITrainingPass pass = network.BeginTraining(new TrainingOptions { BatchSize = 8 });
            float[] inputs = Draw.Normal(8 * network.Summary.InputLength, 1);
            float[] targets = network.Summary.Loss == Loss.CrossEntropy
                ? Draw.Probabilities(8, network.Summary.OutputLength, 2)
                : Draw.Normal(8 * network.Summary.OutputLength, 2);
            var optimizer = new Sgd(0.05f);
            float first = pass.Forward(inputs, targets);
            float last = first;
            for (int step = 0; step < 20; step++)
            {
                pass.Backward();
                optimizer.Step(pass);
                last = pass.Forward(inputs, targets);
            }

            Assert.True(float.IsFinite(last) && last != first, $"{name}: the loss went from {first} to {last}");
        }
    }

    private static IReadOnlyDictionary<string, float[]> Run(string folder)
    {
        MethodInfo run = Load().GetType("NetGen.Older.Exercise", throwOnError: true)!.GetMethod("Run")!;
        return run.CreateDelegate<Func<string, IReadOnlyDictionary<string, float[]>>>()(folder);
    }

    private static Assembly Load() => AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(Folder, "OlderNetwork.dll"));
}
