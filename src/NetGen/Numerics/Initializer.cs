namespace NetGen;

/// <summary>
/// How the first values of a weight or bias are drawn. <c>fanIn</c> is how many inputs an output of the layer sums over, <c>fanOut</c> how many
/// outputs an input reaches: features and units of a dense layer; in a convolution the pixels of the kernel times the channels or filters, as in
/// <c>torch.nn.init</c>. Normal distributions are not truncated, as in PyTorch (Keras cuts most of its own at two deviations).
/// </summary>
/// <remarks>
/// Biases take <see cref="Zeros"/>, <see cref="Ones"/>, <see cref="Constant"/>, <see cref="Uniform"/> and <see cref="Normal"/> only: what depends
/// on fans, or needs a matrix, is not defined for a vector, and PyTorch refuses it, too.
/// </remarks>
public enum Initializer
{
    // Networks that were compiled earlier have these numbers in their code: new ones are added at the end.

    /// <summary>All zero. The default of biases.</summary>
    Zeros,

    /// <summary>
    /// Normal with mean 0 and standard deviation <c>sqrt(2 / fanIn)</c>, not truncated (He et al. 2015,
    /// arXiv:1502.01852; <c>torch.nn.init.kaiming_normal_</c>). The default in front of ReLU.
    /// </summary>
    HeNormal,

    /// <summary>
    /// Uniform in <c>[-a, a)</c> with <c>a = sqrt(6 / (fanIn + fanOut))</c> (Glorot and Bengio 2010;
    /// <c>torch.nn.init.xavier_uniform_</c>). The default elsewhere.
    /// </summary>
    GlorotUniform,

    /// <summary>All one; meant for the factors of a normalisation.</summary>
    Ones,

    /// <summary>
    /// Uniform in <c>[-a, a)</c> with <c>a = sqrt(6 / fanIn)</c>: the variance of <see cref="HeNormal"/>
    /// (<c>torch.nn.init.kaiming_uniform_</c> with <c>nonlinearity='relu'</c>).
    /// </summary>
    HeUniform,

    /// <summary>
    /// Normal with mean 0 and standard deviation <c>sqrt(2 / (fanIn + fanOut))</c>: the variance of <see cref="GlorotUniform"/>
    /// (<c>torch.nn.init.xavier_normal_</c>).
    /// </summary>
    GlorotNormal,

    /// <summary>
    /// Normal with mean 0 and standard deviation <c>sqrt(1 / fanIn)</c> (LeCun et al. 1998, "Efficient BackProp";
    /// <c>torch.nn.init.kaiming_normal_</c> with <c>nonlinearity='linear'</c>). Klambauer et al. 2017 use it with SELU.
    /// </summary>
    LeCunNormal,

    /// <summary>
    /// Uniform in <c>[-a, a)</c> with <c>a = sqrt(3 / fanIn)</c>: the variance of <see cref="LeCunNormal"/>
    /// (<c>torch.nn.init.kaiming_uniform_</c> with <c>nonlinearity='linear'</c>).
    /// </summary>
    LeCunUniform,

    /// <summary>
    /// A random orthogonal matrix times a scale (Saxe et al. 2014, arXiv:1312.6120; <c>torch.nn.init.orthogonal_</c>): the weight as a matrix of
    /// <c>[outputs, fanIn]</c> has orthonormal rows, or orthonormal columns where it has more rows than columns. It takes a QR decomposition
    /// on one thread, at most <c>4·m·n²</c> operations with <c>n</c> the shorter side: some seconds for 2048 × 2048.
    /// </summary>
    Orthogonal,

    /// <summary>One value everywhere (<c>torch.nn.init.constant_</c>).</summary>
    Constant,

    /// <summary>Uniform in <c>[-a, a)</c> with a limit <c>a</c> of your own (<c>torch.nn.init.uniform_(w, -a, a)</c>).</summary>
    Uniform,

    /// <summary>Normal with mean 0 and a standard deviation of your own, not truncated (<c>torch.nn.init.normal_(w, 0, std)</c>).</summary>
    Normal,

    /// <summary>
    /// What the declaration of a layer has when it says nothing. For a weight <see cref="HeNormal"/> where the next activation is of the ReLU
    /// family, <see cref="LeCunNormal"/> where it is SELU, otherwise <see cref="GlorotUniform"/>; for a bias <see cref="Zeros"/>. Parameters of a network have what was chosen.
    /// </summary>
    Default,
}
