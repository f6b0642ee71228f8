namespace NetGen;

/// <summary>
/// The parametric rectifier (He et al. 2015), on any shape: <c>x</c> where <c>x &gt; 0</c>, otherwise <c>weight·x</c>, with a weight for each
/// channel (the last dimension) that is trained and begins at 0.25, as in PyTorch. Keras' begins at 0 and has one for each value unless <c>shared_axes</c> is given.
/// </summary>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Whether there is one weight for all channels, as with PyTorch's <c>num_parameters=1</c>; false when not given.</summary>
    public bool Shared { get; set; }
}
