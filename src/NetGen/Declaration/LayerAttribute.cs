namespace NetGen;

/// <summary>
/// What every layer attribute derives from. The order of the attributes is the order of the layers, so all of them stand
/// on one declaration of the class.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The name of the layer: an identifier that no other layer of the network has. It becomes the name of its parameters
    /// in files (<c>name.weight</c>) and of their views on the class (<c>NameWeight</c>). When it is not given, the layer
    /// is called after its kind and its position among the layers of that kind: <c>conv1</c>, <c>dense2</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The name of the earlier layer whose output this one reads; when it is not given, the layer before it. So a second branch begins, which
    /// <see cref="AddAttribute"/> or <see cref="ConcatAttribute"/> joins to the first: the output of every layer but the last must be read by some layer.
    /// </summary>
    public string? From { get; set; }

    /// <summary>
    /// Whether the layer's parameters are trained; true when not given. If not, the layer is frozen, as with <c>requires_grad = False</c> in PyTorch and
    /// <c>trainable = False</c> in Keras: no gradient is computed for them, optimizers, weight decay and <see cref="Optimizer.MaxNorm"/> leave
    /// them alone, and <c>Backward</c> ends at the lowest layer that is trained. Weights of frozen layers can be loaded and edited.
    /// </summary>
    /// <remarks>
    /// On a layer without parameters it changes nothing: a dropout still drops. A frozen <see cref="BatchNormAttribute">BatchNorm</see> normalises
    /// with its running statistics in training, too, as in Keras.
    /// </remarks>
    public bool Trainable { get; set; } = true;
}
