using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Loading some weights into a network, to go on from those of another one.</summary>
public static class WeightExtensions
{
    /// <summary>
    /// Loads some of the weights of a safetensors file, for fine-tuning: the other parameters keep their values, those of the seed if the network is
    /// new. The file may be that of a network with other layers, of PyTorch, or a checkpoint.
    /// </summary>
    /// <param name="network">The network; its parameters are changed when all of the file is right.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// Layers (<c>conv1</c>) and parameters (<c>dense1.weight</c>) that the file must have, in the network's shapes. If there are none, every tensor
    /// of the file is loaded that has the name and the shape of a parameter of the network.
    /// </param>
    /// <returns>Which parameters were loaded, which kept their values, and what of the file was not used.</returns>
    /// <exception cref="WeightFileException">
    /// The file is damaged, a name is unknown, or what is named is missing or of another shape; all faults are listed. Nothing was changed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    [NetworkMember(NetworkMemberRole.Update)]
    public static WeightReport LoadPart(this INetwork network, string path, params IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(names);
        using FileStream file = BusyFile.OpenRead(path);
        float[] parameters = network.Parameters.ToArray();
        WeightReport report = SafeTensorsReader.ReadPart(file, path, network.ParameterTable, names, parameters);
        using ParameterEdit edit = network.EditParameters();
        parameters.CopyTo(edit.Values);
        return report;
    }
}
