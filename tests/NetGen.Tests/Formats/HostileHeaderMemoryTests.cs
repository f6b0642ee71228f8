using System.Text;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>A header may be as long and as wrong as it likes; the memory for it is a small multiple of its length.</summary>
public sealed class HostileHeaderMemoryTests : IDisposable
{
    private const int Tensors = 200_000;

    private static readonly ParameterTable Table = new(
        "Net", 2, new ParameterInfo("a", 0, WeightLayout.Vector(2), Initializer.Zeros, 1, 2));

    private readonly TemporaryDirectory _folder = new();

    /// <summary>One tensor of many, with {0} for its number, and how many faults each is.</summary>
    public static TheoryData<string, int> Kinds => new()
    {
        // Too large; no parameter of the network.
        { """ "t{0}":{{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 2 },

        // Not what its shape needs; no parameter.
        { """ "t{0}":{{"dtype":"F32","shape":[{0},7],"data_offsets":[0,0]}}""", 2 },

        // Of an unknown type; no parameter.
        { """ "t{0}":{{"dtype":"F99","shape":[{0},7],"data_offsets":[0,0]}}""", 2 },

        // Faultless but for the name, with an escape in it.
        { """ "\u0074{0}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 1 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_faulty_tensors(string tensor, int faultsEach)
    {
        var format = CompositeFormat.Parse(tensor);
        var header = new StringBuilder("{");
        for (int i = 1; i <= Tensors; i++) header.AppendFormat(null, format, i).Append(i < Tensors ? "," : "}");
        byte[] file = SafeTensorsBytes.Of(header.ToString(), 0);
        File.WriteAllBytes(_folder["file"], file);

        AssertBounded(file, faultsEach, () => SafeTensors.Load(_folder["file"], Table, new float[2]));
        AssertBounded(file, faultsEach, () => SafeTensors.Load(file.AsSpan(), Table, new float[2]));
        var stream = new ShortReads(file);
        AssertBounded(file, faultsEach, () => SafeTensors.Load(stream, Table, new float[2]));
    }

    [Fact]
    public void Much_metadata()
    {
        var header = new StringBuilder("{\"__metadata__\":{");
        for (int i = 1; i <= Tensors; i++) header.Append("\"key").Append(i).Append("\":\"some text that nobody asked for\"").Append(i < Tensors ? "," : "}}");
        byte[] file = SafeTensorsBytes.Of(header.ToString(), 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightFileException>(() => SafeTensors.Load(file.AsSpan(), Table, new float[2]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, file.Length, 6L * file.Length);
        Assert.Equal(1, error.FaultCount);
    }

    private static void AssertBounded(byte[] file, int faultsEach, Action load)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightFileException>(load);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, file.Length, 6L * file.Length);
        Assert.Equal((faultsEach * Tensors) + 1, error.FaultCount);
        Assert.Equal(20, error.Faults.Length);
        int left = (faultsEach * Tensors) + 1 - 20;
        Assert.EndsWith(FormattableString.Invariant($"\n  and {left:N0} more"), error.Message);
        Assert.All(error.Faults, fault => Assert.StartsWith("'t", fault));
    }
}
