namespace NetGen.Generator.Graph.Kernels;

/// <summary>The loops of kernels that go through all values of a sample: as few as the memory allows.</summary>
/// <param name="shape">The values.</param>
/// <param name="contiguous">Whether they are contiguous in every buffer that is read or written.</param>
/// <param name="byChannel">Whether the channel of each value must be known, so that no vector may reach into the next pixel.</param>
internal sealed class ValueLoops(SampleShape shape, bool contiguous, bool byChannel)
{
    private readonly int _rows = contiguous ? 1 : shape.Height;
    private readonly int _run = (contiguous ? shape.Height : 1) * shape.Width * shape.Channels;

    private bool BySeveralPixels => byChannel && _run > shape.Channels;

    /// <summary>The position of a vector's first value among the values of the sample; also its offset if they are contiguous.</summary>
    public string Unit => At(_run, shape.Channels);

    /// <summary>The offset of a vector's first value.</summary>
    public string At(BufferLayout layout) => At(layout.RowStride, layout.PixelStride);

    /// <summary>The offset of a vector's first value in one of the samples that lie <paramref name="sampleStride"/> apart.</summary>
    public string At(BufferLayout layout, int sampleStride) => At(layout.RowStride, layout.PixelStride, ("sample", sampleStride));

    /// <summary><see cref="Unit"/> in one of the samples that lie <paramref name="sampleStride"/> apart.</summary>
    public string UnitAt(int sampleStride) => At(_run, shape.Channels, ("sample", sampleStride));

    /// <summary>Writes the loops into a block of their own.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="body">Writes what is done with a vector; gets its valid lanes.</param>
    public void Write(KernelWriter writer, Action<int> body)
    {
        using (writer.Loop("row", _rows, 1, alone: true))
        {
            if (!BySeveralPixels)
            {
                writer.Vectors(_run, "i", body);
                return;
            }

            using (writer.Loop("column", _run / shape.Channels, 1, alone: true))
                writer.Vectors(shape.Channels, "i", body);
        }
    }

    private string At(int rowStride, int pixelStride, params (string Variable, int Factor)[] sample) => KernelWriter.Index(
    [
        .. sample,
        ("row", rowStride),
        .. BySeveralPixels ? [("column", pixelStride)] : Array.Empty<(string, int)>(),
        ("i", 1),
    ]);
}
