namespace NetGen;

/// <summary>How the first values of a weight or bias are drawn.</summary>
public enum Initializer
{
    /// <summary>All zero; meant for biases.</summary>
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
}
