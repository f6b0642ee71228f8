using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Digits.Data;
using NetGen;
using static System.FormattableString;

namespace Digits;

/// <summary>The options of the program, and the way from its arguments to its exit code.</summary>
internal sealed class CommandLine
{
    /// <summary>The environment variable that names a directory with MNIST's files.</summary>
    public const string DataVariable = "NETGEN_MNIST";

    /// <summary>Exit code of a run that could not do what was asked.</summary>
    public const int Failed = 1;

    /// <summary>Exit code for arguments that make no sense.</summary>
    public const int BadArguments = 2;

    /// <summary>Exit code after Ctrl+C, as shells know it.</summary>
    public const int Cancelled = 130;

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"Directory with MNIST's four files, plain or gzip (or set {DataVariable})",
        HelpName = "DIR",
    };

    private readonly Option<bool> _download = new("--download")
    {
        Description = "Download MNIST if it is not there yet",
    };

    private readonly Option<Uri?> _mirror = new("--mirror")
    {
        Description = $"Where to download from [default: {MnistDownload.DefaultMirror}]",
        HelpName = "URL",
        CustomParser = ParseMirror,
    };

    private readonly Option<int?> _train = new("--train")
    {
        Description = "Training digits to use [default: all of MNIST, or 20000 drawn ones]",
        HelpName = "N",
        CustomParser = result => (int?)Whole(result, 1, 200_000),
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "How often to go through the training digits",
        HelpName = "N",
        DefaultValueFactory = _ => 6,
        CustomParser = result => (int)Whole(result, 1, 10_000),
    };

    private readonly Option<int> _batchSize = new("--batch-size")
    {
        Description = "Digits in one training step",
        HelpName = "N",
        DefaultValueFactory = _ => 64,
        CustomParser = result => (int)Whole(result, 1, 8192),
    };

    private readonly Option<float> _learningRate = new("--learning-rate")
    {
        Description = "The highest learning rate",
        HelpName = "RATE",
        DefaultValueFactory = _ => 3e-3f,
        CustomParser = ParseRate,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Equal seeds give equal results, whatever the number of threads",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Whole(result, 0, ulong.MaxValue),
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads to work with, 0 for all processors",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        CustomParser = result => (int)Whole(result, 0, 1024),
    };

    private readonly Option<string> _weights = new("--weights")
    {
        Description = "File to save the trained weights to",
        HelpName = "FILE",
        DefaultValueFactory = _ => Path.Combine(AppFolder.Path, "digits.safetensors"),
        CustomParser = ParsePath,
    };

    private readonly Option<bool> _compareLinear = new("--compare-linear")
    {
        Description = "Train a linear model too, and show its accuracy",
    };

    /// <summary>Reads the arguments, runs the program and turns its failures into one paragraph each.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="output">Receives the help.</param>
    /// <param name="error">Receives what went wrong.</param>
    /// <param name="run">The program itself; its token is signalled by Ctrl+C.</param>
    /// <param name="cancellation">Stops the program as Ctrl+C does.</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter error,
        Func<DigitsOptions, CancellationToken, Task> run,
        CancellationToken cancellation = default)
    {
        var command = new RootCommand("Trains a NetGen network to read handwritten digits, and shows what it has learnt.")
        {
            _data, _download, _mirror, _train, _epochs, _batchSize, _learningRate, _seed, _threads, _weights, _compareLinear,
        };
        command.Validators.Add(RefuseContradictions);
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                // On another thread, for Ctrl+C is listened to only once this one has come back from here.
                await Task.Run(() => run(Options(parsed), stop), stop);
                return 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                error.WriteLine("Cancelled.");
                return Cancelled;
            }
            catch (Exception e) when (IsFault(e))
            {
                error.WriteLine($"Error: {e.Message}");
                return Failed;
            }
        });

        ParseResult parsed = command.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            error.WriteLine($"Error: {string.Join(' ', parsed.Errors.Select(fault => fault.Message))} (--help shows the options.)");
            return BadArguments;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        return await parsed.InvokeAsync(invocation, cancellation);
    }

    /// <summary>Whether an exception speaks of the user's files, network or settings rather than of a mistake in here.</summary>
    private static bool IsFault(Exception e) =>
        e is IOException or InvalidDataException or UnauthorizedAccessException or TrainingDivergedException;

    private DigitsOptions Options(ParseResult parsed)
    {
        bool download = parsed.GetValue(_download);
        string? variable = Environment.GetEnvironmentVariable(DataVariable);
        return new DigitsOptions
        {
            DataDirectory = parsed.GetValue(_data) ?? (download || string.IsNullOrEmpty(variable) ? null : variable),
            Mirror = download ? parsed.GetValue(_mirror) ?? MnistDownload.DefaultMirror : null,
            TrainingDigits = parsed.GetValue(_train),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batchSize),
            LearningRate = parsed.GetValue(_learningRate),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
            WeightsPath = Path.GetFullPath(parsed.GetValue(_weights)!),
            CompareLinear = parsed.GetValue(_compareLinear),
        };
    }

    private void RefuseContradictions(CommandResult result)
    {
        bool download = result.GetValue(_download);
        if (download && result.GetResult(_data) is not null)
            result.AddError("--data and --download exclude each other: either the files are there, or they are to be fetched.");
        if (!download && result.GetResult(_mirror) is not null)
            result.AddError("--mirror says where to download from, and needs --download.");
    }

    private static ulong Whole(ArgumentResult result, ulong least, ulong most)
    {
        string text = result.Tokens[0].Value;
        bool valid = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value);
        if (!valid || value < least || value > most)
            result.AddError(Invariant($"{Name(result)} must be a whole number from {least} to {most}, not '{text}'."));
        return value;
    }

    private static float ParseRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool valid = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float rate);
        if (!valid || !(rate > 0f && rate <= 10f))
            result.AddError($"{Name(result)} must be a number above 0 and at most 10, not '{text}'.");
        return rate;
    }

    private static Uri? ParseMirror(ArgumentResult result)
    {
        // Without the slash at the end a relative address would replace the last part of the path.
        string text = result.Tokens[0].Value;
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out Uri? mirror)
            && mirror.Scheme is "http" or "https")
            return mirror;

        result.AddError($"{Name(result)} must be an http or https address, not '{text}'.");
        return null;
    }

    private static string ParsePath(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length == 0 || Path.EndsInDirectorySeparator(text) || Directory.Exists(text))
            result.AddError($"{Name(result)} needs the name of a file; '{text}' is none.");
        return text;
    }

    private static string Name(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
