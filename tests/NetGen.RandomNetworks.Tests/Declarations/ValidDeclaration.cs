namespace NetGen.RandomNetworks.Declarations;

/// <summary>Writes a network that the generator must accept.</summary>
internal static class ValidDeclaration
{
    /// <summary>The most layers before the head.</summary>
    private const int MaxLayers = 12;

    public static Draft Of(Recipe recipe)
    {
        var choices = new Choices(recipe);
        Draft draft = choices.Next(8) switch
        {
            0 or 1 => new Draft(choices.Between(1, 40)),
            2 => new Draft(choices.Between(2, 12), choices.Between(1, 9)),

            // So tall that the lines of a kernel need several tiles.
            3 when choices.Rarely(3) => new Draft(choices.Between(30, 70), choices.Between(1, 4), choices.Of(1, 2)),
            _ => new Draft(choices.Between(2, 11), choices.Between(2, 11), choices.Of(1, 2, 3, 5)),
        };
        int layers = choices.Between(1, MaxLayers);

        // Few channels, for which convolutions have special kernels, are rare behind other layers.
        if (!draft.IsFlat && choices.Next(2) == 1) ConvolutionChoice.Filters(draft, choices);
        while (draft.Count < layers) LayerChoices.Add(draft, choices);
        bool classifies = choices.Next(2) == 1;
        if (!draft.Text.Contains("Dense", StringComparison.Ordinal) && !draft.Text.Contains("Conv", StringComparison.Ordinal))
        {
            if (!draft.IsFlat) draft.Change($"Flatten", draft.Length);
            draft.Change($"Dense(6)", 6);
        }

        if (classifies) Classify(draft, choices);
        return draft;
    }

    private static void Classify(Draft draft, Choices choices)
    {
        if (!draft.IsFlat) draft.Change($"Flatten", draft.Length);
        if (draft.Length == 1 || choices.Next(2) == 1)
        {
            int classes = choices.Between(2, 12);
            draft.Change($"Dense({classes})", classes);
        }

        draft.Keep($"Softmax");
    }
}
