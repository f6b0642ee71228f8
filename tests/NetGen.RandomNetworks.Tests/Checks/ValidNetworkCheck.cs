using NetGen.CompilerServices;
using NetGen.RandomNetworks.Declarations;
using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>
/// A random network against the naive reference: predictions, loss, outputs and all gradients. They must be the same to the bit for 1, 2, 3
/// and 8 threads.
/// </summary>
internal static class ValidNetworkCheck
{
    /// <summary>Where an input of ReLU or two candidates of a maximum are closer than this, float32 may decide otherwise than the reference.</summary>
    private const double Margin = 4e-6;

    /// <summary>The same where sums are computed with Winograd's transforms, whose errors are larger.</summary>
    private const double WinogradMargin = 2e-5;

    private const int Draws = 40;

    private const ulong Seed = 17;

    /// <summary>Checks one network.</summary>
    /// <param name="recipe">The network.</param>
    /// <param name="winogradTiles">The rows of the tiles in which all convolutions that can use Winograd's transforms; 0 where the cost model chooses.</param>
    /// <returns>False if no inputs were found for which all maxima and signs are clear; then only the bits were compared.</returns>
    public static bool Run(Recipe recipe, int winogradTiles)
    {
        Draft draft = ValidDeclaration.Of(recipe);
        string[] settings = winogradTiles == 0 ? [draft.Settings] : [draft.Settings, "Winograd = WinogradUse.Training"];
        using var loaded = new LoadedNetwork(draft.Text, string.Join(", ", settings.Where(setting => setting.Length > 0)), winogradTiles);
        var choices = new Choices(new Recipe([.. recipe.Numbers.Reverse()]));
        return Run(loaded, draft.Normalizes ? choices.Of(7, 9, 19) : choices.Of(1, 3, 7, 18), winogradTiles == 0 ? Margin : WinogradMargin);
    }

    /// <summary>Checks a network that uses Winograd's transforms wherever it can.</summary>
    /// <param name="layers">The attributes after <c>[Network]</c>.</param>
    /// <param name="batch">The samples of the batch.</param>
    /// <param name="winogradTiles">The rows of the tiles.</param>
    /// <returns>False if no inputs were found for which all maxima and signs are clear; then only the bits were compared.</returns>
    public static bool Run(string layers, int batch, int winogradTiles)
    {
        using var loaded = new LoadedNetwork(layers, "Winograd = WinogradUse.Training", winogradTiles);
        return Run(loaded, batch, WinogradMargin);
    }

    private static bool Run(LoadedNetwork loaded, int batch, double margin)
    {
        var masks = new DropoutFactors(loaded.Type, batch, Seed);
        for (int seed = 1; seed <= Draws; seed++)
        {
            var network = AnyNetwork.Create(loaded.Type, (ulong)seed);
            Shake(network, seed);
            var reference = ReferenceNetwork.Of(network);
            float[] inputs = Draw.Normal(batch * network.InputLength, seed);
            float[] targets = network.DrawTargets(batch, seed: 2);
            masks.Set(reference);
            bool clear = reference.Margin(inputs, targets) > margin;
            if (!clear && seed < Draws) continue;
            Outcome one = Outcome.Of(network, inputs, targets, threads: 1, Seed);
            foreach (int threads in (int[])[2, 3, 8]) one.MustEqual(Outcome.Of(network, inputs, targets, threads, Seed), threads);
            if (clear)
                one.MustBeClose(new Expectation(reference, inputs, targets, masks), network);
            return clear;
        }

        throw new InvalidOperationException("There must be at least one draw.");
    }

    /// <summary>Biases, and what normalises, away from 0 and 1.</summary>
    private static void Shake(AnyNetwork network, int seed)
    {
        foreach (ParameterInfo parameter in network.Table.Parameters)
        {
            if (parameter.Name.EndsWith(".bias", StringComparison.Ordinal) || parameter.Name.EndsWith("mean", StringComparison.Ordinal))
                network.Set(parameter.Name, Draw.Normal(parameter.Length, seed + parameter.Offset, 0.3));
            else if (parameter.LayerKind is "BatchNorm" or "LayerNorm" or "Normalization")
                network.Set(parameter.Name, [.. Draw.Normal(parameter.Length, seed + parameter.Offset, 0.2).Select(value => Math.Abs(value + 1) + 0.1f)]);
        }
    }
}
