using System.CommandLine;
using System.Globalization;

namespace NetGen.RandomNetworks;

/// <summary>
/// Checks many random networks: <c>dotnet run -c Release --project tests/NetGen.RandomNetworks.Tests -- --count 2000 --seed 3</c>.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var count = new Option<int>("--count") { Description = "How many valid networks to check; ten times as many declarations of any kind.", DefaultValueFactory = _ => 2000 };
        var seed = new Option<ulong>("--seed") { Description = "The seed of the recipes.", DefaultValueFactory = _ => 1 };
        var winograd = new Option<int>("--winograd") { Description = "The rows of the tiles, 4 or 2, in which all convolutions that can use Winograd's transforms; 0 where the cost model chooses." };
        var command = new RootCommand("Checks random networks against a naive reference, and random declarations against the generator.") { count, seed, winograd };
        command.SetAction(parsed => Run(parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(winograd)));
        return command.Parse(args).Invoke();
    }

    private static int Run(int count, ulong seed, int winogradTiles)
    {
        try
        {
            Sweep valid = Sweep.Valid(count, seed, winogradTiles);
            valid.Check(Show);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{valid.Counts.Checked} valid networks: the same bits with 1, 2, 3 and 8 threads; {valid.Counts.Affirmed} compared with the reference, the others are too near a tie."));
            Sweep any = Sweep.Any(10 * count, seed);
            any.Check(Show);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{any.Counts.Checked} declarations: {any.Counts.Affirmed} accepted and compiled, the others have an error; no exception."));
            return 0;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static void Show(int number)
    {
        if (number % 100 == 0) Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
    }
}
