using System.Globalization;

namespace NetGen.RandomNetworks.Declarations;

/// <summary>Convolutions of images and sequences, in random settings.</summary>
internal static class ConvolutionChoice
{
    public static void Filters(Draft draft, Choices choices)
    {
        int most = Math.Max(1, Draft.MaxLength / (draft.Length / draft.Channels));
        int filters = Math.Min(most, choices.Of(1, 2, 4, 6, 8, 13, 16, 17, 24, 33));
        int groups = 1;
        if (choices.Rarely(3))
        {
            // Often as many filters for each channel: then a group can have one channel.
            if (choices.Next(2) == 1) filters = draft.Channels * Math.Max(1, Math.Min(most / draft.Channels, choices.Of(2, 1, 3, 4)));
            int[] divisors = [.. Enumerable.Range(1, filters).Where(count => filters % count == 0 && draft.Channels % count == 0)];
            groups = choices.Next(2) == 1 ? divisors[^1] : choices.Of<int>(divisors);
        }

        Write(draft, choices, filters, string.Create(CultureInfo.InvariantCulture, $"{(draft.IsImage ? "Conv2D" : "Conv1D")}({filters}, "), string.Create(CultureInfo.InvariantCulture, $", Groups = {groups}"));
    }

    public static void Depthwise(Draft draft, Choices choices) => Write(draft, choices, draft.Channels, "DepthwiseConv2D(", "");

    private static void Write(Draft draft, Choices choices, int filters, string begin, string end)
    {
        bool same = choices.Next(2) == 1;
        int stride = choices.Rarely(4) ? choices.Of(2, 3) : 1;
        int dilation = choices.Rarely(4) ? choices.Of(2, 3) : 1;
        Window rows = Fitting(draft.Shape[0], choices, same, stride, dilation);
        if (!draft.IsImage)
        {
            draft.Change(
                $"{begin}{rows.Size}, Stride = {stride}, {rows.Text("PaddingLength")}, Dilation = {dilation}{end})",
                rows.Positions(draft.Shape[0]),
                filters);
            return;
        }

        Window columns = Fitting(draft.Shape[1], choices, same, stride, dilation);
        draft.Change(
            $"{begin}{rows.Size}, {columns.Size}, Stride = {stride}, {Padding(rows, columns)}, Dilation = {dilation}{end})",
            rows.Positions(draft.Shape[0]),
            columns.Positions(draft.Shape[1]),
            filters);
    }

    private static string Padding(Window rows, Window columns) => (rows.Padding, columns.Padding) switch
    {
        (0, 0) => rows.Text(""),
        (_, 0) => rows.Text("PaddingHeight"),
        (0, _) => columns.Text("PaddingWidth"),
        _ => rows.Text("PaddingHeight") + ", " + columns.Text("PaddingWidth"),
    };

    private static Window Fitting(int size, Choices choices, bool same, int stride, int dilation)
    {
        Window window = new(choices.Of(3, 1, 2, 5, 1, size), stride, same, same || !choices.Rarely(3) ? 0 : choices.Of(1, 2), dilation);
        while (!window.Fits(size)) window = window with { Size = window.Size - 1 };
        return window;
    }
}
