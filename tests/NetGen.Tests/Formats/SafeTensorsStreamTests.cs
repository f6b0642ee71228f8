using System.Buffers.Binary;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>Weights that come from streams and from memory, and go to streams.</summary>
public sealed class SafeTensorsStreamTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static ParameterTable Table => SafeTensorsFixture.Table;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_source_gives_the_same()
    {
        byte[] file = File.ReadAllBytes(SafeTensorsFixture.Path("net.safetensors"));
        float[] fromFile = SafeTensorsFixture.Numbered(), fromStream = SafeTensorsFixture.Numbered();
        float[] fromMemory = SafeTensorsFixture.Numbered(), fromSeekable = SafeTensorsFixture.Numbered();
        SafeTensors.Load(SafeTensorsFixture.Path("net.safetensors"), Table, fromFile);

        using var stream = new ShortReads(file);
        SafeTensors.Load(stream, Table, fromStream);
        Assert.False(stream.IsDisposed);
        SafeTensors.Load(file.AsSpan(), Table, fromMemory);

        // The file does not begin where the stream does.
        using var seekable = new MemoryStream([1, 2, 3, .. file]) { Position = 3 };
        SafeTensors.Load(seekable, Table, fromSeekable);

        Assert.Equal(fromFile, fromStream);
        Assert.Equal(fromFile, fromMemory);
        Assert.Equal(fromFile, fromSeekable);
    }

    [Fact]
    public void A_stream_receives_what_a_file_does_and_stays_open()
    {
        float[] parameters = SafeTensorsFixture.Numbered();
        SafeTensors.Save(_folder["file"], Table, parameters);
        using var stream = new MemoryStream();
        stream.WriteByte(7);
        SafeTensors.Save(stream, Table, parameters);
        stream.WriteByte(8);
        Assert.Equal([7, .. File.ReadAllBytes(_folder["file"]), 8], stream.ToArray());
    }

    [Fact]
    public void A_stream_cut_anywhere_is_refused()
    {
        byte[] file = File.ReadAllBytes(SafeTensorsFixture.Path("net.safetensors"));
        for (int length = 0; length < file.Length; length += length < 600 ? 1 : 50)
            Assert.Single(Refusal(new ShortReads(file[..length])).Faults);
    }

    [Fact]
    public void A_stream_says_where_it_ended()
    {
        byte[] file = File.ReadAllBytes(SafeTensorsFixture.Path("net.safetensors"));
        Assert.Equal(
            "Cannot load the weights: The file ends in the data of 'dense2.weight', which goes to byte 2464 of the data.",
            Refusal(new ShortReads(file[..^1])).Message);
        Assert.Contains("but only 92 follow its length.", Refusal(new ShortReads(file[..100])).Message);
    }

    [Fact]
    public void Bytes_behind_the_weights_are_a_fault_everywhere()
    {
        byte[] file = [.. File.ReadAllBytes(SafeTensorsFixture.Path("net.safetensors")), 0];
        Assert.Equal("The tensors end at byte 2464 of the data, but the file goes on.", Assert.Single(Refusal(new ShortReads(file)).Faults));
        const string Known = "The tensors end at byte 2464 of the data, but the file has 2465 bytes of data.";
        Assert.Equal(Known, Assert.Single(Refusal(new MemoryStream(file)).Faults));
        var error = Assert.Throws<WeightFileException>(() => SafeTensors.Load(file.AsSpan(), Table, new float[Table.Count]));
        Assert.Equal(Known, Assert.Single(error.Faults));
        Assert.Null(error.Path);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(100_000_000)]
    public void No_memory_is_taken_for_bytes_that_do_not_come(ulong claimed)
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimed);
        "{}      "u8.CopyTo(file.AsSpan(8));
        float[] parameters = new float[Table.Count];
        using var stream = new ShortReads(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightFileException>(() => SafeTensors.Load(stream, Table, parameters));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains($"claims {claimed} bytes, but only 8 follow", error.Message);
    }

    [Fact]
    public void A_header_larger_than_one_step_is_read()
    {
        string header = "{\"__metadata__\":{\"x\":\"" + new string('x', 1_000_000) + "\"},"
            + """ "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        var table = new ParameterTable("Net", 2, new ParameterInfo("a", 0, WeightLayout.Vector(2), Initializer.Zeros, 1, 2));
        float[] parameters = new float[2];
        SafeTensors.Load(new ShortReads(SafeTensorsBytes.Of(header, 8)), table, parameters);
        Assert.Equal([0, 1], parameters);
    }

    [Fact]
    public async Task A_pipe_is_read_until_it_is_closed()
    {
        if (OperatingSystem.IsWindows()) return;
        UnixNode.MakePipe(_folder["pipe"]);
        byte[] file = File.ReadAllBytes(SafeTensorsFixture.Path("net.safetensors"));
        Task writing = Task.Run(() =>
        {
            using var pipe = new FileStream(_folder["pipe"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            pipe.Write(file);
        });
        float[] expected = SafeTensorsFixture.Numbered(), actual = SafeTensorsFixture.Numbered();
        SafeTensors.Load(SafeTensorsFixture.Path("net.safetensors"), Table, expected);
        SafeTensors.Load(_folder["pipe"], Table, actual);
        await writing;
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        float[] parameters = new float[Table.Count];
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => SafeTensors.Load((Stream)null!, Table, parameters)).ParamName);
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => SafeTensors.Save((Stream)null!, Table, parameters)).ParamName);
        Assert.Equal("parameters", Assert.Throws<ArgumentException>(() => SafeTensors.Load(Stream.Null, Table, new float[1])).ParamName);
        Assert.Equal("parameters", Assert.Throws<ArgumentException>(() => SafeTensors.Load(ReadOnlySpan<byte>.Empty, Table, new float[1])).ParamName);
        Assert.Equal("stream", Assert.Throws<ArgumentException>(() => SafeTensors.Save(new ShortReads([]), Table, parameters)).ParamName);
        Assert.Contains("The file has 0 bytes", Assert.Throws<WeightFileException>(() => SafeTensors.Load([], Table, parameters)).Message);
    }

    private static WeightFileException Refusal(Stream stream)
    {
        float[] parameters = SafeTensorsFixture.Numbered();
        var error = Assert.Throws<WeightFileException>(() => SafeTensors.Load(stream, Table, parameters));
        Assert.Equal(SafeTensorsFixture.Numbered(), parameters);
        return error;
    }
}
