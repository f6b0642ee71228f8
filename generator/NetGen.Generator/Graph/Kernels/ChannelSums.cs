namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits sums of each channel over all positions of an image. Where the channels of a large image fill several vectors, the sums are on the stack, and the
/// loop over the vectors is inside those over the positions, so that the image is read from begin to end, as the processor's prefetchers expect. One vector
/// of all positions after the other would skip the other channels each time: on a Zen 4, memory is read so at a third of the speed.
/// </summary>
/// <param name="writer">The writer.</param>
/// <param name="image">The image.</param>
/// <param name="names">The names of the sums.</param>
internal sealed class ChannelSums(KernelWriter writer, SampleShape image, params string[] names)
{
    /// <summary>The most floats on the stack.</summary>
    private const int MostOnStack = 16_384;

    /// <summary>Writes the sums and what becomes of them. The loop variables are <c>row</c>, <c>column</c> and <c>n</c>, the channel.</summary>
    /// <param name="constants">Writes what the terms of a vector of channels read at all positions.</param>
    /// <param name="terms">Writes what is added at a position, to the sums of the names that it gets.</param>
    /// <param name="totals">Writes what becomes of the totals of a vector, which are variables of the sums' names; gets the valid lanes.</param>
    public void Write(Action constants, Action<SumStorage, IReadOnlyList<string>> terms, Action<int> totals)
    {
        string[] onStack = [.. names.Select(name => name + "s")];
        string[] reserved = [.. PositionSums.AllNames(image, onStack)];
        if (image.Channels > writer.Lanes && PositionSums.AreInParts(image) && reserved.Length * StackSums.LengthOf(image.Channels, writer.Lanes) <= MostOnStack)
            OnStack(onStack, reserved, constants, terms, totals);
        else
            InVariables(constants, terms, totals);
    }

    private void InVariables(Action constants, Action<SumStorage, IReadOnlyList<string>> terms, Action<int> totals) =>
        writer.Vectors(image.Channels, "n", alone: true, body: lanes =>
        {
            LocalSums storage = new(writer);
            constants();
            storage.Declare(names);
            PositionSums.Write(writer, storage, image, names, sums => terms(storage, sums));
            totals(lanes);
        });

    private void OnStack(
        IReadOnlyList<string> ofAll, IReadOnlyList<string> reserved, Action constants, Action<SumStorage, IReadOnlyList<string>> terms, Action<int> totals)
    {
        StackSums storage = new(writer, image.Channels);
        storage.Reserve(reserved);
        PositionSums.Write(writer, storage, image, ofAll, sums => writer.Vectors(image.Channels, "n", alone: true, body: _ =>
        {
            constants();
            terms(storage, sums);
        }));
        writer.Vectors(image.Channels, "n", alone: true, body: lanes =>
        {
            writer.Code.Together([.. names.Zip(ofAll, (name, sum) => $"Floats {name} = {KernelWriter.Load(sum, "n")};")]);
            totals(lanes);
        });
    }
}
