namespace NetGen;

/// <summary>Sources of samples made from other sources. None disposes of the source that it reads.</summary>
public static class SampleSourceExtensions
{
    /// <summary>
    /// Changes images at random, each sample differently in each epoch. In epoch 0, which is outside of training, nothing is random: the images stay
    /// as they are, except that <see cref="NetGen.Augment.Crop"/> takes the middle. So an augmented source can be evaluated as it is.
    /// </summary>
    /// <remarks>
    /// What happens to a sample depends on <paramref name="seed"/>, epoch and index alone, not on threads or the order of reading. Reading allocates
    /// nothing.
    /// </remarks>
    /// <param name="source">The images, row by row with the channels last.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="augmentations">What happens to the images, in this order: at least one, at most 255.</param>
    /// <exception cref="ArgumentException">The sizes do not agree with the source's input length or with an augmentation.</exception>
    public static ISampleSource Augment(
        this ISampleSource source, int height, int width, int channels, ulong seed, params Augmentation[] augmentations)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentNullException.ThrowIfNull(augmentations);
        return AugmentedSource.Create(source, new ImageSize(height, width, channels), seed, augmentations);
    }

    /// <summary>Calls a function with each sample that was read: it may change the input, the label or targets, and the weight.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="change">
    /// Changes a sample; the bytes of a data set are 0 to 255 if the network takes bytes, as <see cref="Sample.InputType"/> says. For results that can be repeated, what it does depends on the sample's values, index and epoch alone.
    /// </param>
    public static ISampleSource Map(this ISampleSource source, SampleAction change)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(change);
        return new FunctionSource(source.Count, source.InputLength, source.ClassCount, source.TargetLength, source.IsSequential, sample =>
        {
            source.ReadAlone(sample);
            change(sample);
        });
    }

    /// <summary>Makes new inputs, of another length say, with a function.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="inputLength">Number of values of one new input, at least 1.</param>
    /// <param name="map">
    /// Writes every value of the new input. For results that can be repeated, what it does depends on the sample's values, index and epoch alone.
    /// </param>
    public static ISampleSource Map(this ISampleSource source, int inputLength, SampleMap map)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentNullException.ThrowIfNull(map);
        return new InputMap(source, inputLength, map);
    }

    /// <summary>
    /// Shuffles samples that can only be read in their order, as <c>tf.data.Dataset.shuffle(buffer_size)</c> does: each sample is drawn from a buffer
    /// of the next <paramref name="capacity"/> ones. The larger the buffer, the better the shuffling; one of all samples makes every order equally
    /// likely. In epoch 0, which is outside of training, the order stays as it is.
    /// </summary>
    /// <remarks>
    /// The order depends on <paramref name="seed"/> and epoch alone. The result can itself only be read in its order, by one training at a time.
    /// Reading the first sample of an epoch fills the buffer.
    /// </remarks>
    /// <param name="source">The samples.</param>
    /// <param name="capacity">Number of samples in the buffer, at least 1; all are held in memory as floats.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static ISampleSource ShuffleBuffer(this ISampleSource source, int capacity, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return new ShuffleBuffer(source, capacity, seed);
    }
}
