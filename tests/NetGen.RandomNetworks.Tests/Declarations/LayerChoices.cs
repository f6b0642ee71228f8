namespace NetGen.RandomNetworks.Declarations;

/// <summary>A layer that a random network can have.</summary>
/// <param name="Fits">Whether it can come next.</param>
/// <param name="Write">Adds it.</param>
internal sealed record LayerChoice(Func<Draft, bool> Fits, Action<Draft, Choices> Write);

/// <summary>All layers that a random network can have, each in random settings.</summary>
internal static class LayerChoices
{
    private static readonly double[] Rates = [0.1, 0.25, 0.5, 0.8];

    public static IReadOnlyList<LayerChoice> All { get; } =
    [
        new(draft => draft.IsFlat, Dense),
        new(draft => !draft.IsFlat, ConvolutionChoice.Filters),
        new(draft => draft.IsImage, ConvolutionChoice.Depthwise),
        new(draft => !draft.IsFlat && draft.Shape[..^1].Min() > 1, PoolingChoice.Write),
        new(draft => !draft.IsFlat, (draft, choices) => draft.Change($"{choices.Of("GlobalAveragePool", "GlobalMaxPool")}", draft.Channels)),
        new(_ => true, Reshape),
        new(_ => true, (draft, choices) => draft.Keep($"Rescale({choices.Of(0.5, 2, 1)}, {choices.Of(0, 0.25)})")),
        new(draft => draft.Channels > 2, (draft, _) => draft.Keep($"LayerNorm")),
        new(_ => true, (draft, _) => draft.Keep($"ReLU")),
        new(_ => true, (draft, choices) => draft.Keep($"LeakyReLU({choices.Of(0.01, 0.2, 0)})")),
        new(_ => true, (draft, choices) => draft.Keep($"{choices.Of("ELU(1)", "ELU(0.5)", "SELU", "GELU", "GELU(Approximate = true)", "SiLU", "HardSwish", "Softplus", "Sigmoid", "Tanh")}")),
        new(_ => true, (draft, choices) => draft.Keep($"{choices.Of("PReLU", "PReLU(Shared = true)")}")),
        new(_ => true, (draft, choices) => draft.Keep($"Dropout({choices.Of<double>(Rates)})")),
        new(_ => true, (draft, choices) => draft.Keep($"{choices.Of("SpatialDropout", "AlphaDropout", "GaussianDropout")}({choices.Of<double>(Rates)})")),
        new(draft => !draft.IsFlat || draft.Order.Length == 1, Normalization),
        new(draft => !draft.IsFlat, (draft, _) => draft.Change($"Flatten", draft.Length)),
        new(draft => draft.Count > 0, Residual),
        new(draft => draft.Count > 0, Parallel),
    ];

    /// <summary>Adds one of the layers that fit.</summary>
    public static void Add(Draft draft, Choices choices)
    {
        LayerChoice[] fitting = [.. All.Where(choice => choice.Fits(draft))];
        fitting[choices.Next(fitting.Length)].Write(draft, choices);
        if (draft.HasParameters && choices.Rarely(6)) draft.Freeze();
    }

    private static void Dense(Draft draft, Choices choices)
    {
        int units = choices.Of(1, 3, 5, 8, 10, 16, 17, 33, 40);
        draft.Change($"Dense({units})", units);
    }

    /// <summary>Other numbers of rows and columns for the same values; often a single pixel, which lies in memory as flat features do.</summary>
    private static void Reshape(Draft draft, Choices choices)
    {
        int channels = choices.Rarely(4) ? draft.Length : Divisor(draft.Length, choices);
        int columns = Divisor(draft.Length / channels, choices);
        int rows = draft.Length / channels / columns;
        if (columns == 1 && choices.Next(2) == 1) draft.Reorder($"Reshape({draft.Length})", draft.Length);
        else if (rows == 1 && choices.Next(2) == 1) draft.Reorder($"Reshape({columns}, {channels})", columns, channels);
        else draft.Reorder($"Reshape({rows}, {columns}, {channels})", rows, columns, channels);
    }

    private static int Divisor(int number, Choices choices)
    {
        int[] divisors = [.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0 && number / divisor <= 40)];
        return divisors.Length == 0 ? number : divisors[choices.Next(divisors.Length)];
    }

    private static void Normalization(Draft draft, Choices choices)
    {
        bool trainable = !choices.Rarely(4);
        draft.Keep($"BatchNorm(Momentum = {choices.Of(0.1, 0.3)}, Trainable = {(trainable ? "true" : "false")})");
        draft.Normalizes |= trainable;
    }

    /// <summary>One or two layers that keep the shape, and the sum with what they read.</summary>
    private static void Residual(Draft draft, Choices choices)
    {
        string entry = draft.Name();
        int layers = choices.Between(1, 2);
        for (int i = 0; i < layers; i++)
        {
            if (draft.IsImage) draft.Keep($"Conv2D({draft.Channels}, {choices.Of(3, 1)}, Padding = Padding.Same)");
            else if (draft.IsFlat && draft.Order.Length == 1) draft.Keep($"Dense({draft.Channels})");
            else draft.Keep($"LeakyReLU(0.3)");
            if (choices.Next(2) == 1) draft.Keep($"ReLU");
        }

        draft.Keep($"Add(\"{entry}\")");
    }

    /// <summary>Two branches from one layer, summed or side by side.</summary>
    private static void Parallel(Draft draft, Choices choices)
    {
        string entry = draft.Name();
        bool sums = choices.Next(2) == 1;
        int most = Math.Max(1, Draft.MaxLength / 2 / (draft.Length / draft.Channels));
        int first = Math.Min(most, choices.Of(3, 8, 16, 17));
        int second = sums ? first : Math.Min(most, choices.Of(5, 1, 16, 33));
        Branch(draft, choices, first);
        if (choices.Next(2) == 1) draft.Keep($"ReLU");
        string name = draft.Name();
        Branch(draft, choices, second);
        draft.From(entry);
        if (choices.Next(2) == 1) draft.Keep($"ReLU");
        if (sums) draft.Keep($"Add(\"{name}\")");
        else draft.Change($"Concat(\"{name}\")", [.. draft.Shape[..^1], first + second]);
    }

    private static void Branch(Draft draft, Choices choices, int channels)
    {
        int[] shape = [.. draft.Shape[..^1], channels];
        if (draft.IsFlat) draft.Change($"Dense({channels})", shape);
        else draft.Change($"{(draft.IsImage ? "Conv2D" : "Conv1D")}({channels}, {choices.Of(3, 1, 2)}, Padding = Padding.Same)", shape);
    }
}
