namespace NetGen;

/// <summary>What dense layers and convolutions have in common: how their weight and bias begin.</summary>
public abstract class WeightedLayerAttribute : LayerAttribute
{
    private protected WeightedLayerAttribute()
    {
    }

    /// <summary>
    /// How the weight begins; <see cref="Initializer.Default"/> when not given: <see cref="Initializer.HeNormal"/> before an activation of the
    /// ReLU family, <see cref="Initializer.LeCunNormal"/> before SELU, otherwise <see cref="Initializer.GlorotUniform"/>.
    /// </summary>
    /// <remarks>
    /// An attribute takes only constants, so what Keras writes as an object, <c>RandomNormal(stddev=0.02)</c>, is the name of the distribution here and
    /// its number in a property of its own: <c>Initializer = Initializer.Normal, InitializerScale = 0.02</c>. A number that is missing, or that
    /// the initialiser does not take, is an error.
    /// </remarks>
    public Initializer Initializer { get; set; } = Initializer.Default;

    /// <summary>The value of every weight with <see cref="Initializer.Constant"/>, which needs it; no other initialiser takes it.</summary>
    public double InitialValue { get; set; }

    /// <summary>
    /// The limit <c>a</c> of <see cref="Initializer.Uniform"/> in <c>[-a, a)</c> or the standard deviation of <see cref="Initializer.Normal"/>, which
    /// need it, because the defaults of PyTorch and Keras differ; or the factor of <see cref="Initializer.Orthogonal"/>, 1 when not given (its
    /// <c>gain</c> in PyTorch and Keras). Positive; no other initialiser takes it.
    /// </summary>
    public double InitializerScale { get; set; } = 1;

    /// <summary>
    /// How the bias begins: <see cref="Initializer.Zeros"/> when not given, <see cref="Initializer.Ones"/>, <see cref="Initializer.Constant"/>,
    /// <see cref="Initializer.Uniform"/> or <see cref="Initializer.Normal"/>.
    /// </summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Default;

    /// <summary>The value of every bias with <see cref="Initializer.Constant"/>, as <see cref="InitialValue"/> is that of the weights.</summary>
    public double BiasInitialValue { get; set; }

    /// <summary>
    /// The limit of <see cref="Initializer.Uniform"/> or the standard deviation of <see cref="Initializer.Normal"/> for the bias, positive, as
    /// <see cref="InitializerScale"/> is that for the weight.
    /// </summary>
    public double BiasInitializerScale { get; set; } = 1;
}
