namespace NetGen.RandomNetworks.Declarations;

/// <summary>Pooling of images and sequences, in random settings.</summary>
internal static class PoolingChoice
{
    public static void Write(Draft draft, Choices choices)
    {
        string kind = choices.Of("MaxPool", "AveragePool");
        int size = Math.Min(choices.Of(2, 3, 4), draft.Shape[..^1].Min());
        bool same = choices.Next(3) == 2;
        Window window = new(size, choices.Of(size, 1, 2), same, same || !choices.Rarely(4) ? 0 : 1);
        string settings = FormattableString.Invariant($"Stride = {window.Stride}");
        if (draft.IsImage)
        {
            draft.Change(
                $"{kind}2D({size}, {settings}, {window.Text("PaddingHeight")}{(window.Padding > 0 ? ", " + window.Text("PaddingWidth") : "")})",
                window.Positions(draft.Shape[0]),
                window.Positions(draft.Shape[1]),
                draft.Channels);
        }
        else
        {
            draft.Change($"{kind}1D({size}, {settings}, {window.Text("PaddingLength")})", window.Positions(draft.Shape[0]), draft.Channels);
        }
    }
}
