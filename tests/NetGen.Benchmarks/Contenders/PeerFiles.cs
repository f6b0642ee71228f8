using System.Runtime.InteropServices;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contenders;

/// <summary>A temporary folder with what all contenders read: the weights of the networks, and inputs to compare outputs by.</summary>
internal sealed class PeerFiles : IDisposable
{
    /// <summary>How many samples the outputs are compared for.</summary>
    public const int Samples = 32;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-benchmarks-");

    public PeerFiles(IEnumerable<ReferenceNetwork> networks)
    {
        foreach (ReferenceNetwork network in networks)
        {
            network.SaveWeights(Path.Combine(Folder, network.Name + ".safetensors"));
            File.WriteAllBytes(Path.Combine(Folder, network.Name + ".inputs"), MemoryMarshal.AsBytes(Inputs(network).AsSpan()));
        }
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The scripts of the peers, beside the program.</summary>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);

    /// <summary>Samples, channels last.</summary>
    public static float[] Inputs(ReferenceNetwork network) => RandomValues.Array(Samples * network.InputLength, seed: 5);

    public void Dispose() => _folder.Delete(recursive: true);
}
