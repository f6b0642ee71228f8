using FsCheck;
using FsCheck.Fluent;
using NetGen.RandomNetworks.Checks;
using NetGen.RandomNetworks.Declarations;

namespace NetGen.RandomNetworks;

/// <summary>Checks many recipes, and makes one that fails as short as it can.</summary>
internal sealed class Sweep
{
    private readonly string _what;
    private readonly int _count;
    private readonly ulong _seed;
    private readonly Func<Recipe, string> _text;
    private readonly Func<Recipe, bool> _check;

    private Sweep(string what, int count, ulong seed, Func<Recipe, string> text, Func<Recipe, bool> check) =>
        (_what, _count, _seed, _text, _check) = (what, count, seed, text, check);

    /// <summary>How many were checked, and of how many of them the check said true.</summary>
    public (int Checked, int Affirmed) Counts { get; private set; }

    public static Sweep Valid(int count, ulong seed, int winogradTiles = 0) =>
        new("valid network", count, seed, recipe => ValidDeclaration.Of(recipe).ToString(), recipe => ValidNetworkCheck.Run(recipe, winogradTiles));

    public static Sweep Any(int count, ulong seed) => new("declaration", count, seed, recipe => $"[Network, {AnyDeclaration.Of(recipe)}]", AnyDeclarationCheck.Run);

    /// <summary>Runs.</summary>
    /// <param name="progress">Gets the number of recipes so far.</param>
    /// <exception cref="Exception">A recipe failed. The message has the shortest declaration that fails too.</exception>
    public void Check(Action<int>? progress = null)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(_count).WithReplay(new Replay(new Rnd(_seed), Microsoft.FSharp.Core.FSharpOption<int>.None));
        Prop.ForAll(Recipe.Any, Holds).Check(config);

        void Holds(Recipe recipe)
        {
            try
            {
                bool affirmed = _check(recipe);
                Counts = (Counts.Checked + 1, Counts.Affirmed + (affirmed ? 1 : 0));
                progress?.Invoke(Counts.Checked);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"The {_what} {_text(recipe)} fails: {exception.Message}", exception);
            }
        }
    }
}
