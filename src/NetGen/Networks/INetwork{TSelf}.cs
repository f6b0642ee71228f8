using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// The interface for generic code that creates networks, without reflection:
/// <c>static TNet Train&lt;TNet&gt;(Dataset data) where TNet : class, INetwork&lt;TNet&gt;</c>.
/// </summary>
/// <typeparam name="TSelf">The network's own class.</typeparam>
public interface INetwork<TSelf> : INetwork
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Number of floats in one input sample, channels last.</summary>
    [NetworkMember(NetworkMemberRole.InputLength)]
    static abstract int InputLength { get; }

    /// <summary>Number of floats in one output sample.</summary>
    [NetworkMember(NetworkMemberRole.OutputLength)]
    static abstract int OutputLength { get; }

    /// <summary>The loss that training minimises.</summary>
    static abstract Loss Loss { get; }

    /// <summary>Makes a network with initial parameters; equal seeds give equal parameters.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    static abstract TSelf Create(ulong seed);

    /// <summary>Makes a network with the weights of a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">
    /// The file cannot be read, or it does not hold this network's weights; all faults are listed.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">Reading the file is not allowed, or it is a directory.</exception>
    static abstract TSelf Load(string path);

    /// <summary>Makes a network with the weights of a safetensors file in a stream.</summary>
    /// <param name="stream">The stream; it is read to its end, and stays open.</param>
    /// <exception cref="IOException">
    /// The stream cannot be read, or it does not hold this network's weights; all faults are listed.
    /// </exception>
    static abstract TSelf Load(Stream stream);
}
