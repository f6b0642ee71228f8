namespace NetGen;

/// <summary>
/// The maximum of each channel over all positions: <c>(height, width, channels)</c> or <c>(length, channels)</c> → <c>(channels)</c>, as
/// <c>GlobalMaxPooling2D</c> of Keras and <c>AdaptiveMaxPool2d(1)</c> with <c>Flatten</c> of PyTorch. Of equal values the first in row order takes the
/// gradient; a NaN is the maximum.
/// </summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;
