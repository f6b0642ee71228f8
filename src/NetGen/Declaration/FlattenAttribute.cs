namespace NetGen;

/// <summary>
/// Turns features of any shape into flat features: <c>(height, width, channels)</c> → <c>(height·width·channels)</c>. It costs
/// nothing at run time.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute;
