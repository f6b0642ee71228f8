using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static ParameterTable Table => SafeTensorsFixture.Table;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_PyTorch_saved()
    {
        float[] parameters = SafeTensorsFixture.Numbered();
        SafeTensors.Load(SafeTensorsFixture.Path("net.safetensors"), Table, parameters);
        foreach (ParameterInfo info in Table.Parameters)
            Assert.Equal(SafeTensorsFixture.Numbers("state", info.Name), new ParameterView(info, parameters).ToArray());
    }

    [Fact]
    public void Leaves_floats_of_no_tensor_alone()
    {
        float[] parameters = SafeTensorsFixture.Numbered();
        SafeTensors.Load(SafeTensorsFixture.Path("net.safetensors"), Table, parameters);
        Assert.Equal(SafeTensorsFixture.Numbered()[613..621], parameters[613..621]);
    }

    [Fact]
    public void Writes_the_file_of_PyTorch_with_the_version_in_its_metadata()
    {
        float[] parameters = new float[Table.Count];
        SafeTensors.Load(SafeTensorsFixture.Path("net.safetensors"), Table, parameters);
        SafeTensors.Save(_folder["copy"], Table, parameters);
        Assert.Equal(
            SafeTensorsFixture.WithMetadata("net.safetensors", """{"format":"pt","netgen.format":"1"}"""),
            File.ReadAllBytes(_folder["copy"]));
    }

    [Theory]
    [InlineData("net.f64.safetensors", 0)]
    [InlineData("net.f16.safetensors", 0.0003)]
    [InlineData("net.bf16.safetensors", 0.0021)]
    public void Converts_other_floating_point_types(string name, double tolerance)
    {
        float[] parameters = new float[Table.Count];
        SafeTensors.Load(SafeTensorsFixture.Path(name), Table, parameters);
        foreach (ParameterInfo info in Table.Parameters)
        {
            float[] expected = SafeTensorsFixture.Numbers("state", info.Name);
            float[] actual = new ParameterView(info, parameters).ToArray();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    [Fact]
    public void A_round_trip_keeps_every_bit()
    {
        // Among them NaNs with payloads, infinities, negative zero and subnormal numbers.
        uint[] bits = [0x7FC00001, 0xFFC12345, 0x7F800000, 0xFF800000, 0x80000000, 0x00000001, 0x807FFFFF, 0x3F800000];
        float[] before = [.. Enumerable.Range(0, Table.Count).Select(i => BitConverter.UInt32BitsToSingle(bits[i % 8] + (uint)(i / 8)))];
        SafeTensors.Save(_folder["bits"], Table, before);
        float[] after = [.. before];
        foreach (ParameterInfo info in Table.Parameters) after.AsSpan(info.Offset, info.Length).Clear();
        SafeTensors.Load(_folder["bits"], Table, after);
        Assert.Equal(before.Select(BitConverter.SingleToUInt32Bits), after.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void A_tensor_larger_than_a_chunk_comes_back()
    {
        var table = new ParameterTable(
            "Large", 600 * 700, new ParameterInfo("dense1.weight", 0, WeightLayout.Dense(600, 700), Initializer.HeNormal, 600, 700));
        float[] before = new float[table.Count], after = new float[table.Count];
        table.Initialize(before, 1);
        SafeTensors.Save(_folder["large"], table, before);
        SafeTensors.Load(_folder["large"], table, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_name_beyond_ASCII_is_written_as_UTF8()
    {
        var table = new ParameterTable(
            "Größe", 2, new ParameterInfo("größe.bias", 0, WeightLayout.Vector(2), Initializer.Zeros, 1, 2));
        SafeTensors.Save(_folder["name"], table, [1, 2]);
        Assert.Contains("\"größe.bias\"", File.ReadAllText(_folder["name"]));
        float[] parameters = new float[2];
        SafeTensors.Load(_folder["name"], table, parameters);
        Assert.Equal([1, 2], parameters);
    }

    [Fact]
    public void The_data_is_aligned_to_eight_bytes()
    {
        for (int length = 1; length < 12; length++)
        {
            var table = new ParameterTable(
                "Net", 1, new ParameterInfo(new string('a', length), 0, WeightLayout.Vector(1), Initializer.Zeros, 1, 1));
            SafeTensors.Save(_folder["aligned"], table, [1]);
            Assert.Equal(sizeof(float), (int)(new FileInfo(_folder["aligned"]).Length % 8));
        }
    }

    [Fact]
    public void Saving_replaces_a_file_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(_folder["weights"], "what was there before");
        SafeTensors.Save(_folder["weights"], Table, SafeTensorsFixture.Numbered());
        Assert.Equal(["weights"], _folder.Files);
        float[] parameters = SafeTensorsFixture.Numbered();
        SafeTensors.Load(_folder["weights"], Table, parameters);
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_nothing_else()
    {
        SafeTensors.Save(_folder["weights"], Table, SafeTensorsFixture.Numbered());
        byte[] before = File.ReadAllBytes(_folder["weights"]);
        float[] other = new float[Table.Count];
        for (int room = 0; room < before.Length; room += 100)
        {
            var error = Assert.Throws<IOException>(
                () => SafeTensors.Save(_folder["weights"], Table, other, file => new FullDiskStream(file, room)));
            Assert.Equal($"Cannot save '{_folder["weights"]}': No space left on device.", error.Message);
            Assert.Equal(["weights"], _folder.Files);
            Assert.Equal(before, File.ReadAllBytes(_folder["weights"]));
        }
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentException>(() => SafeTensors.Save("", Table, new float[Table.Count]));
        Assert.Throws<ArgumentNullException>(() => SafeTensors.Load("x", null!, new float[1]));
        Assert.Equal(
            "The parameters of Net are 624 floats, but got 1. (Parameter 'parameters')",
            Assert.Throws<ArgumentException>(() => SafeTensors.Load("x", Table, new float[1])).Message);
        Assert.Throws<ArgumentException>(() => SafeTensors.Save(_folder["x"], Table, new float[1]));
        Assert.Empty(_folder.Files);
    }

    /// <summary>A disk with room for so many bytes.</summary>
    private sealed class FullDiskStream(Stream inner, long room) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer[..(int)Math.Min(buffer.Length, room)]);
            room -= buffer.Length;
            if (room < 0) throw new IOException("No space left on device.");
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
