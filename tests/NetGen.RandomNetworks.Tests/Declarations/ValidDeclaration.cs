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
        if (choices.Rarely(6)) draft.Settings = "TrackDeadUnits = true";
        if (choices.Rarely(6)) draft.Keep($"Normalization");

        // Few channels, for which convolutions have special kernels, are rare behind other layers.
        if (!draft.IsFlat && choices.Next(2) == 1) ConvolutionChoice.Filters(draft, choices);
        while (draft.Count < layers) LayerChoices.Add(draft, choices);
        if (!draft.Learns)
        {
            if (!draft.IsFlat) draft.Change($"Flatten", draft.Length);
            draft.Change($"Dense(6)", 6);
        }

        switch (choices.Next(3))
        {
            case 0:
                Classify(draft, choices);
                break;
            case 1:
                if (choices.Rarely(3)) draft.Keep($"Sigmoid");
                break;
            default:
                draft.Keep($"{choices.Of("Loss(Loss.MeanAbsoluteError)", "Loss(Loss.Huber)", "Loss(Loss.Huber, Delta = 0.25)")}");
                break;
        }

        draft.TakesBytes = choices.Rarely(4);
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

        draft.Keep($"{choices.Of("Softmax", "LogSoftmax")}");
        if (choices.Rarely(3)) draft.Keep($"Loss(Loss.CrossEntropy, LabelSmoothing = {choices.Of(0.1, 0.5)})");
        else if (choices.Rarely(3)) draft.Keep($"Loss(Loss.CrossEntropy, ClassWeights = [{string.Join(", ", Enumerable.Range(1, draft.Length).Select(i => i % 4 + 1))}])");
    }
}
