using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>The network of tests/fixtures/safetensors_io.py and what PyTorch saved of it.</summary>
internal static class SafeTensorsFixture
{
    /// <summary>Its parameters, stored one behind the other with a gap of eight floats in front of the last.</summary>
    public static ParameterTable Table { get; } = new(
        "Net", 90 + 5 + 370 + 37 + 111 + 8 + 3,
        new ParameterInfo("conv1.weight", 0, WeightLayout.Convolution(3, 3, 2, 5), Initializer.HeNormal, 18, 45),
        new ParameterInfo("conv1.bias", 90, WeightLayout.Vector(5), Initializer.Zeros, 18, 45),
        new ParameterInfo("dense1.weight", 95, WeightLayout.DenseAfterFlatten(2, 1, 5, 37), Initializer.HeNormal, 10, 37),
        new ParameterInfo("dense1.bias", 465, WeightLayout.Vector(37), Initializer.Zeros, 10, 37),
        new ParameterInfo("dense2.weight", 502, WeightLayout.Dense(37, 3), Initializer.GlorotUniform, 37, 3),
        new ParameterInfo("dense2.bias", 621, WeightLayout.Vector(3), Initializer.Zeros, 37, 3));

    /// <summary>The path of a fixture file.</summary>
    public static string Path(string name) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "fixtures", "safetensors", name);

    /// <summary>An array of numbers from the fixture's JSON file.</summary>
    public static float[] Numbers(params ReadOnlySpan<string> path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path("net.json")));
        JsonElement element = document.RootElement;
        foreach (string name in path) element = element.GetProperty(name);
        return [.. element.EnumerateArray().Select(e => (float)e.GetDouble())];
    }

    /// <summary>A file that PyTorch saved, with other metadata; all else is as it was, to the byte.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="metadata">The metadata as a JSON object.</param>
    public static byte[] WithMetadata(string name, string metadata)
    {
        byte[] file = File.ReadAllBytes(Path(name));
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, length).TrimEnd();
        Assert.Contains("""{"format":"pt"}""", header);
        header = header.Replace("""{"format":"pt"}""", metadata);
        return SafeTensorsBytes.Of(header.PadRight((header.Length + 7) / 8 * 8), file.AsSpan(8 + length));
    }

    /// <summary>The network's parameters with a number of their own each.</summary>
    public static float[] Numbered() => [.. Enumerable.Range(0, Table.Count).Select(i => i + 0.5f)];
}
