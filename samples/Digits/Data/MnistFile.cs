using System.Collections.Immutable;

namespace Digits.Data;

/// <summary>One of MNIST's files: offered as <c>name.gz</c>, known by what it holds once it is unpacked.</summary>
/// <param name="Name">The file's name without the ending <c>.gz</c>.</param>
/// <param name="Length">Its length in bytes, unpacked.</param>
/// <param name="Sha256">Its SHA-256, unpacked, in lower-case hexadecimal digits.</param>
internal sealed record MnistFile(string Name, long Length, string Sha256)
{
    /// <summary>The four files of the original database.</summary>
    public static ImmutableArray<MnistFile> Originals { get; } =
    [
        new("train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    /// <summary>The name under which mirrors offer the file.</summary>
    public string PackedName => Name + ".gz";
}
