using System.Reflection;
using NetGen.Benchmarks.Networks;
using static System.FormattableString;

namespace NetGen.Benchmarks.Accuracy;

/// <summary>
/// Trains <c>vgg-small</c> on MNIST without Winograd's transforms, with those of the default, and with all of them: the same initial weights, the same order of the
/// images and the same dropout, so that rounding is the only difference.
/// </summary>
internal static class AccuracySuite
{
    /// <summary>Trains everything, and gives the tables.</summary>
    /// <exception cref="IOException">The data are missing.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or too few.</exception>
    public static string Run(AccuracyOptions options)
    {
        RequireReference<VggOff>(WinogradUse.Off);
        RequireReference<VggInference>(WinogradUse.Inference);
        RequireReference<VggTraining>(WinogradUse.Training);
        (Dataset train, Dataset test) = PaddedDigits.Load(options.Folder, options.Images);
        Dataset batch = train.Take(Math.Min(Training.BatchSize, train.Count));
        List<Training> off = [], inference = [], training = [];
        List<GradientDifferences> gradients = [];
        for (ulong seed = 1; seed <= (ulong)options.Seeds; seed++)
        {
            RequireEqualWeights(seed);
            AddGradients("initial weights", new VggOff(seed), seed);
            off.Add(Train<VggOff>(seed));
            inference.Add(Train<VggInference>(seed));
            training.Add(Train<VggTraining>(seed));
            AddGradients("trained weights", off[^1].Network, seed);
        }

        return AccuracyReport.Text(
            options,
            test.Count,
            [new(nameof(WinogradUse.Off), off), new(nameof(WinogradUse.Inference), inference), new(nameof(WinogradUse.Training), training)],
            gradients);

        Training Train<TNetwork>(ulong seed) where TNetwork : class, INetwork<TNetwork>
        {
            Training result = Training.Run<TNetwork>(seed, train, test, options);
            foreach (EpochResult epoch in result.Epochs)
                Console.Error.WriteLine(Invariant($"{typeof(TNetwork).Name}, seed {seed}: {epoch}"));
            return result;
        }

        void AddGradients(string weights, INetwork direct, ulong seed)
        {
            float[] expected = GradientDifferences.Gradients(direct, batch, seed);
            foreach ((WinogradUse use, INetwork other) in new (WinogradUse, INetwork)[] { (WinogradUse.Inference, new VggInference(seed)), (WinogradUse.Training, new VggTraining(seed)) })
            {
                using (ParameterEdit edit = other.EditParameters())
                    direct.Parameters.CopyTo(edit.Values);
                gradients.Add(GradientDifferences.Of(use, weights, direct.ParameterTable, expected, GradientDifferences.Gradients(other, batch, seed)));
            }
        }
    }

    /// <summary>The classes repeat the layers of the reference, which may change.</summary>
    private static void RequireReference<TNetwork>(WinogradUse use) where TNetwork : class, INetwork<TNetwork>
    {
        bool equal = typeof(TNetwork).GetCustomAttribute<NetworkAttribute>()!.Winograd == use
            && Shape(typeof(TNetwork)).SequenceEqual(Shape(typeof(VggSmall)))
            && Layers(typeof(TNetwork)).SequenceEqual(Layers(typeof(VggSmall)))
            && Parameters(TNetwork.Create(seed: 1)).SequenceEqual(Parameters(new VggSmall(seed: 1)));
        if (!equal)
            throw new InvalidOperationException($"{typeof(TNetwork).Name} is not vgg-small with {use}: the comparison would mean nothing.");

        static IEnumerable<int> Shape(Type network) => network.GetCustomAttribute<InputAttribute>()!.Shape;
        static IEnumerable<LayerAttribute> Layers(Type network) => network.GetCustomAttributes<LayerAttribute>();
        static IEnumerable<(string, int, string, ParameterRole)> Parameters(INetwork network) =>
            network.ParameterTable.Parameters.Select(parameter => (parameter.Name, parameter.Offset, string.Join('×', parameter.Shape), parameter.Role));
    }

    private static void RequireEqualWeights(ulong seed)
    {
        ReadOnlySpan<float> expected = new VggOff(seed).Parameters;
        if (!expected.SequenceEqual(new VggInference(seed).Parameters) || !expected.SequenceEqual(new VggTraining(seed).Parameters))
            throw new InvalidOperationException("The variants begin with different weights.");
    }
}
