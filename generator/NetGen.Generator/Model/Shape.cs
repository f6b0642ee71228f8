using System.Globalization;

namespace NetGen.Generator.Model;

/// <summary>The shape of one sample between two layers, channels last.</summary>
/// <param name="Dimensions"><c>(features)</c>, <c>(length, channels)</c> or <c>(height, width, channels)</c>.</param>
internal sealed record Shape(EquatableArray<int> Dimensions)
{
    public static Shape Flat(int features) => new([features]);

    public static Shape Sequence(int length, int channels) => new([length, channels]);

    public static Shape Image(int height, int width, int channels) => new([height, width, channels]);

    /// <summary>The number of dimensions.</summary>
    public int Rank => Dimensions.Count;

    public bool IsFlat => Rank == 1;

    public bool IsSequence => Rank == 2;

    public bool IsImage => Rank == 3;

    /// <summary>The number of values, which is known to fit once the network is built.</summary>
    public int Length => checked((int)LongLength);

    /// <summary>The number of values of a shape that may be too large.</summary>
    public long LongLength
    {
        get
        {
            long length = 1;
            foreach (int dimension in Dimensions)
                length = Sizes.Product(length, dimension);
            return length;
        }
    }

    /// <summary>The number of rows of an image.</summary>
    public int Height => IsImage ? Dimensions[0] : throw NotAnImage();

    /// <summary>The number of pixels in a row of an image.</summary>
    public int Width => IsImage ? Dimensions[1] : throw NotAnImage();

    /// <summary>The last dimension: the values of one pixel, step, or all of flat features.</summary>
    public int Channels => Dimensions[Rank - 1];

    /// <summary>
    /// Whether flattening gives the values another order than in files, which are channels-first: there are several positions and several channels.
    /// </summary>
    public bool IsReorderedByFlatten => Channels > 1 && LongLength > Channels;

    public override string ToString() =>
        "(" + string.Join(", ", Dimensions.Items.Select(d => d.ToString(CultureInfo.InvariantCulture))) + ")";

    private InvalidOperationException NotAnImage() => new($"The shape {this} has no height and width.");
}
