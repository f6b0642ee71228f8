namespace NetGen;

/// <summary>
/// Spatial dropout (Tompson et al. 2015): in training each channel of a sample, at all its positions at once, is set to 0 with probability <c>rate</c> and
/// scaled by <c>1 / (1 - rate)</c> otherwise, as <c>torch.nn.Dropout2d</c> and Keras' <c>SpatialDropout2D</c>. For images: neighbouring pixels
/// of a channel are so alike that dropping single ones leaves their information in place. On flat features, each of which is a channel, it is
/// <see cref="DropoutAttribute"/>. Inference has no code for it.
/// </summary>
/// <param name="rate">The share of the channels that is dropped, at least 0 and below 1.</param>
public sealed class SpatialDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share of the channels that is dropped.</summary>
    public double Rate { get; } = rate;
}
