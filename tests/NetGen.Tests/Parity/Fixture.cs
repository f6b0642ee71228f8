using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NetGen.Tests.Parity;

/// <summary>
/// One file of tests/fixtures/parity. It is read without the library's reader, so that a fault there does not look like one of the
/// kernels.
/// </summary>
internal sealed class Fixture
{
    private const int UsualSteps = 5;

    private readonly Dictionary<string, (int[] Shape, byte[] Data)> _tensors = [];

    private Fixture(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                Batch = int.Parse(entry.Value.GetProperty("batch").GetString()!, CultureInfo.InvariantCulture);
                Steps = entry.Value.TryGetProperty("steps", out JsonElement steps) ? int.Parse(steps.GetString()!, CultureInfo.InvariantCulture) : UsualSteps;
                Rate = float.Parse(entry.Value.GetProperty("rate").GetString()!, CultureInfo.InvariantCulture);
                continue;
            }

            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(e => e.GetInt32())];
            _tensors.Add(entry.Name, (shape, file[(8 + headerLength + offsets[0])..(8 + headerLength + offsets[1])]));
        }
    }

    public int Batch { get; }

    /// <summary>How many steps an optimizer does.</summary>
    public int Steps { get; }

    /// <summary>The learning rate that the script chose for this network.</summary>
    public float Rate { get; }

    /// <summary>The names of the networks that have a fixture.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.safetensors").Select(file => Path.GetFileNameWithoutExtension(file));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "fixtures", "parity");

    public static Fixture Load(string network) => new(Path.Combine(Folder, network + ".safetensors"));

    public bool Has(string name) => _tensors.ContainsKey(name);

    public int[] Shape(string name) => _tensors[name].Shape;

    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(_tensors[name].Data).ToArray();

    public double[] Doubles(string name) => [.. Floats(name).Select(v => (double)v)];

    public int[] Integers(string name) => MemoryMarshal.Cast<byte, int>(_tensors[name].Data).ToArray();
}
