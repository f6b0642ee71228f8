namespace NetGen.Benchmarks.Accuracy;

/// <summary>What is trained.</summary>
/// <param name="Folder">Has MNIST's four files.</param>
/// <param name="Seeds">How many seeds: 1, 2 and so on.</param>
/// <param name="Epochs">How often the training images are used.</param>
/// <param name="Images">How many training images: the first ones.</param>
/// <param name="Threads">Threads to compute with; 0 for all processors.</param>
internal sealed record AccuracyOptions(string Folder, int Seeds, int Epochs, int Images, int Threads)
{
    /// <summary>The environment variable that names the folder, as in the samples.</summary>
    public const string DataVariable = "NETGEN_MNIST";

    /// <summary>What to tell a user who named no folder.</summary>
    public const string NoData =
        $"The data are missing: --data FOLDER or the variable {DataVariable} must name the folder that has MNIST's four files, plain or gzip. "
        + "samples/Digits downloads them with --download, and says where they are.";
}
