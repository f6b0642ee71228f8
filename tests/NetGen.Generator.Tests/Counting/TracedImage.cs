namespace NetGen.Generator.Tests.Counting;

/// <summary>The output of a layer, value by value; flat values are one pixel with many channels.</summary>
internal sealed class TracedImage
{
    private readonly TracedValue[,,] _values;

    /// <summary>Makes each value.</summary>
    public TracedImage(int height, int width, int channels, Func<int, int, int, TracedValue> make)
    {
        _values = new TracedValue[height, width, channels];
        for (int row = 0; row < height; row++)
        for (int column = 0; column < width; column++)
        for (int channel = 0; channel < channels; channel++)
            _values[row, column, channel] = make(row, column, channel);
    }

    public int Height => _values.GetLength(0);

    public int Width => _values.GetLength(1);

    public int Channels => _values.GetLength(2);

    /// <summary>All values.</summary>
    public IEnumerable<TracedValue> Values => _values.Cast<TracedValue>();

    public TracedValue this[int row, int column, int channel] => _values[row, column, channel];

    /// <summary>Whether there is such a pixel; the others are padding.</summary>
    public bool Has(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;
}
