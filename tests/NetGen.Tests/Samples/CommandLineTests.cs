using Digits;
using Digits.Data;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Samples;

public sealed class CommandLineTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private DigitsOptions? _options;

    [Fact]
    public async Task Without_arguments_digits_are_drawn()
    {
        DigitsOptions options = await OptionsOf();
        Assert.Null(options.Mirror);
        Assert.Null(options.TrainingDigits);
        Assert.InRange(options.Epochs, 1, 6);
        Assert.False(options.CompareLinear);
        Assert.Equal(Path.Combine(AppFolder.Path, "digits.safetensors"), options.WeightsPath);
    }

    [Fact]
    public async Task Reads_every_option()
    {
        DigitsOptions options = await OptionsOf(
            "--data", "mnist", "--train", "500", "--epochs", "3", "--batch-size", "32", "--learning-rate", "5e-4",
            "--seed", "18446744073709551615", "--threads", "2", "--weights", "w.safetensors", "--compare-linear");
        Assert.Equal(
            new DigitsOptions
            {
                DataDirectory = "mnist",
                TrainingDigits = 500,
                Epochs = 3,
                BatchSize = 32,
                LearningRate = 5e-4f,
                Seed = ulong.MaxValue,
                Threads = 2,
                WeightsPath = Path.GetFullPath("w.safetensors"),
                CompareLinear = true,
            },
            options);
    }

    [Theory]
    [InlineData("http://mirror.example/mnist", "http://mirror.example/mnist/")]
    [InlineData("https://mirror.example/mnist/", "https://mirror.example/mnist/")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    public async Task A_mirror_is_a_directory(string text, string address) =>
        Assert.Equal(new Uri(address), (await OptionsOf("--download", "--mirror", text)).Mirror);

    [Fact]
    public async Task Downloads_from_the_default_mirror() =>
        Assert.Equal(MnistDownload.DefaultMirror, (await OptionsOf("--download")).Mirror);

    [Fact]
    public async Task The_environment_names_the_data_unless_the_arguments_do()
    {
        string? before = Environment.GetEnvironmentVariable(CommandLine.DataVariable);
        Environment.SetEnvironmentVariable(CommandLine.DataVariable, "from-environment");
        try
        {
            Assert.Equal("from-environment", (await OptionsOf()).DataDirectory);
            Assert.Equal("mine", (await OptionsOf("--data", "mine")).DataDirectory);
            Assert.Null((await OptionsOf("--download")).DataDirectory);
        }
        finally
        {
            Environment.SetEnvironmentVariable(CommandLine.DataVariable, before);
        }
    }

    [Theory]
    [InlineData("--epochs must be a whole number from 1 to 10000, not '0'.", "--epochs", "0")]
    [InlineData("--epochs must be a whole number from 1 to 10000, not 'many'.", "--epochs", "many")]
    [InlineData("--epochs", "--epochs")]
    [InlineData("--batch-size must be a whole number from 1 to 8192, not '99999999999999999999'.", "--batch-size", "99999999999999999999")]
    [InlineData("--train must be a whole number from 1 to 200000, not '-5'.", "--train", "-5")]
    [InlineData("--threads must be a whole number from 0 to 1024, not '1.5'.", "--threads", "1.5")]
    [InlineData("--seed must be a whole number", "--seed", "1,000")]
    [InlineData("--learning-rate must be a number above 0 and at most 10, not '0'.", "--learning-rate", "0")]
    [InlineData("--learning-rate must be a number above 0 and at most 10, not 'NaN'.", "--learning-rate", "NaN")]
    [InlineData("--mirror must be an http or https address, not 'ftp://x'.", "--download", "--mirror", "ftp://x")]
    [InlineData("--mirror must be an http or https address, not 'here'.", "--download", "--mirror", "here")]
    [InlineData("--mirror says where to download from, and needs --download.", "--mirror", "http://x")]
    [InlineData("--data and --download exclude each other", "--data", "x", "--download")]
    [InlineData("--weights needs the name of a file; '' is none.", "--weights", "")]
    [InlineData("--weights needs the name of a file; './' is none.", "--weights", "./")]
    [InlineData("'picture.png'", "picture.png")]
    public async Task Bad_arguments_give_one_paragraph(string message, params string[] args)
    {
        Assert.Equal(CommandLine.BadArguments, await RunAsync(args));
        Assert.Null(_options);
        Assert.Contains(message, Paragraph(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_files_gives_one_paragraph()
    {
        int code = await RunAsync(["--data", "no/such/directory"], (options, cancellation) =>
            DigitData.LoadAsync(options, _output, cancellation));
        Assert.Equal(CommandLine.Failed, code);
        Assert.Contains("no/such/directory", Paragraph(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_download_says_what_else_can_be_done()
    {
        using LocalServer server = LocalServer.Of(new Dictionary<string, byte[]>());
        using var directory = new TemporaryDirectory();
        int code = await RunAsync(["--download", "--mirror", server.Address.AbsoluteUri], (options, cancellation) =>
            DigitData.LoadAsync(options, _output, cancellation, directory.Path));
        Assert.Equal(CommandLine.Failed, code);
        Assert.Contains("404", Paragraph(), StringComparison.Ordinal);
        Assert.Contains("--data DIR", Paragraph(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_no_fault()
    {
        using var cancellation = new CancellationTokenSource();
        int code = await new CommandLine().RunAsync(
            [],
            _output,
            _error,
            (_, token) =>
            {
                cancellation.Cancel();
                return Task.Delay(Timeout.Infinite, token);
            },
            cancellation.Token);
        Assert.Equal(CommandLine.Cancelled, code);
        Assert.Equal("Cancelled.", Paragraph());
    }

    [Fact]
    public async Task A_mistake_of_the_program_is_not_hidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync([], (_, _) => throw new InvalidOperationException()));

    [Fact]
    public async Task Help_names_every_option()
    {
        Assert.Equal(0, await RunAsync(["--help"]));
        string help = _output.ToString();
        foreach (string option in (string[])
            ["--data", "--download", "--mirror", "--train", "--epochs", "--batch-size", "--learning-rate", "--seed", "--threads", "--weights", "--compare-linear"])
            Assert.Contains(option, help, StringComparison.Ordinal);
        Assert.Contains(CommandLine.DataVariable, help, StringComparison.Ordinal);
    }

    private async Task<DigitsOptions> OptionsOf(params string[] args)
    {
        Assert.Equal(0, await RunAsync(args));
        Assert.Empty(_error.ToString());
        return _options!;
    }

    private Task<int> RunAsync(string[] args) => RunAsync(args, (options, _) =>
    {
        _options = options;
        return Task.CompletedTask;
    });

    private Task<int> RunAsync(string[] args, Func<DigitsOptions, CancellationToken, Task> run) =>
        new CommandLine().RunAsync(args, _output, _error, run);

    private string Paragraph()
    {
        string[] lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Assert.Single(lines);
    }
}
