namespace Digits;

/// <summary>What the user asked for.</summary>
internal sealed record DigitsOptions
{
    /// <summary>Directory with MNIST's files, or <see langword="null"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where to download MNIST's files from, or <see langword="null"/> to download nothing.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>How many training digits to use, or <see langword="null"/> for all.</summary>
    public int? TrainingDigits { get; init; }

    /// <summary>How often to go through the training digits.</summary>
    public required int Epochs { get; init; }

    /// <summary>Digits in one training step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The optimizer's learning rate at its highest.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Decides on the drawn digits, the initial weights, the order of the digits and the dropout masks.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads to work with; 0 for all processors.</summary>
    public required int Threads { get; init; }

    /// <summary>The file that the trained weights are saved to.</summary>
    public required string WeightsPath { get; init; }

    /// <summary>Whether to train the linear model as well.</summary>
    public required bool CompareLinear { get; init; }
}
