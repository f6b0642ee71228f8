namespace NetGen;

/// <summary>
/// The mean of each channel over all positions (Lin et al. 2014): <c>(height, width, channels)</c> or <c>(length, channels)</c> →
/// <c>(channels)</c>, as <c>GlobalAveragePooling2D</c> of Keras and <c>AdaptiveAvgPool2d(1)</c> with <c>Flatten</c> of PyTorch. Every
/// position takes the same share of the gradient.
/// </summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
