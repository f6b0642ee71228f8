using System.Diagnostics;
using System.Globalization;
using Digits;
using Digits.Data;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Samples;

/// <summary>The sample as a whole: what it learns, and what it prints when its output goes to a file.</summary>
public sealed class DigitsProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_network_learns_what_a_linear_model_cannot()
    {
        (Dataset train, Dataset test) = DrawnDigits.Draw(4000, 1000, seed: 1);
        var net = new DigitNet(seed: 1);
        Assert.InRange(net.Evaluate(test).Accuracy!.Value, 0, 0.25);

        Assert.Empty(net.Fit(train, Plan()).Warnings);
        double accuracy = net.Evaluate(test).Accuracy!.Value;
        Assert.InRange(accuracy, 0.93, 1);

        var linear = new LinearNet(seed: 1);
        Assert.Empty(linear.Fit(train, Plan()).Warnings);
        Assert.InRange(linear.Evaluate(test).Accuracy!.Value, 0.5, accuracy - 0.08);
    }

    [Fact]
    public async Task A_run_prints_plain_text_and_saves_its_weights()
    {
        string weights = Path.Combine(_directory.Path, "weights", "w.safetensors");
        (int code, string output, string error) =
            await RunAsync("--train", "500", "--epochs", "1", "--seed", "3", "--compare-linear", "--weights", weights);

        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.DoesNotContain('\e', output);
        Assert.Contains("500 to learn from and 4000 to be tested on", output, StringComparison.Ordinal);
        Assert.Contains(DigitNet.Summary.ToString(80), output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Epoch 1/1", output, StringComparison.Ordinal);
        Assert.Contains(weights, output, StringComparison.Ordinal);
        Assert.Contains("Trained: ", output, StringComparison.Ordinal);
        Assert.Contains("Linear: ", output, StringComparison.Ordinal);

        EvaluationResult result = DigitNet.Load(weights).Evaluate(DrawnDigits.Draw(1, 4000, seed: 3).Test);
        Assert.Contains($"({result.ConfusionMatrix!.Correct} of 4000 test digits)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_cannot_be_says_so_without_a_stack_trace()
    {
        (int code, _, string error) = await RunAsync("--data", _directory.Path, "--weights", Path.Combine(_directory.Path, "w"));
        Assert.Equal(CommandLine.Failed, code);
        Assert.StartsWith("Error: ", error, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_run_can_be_stopped_while_it_trains()
    {
        if (OperatingSystem.IsWindows())
            return;

        using Process process = Start("--train", "2000", "--epochs", "10000", "--weights", Path.Combine(_directory.Path, "w"));
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync();
        while (line is not (null or "Training"));

        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        Task<string> rest = process.StandardOutput.ReadToEndAsync();
        Assert.Equal("Cancelled.", (await process.StandardError.ReadToEndAsync()).Trim());
        await rest;
        await process.WaitForExitAsync();
        Assert.Equal(CommandLine.Cancelled, process.ExitCode);
    }

    private static FitOptions Plan() => new() { Epochs = 3, BatchSize = 64, Optimizer = new Adam(3e-3f), Seed = 1 };

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", typeof(DigitNet).Assembly.Location },
        };
        start.Environment.Remove(CommandLine.DataVariable);
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using Process process = Start(args);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
