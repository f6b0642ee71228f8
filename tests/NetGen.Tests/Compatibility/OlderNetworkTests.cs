using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using System.Text.Json;
using NetGen.CompilerServices;
using NetGen.Tests.Data;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Compatibility;

/// <summary>
/// Networks that were compiled against an older library of this major version run on today's: what generated code uses is
/// never changed, only added to. The assembly is made by tests/fixtures/older/make.sh.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class OlderNetworkTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "older");

    /// <summary>The folders of what was made at different times, oldest first. Without vector instructions all of them take minutes; then there are the first and the last.</summary>
    public static TheoryData<string> Made
    {
        get
        {
            string[] all = [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture))];
            return Vector128.IsHardwareAccelerated ? [.. all] : [all[0], all[^1]];
        }
    }

    // What only the library itself or an attribute's reader calls, and the sums of eight positions, for which no kernel of few registers has room.
    // The library reads the plans of networks, which generated code writes; it calls what generated classes inherit from the runners.
    private static readonly string[] NotForGeneratedCode =
    [
        "AlignedBuffer.get_Length", "AlignedBuffer.get_Memory", "NetworkMemberAttribute.get_Role", "ParameterMemory.MarkWritten",
        "TrainingPassAttribute.get_HasDropout", "TrainingPassAttribute.set_HasDropout",
        "TrainingRunner.Backward", "TrainingRunner.Forward", "TrainingRunner.InputGradients", "TrainingRunner.get_Gradients",
        "TrainingRunner.get_Outputs", "TrainingRunner.get_Step", "TrainingRunner.get_Threads",
        "WorkGroups.Find", "WorkGroups.ItemsOf", "WorkGroups.get_Count", "WorkGroups.get_Items", "WorkGroups.get_None",
    ];

    [Theory]
    [MemberData(nameof(Made))]
    public void GivesTheResultsOfItsOwnTime(string made)
    {
        using var files = new TemporaryDirectory();
        IReadOnlyDictionary<string, float[]> actual = Run(made, files.Path);
        Dictionary<string, float[]> expected =
            JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText(Path.Combine(Folder, made, "results.json")))!;
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach ((string name, float[] values) in expected)
            Close.Check(name, [.. values.Select(value => (double)value)], actual[name], Close.Relative, Close.OfLargest);
    }

    [Theory]
    [MemberData(nameof(Made))]
    public void IsANetworkOfTodaysLibrary(string made)
    {
        Assembly assembly = Load(made);
        foreach (string name in new[] { "NetGen.Older.OlderClassifier", "NetGen.Older.OlderRegression", "NetGen.Older.OlderLarge", "NetGen.Older.OlderPooling", "NetGen.Older.OlderNarrow" })
        {
            var network = (INetwork)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!, [1UL])!;
            ITrainingPass pass = network.BeginTraining(new TrainingOptions { BatchSize = 8 });
            float[] inputs = Draw.Normal(8 * network.Summary.InputLength, 1);
            float[] targets = Draw.Targets(network.Summary.Loss, 8, network.Summary.OutputLength, 2);
            var optimizer = new Sgd(0.002f);
            float first = pass.Forward(inputs, targets);
            float last = first;
            for (int step = 0; step < 20; step++)
            {
                pass.Backward();
                optimizer.Step(pass);
                last = pass.Forward(inputs, targets);
            }

            Assert.True(float.IsFinite(last) && last != first, $"{name}: the loss went from {first} to {last}");
            Dataset data = Dataset.FromTargets(inputs, network.Summary.InputLength, targets, network.Summary.OutputLength);
            Assert.Single(network.Fit(data, new FitOptions { Optimizer = optimizer }));
            Assert.True(double.IsFinite(network.Evaluate(data).Loss));
        }
    }

    /// <summary>
    /// The assemblies refer to every member that generated code may call: what they do not refer to could change without a test that fails.
    /// </summary>
    [Fact]
    public void RefersToAllThatGeneratedCodeCalls()
    {
        HashSet<string> referred = [.. Directory.GetDirectories(Folder).SelectMany(References)];
        string[] open = [.. typeof(AlignedBuffer).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "NetGen.CompilerServices" && !type.IsEnum && !IsVector(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(method => $"{type.Name}.{method.Name}"))
            .Distinct()
            .Where(name => !referred.Contains(name) && !name.Contains("Plan.get_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        Assert.True(NotForGeneratedCode.SequenceEqual(open), string.Join(", ", open));
    }

    // A user's activation calls the members of the interface, not those of the vectors: FloatVectorTests has them.
    private static bool IsVector(Type type) => type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IFloatVector<>));

    private static string[] References(string folder)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(folder, "OlderNetwork.dll")));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => Name(metadata, metadata.GetMemberReference(handle))).OfType<string>()];
    }

    private static string? Name(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
            return null;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return metadata.GetString(type.Namespace) == "NetGen.CompilerServices"
            ? $"{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}"
            : null;
    }

    private static IReadOnlyDictionary<string, float[]> Run(string made, string folder)
    {
        MethodInfo run = Load(made).GetType("NetGen.Older.Exercise", throwOnError: true)!.GetMethod("Run")!;
        return run.CreateDelegate<Func<string, IReadOnlyDictionary<string, float[]>>>()(folder);
    }

    // All have one name, so each is loaded in a context of its own; the library is today's in all of them.
    private static Assembly Load(string made) => new AssemblyLoadContext(made).LoadFromAssemblyPath(Path.Combine(Folder, made, "OlderNetwork.dll"));
}
