using System.Buffers.Binary;
using System.Text;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>Files that are damaged, lie, or belong to another network: each is refused whole, with its reasons.</summary>
public sealed class HostileSafeTensorsTests : IDisposable
{
    private const string A = """ "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]} """;
    private const string B = """ "b":{"dtype":"F32","shape":[2],"data_offsets":[24,32]} """;

    private static readonly ParameterTable Table = new(
        "Net", 8,
        new ParameterInfo("a", 0, WeightLayout.Dense(3, 2), Initializer.HeNormal, 3, 2),
        new ParameterInfo("b", 6, WeightLayout.Vector(2), Initializer.Zeros, 3, 2));

    private readonly TemporaryDirectory _folder = new();

    /// <summary>Header, bytes of data, and part of the message.</summary>
    public static TheoryData<string, int, string> Headers => new()
    {
        // No object, or no JSON at all.
        { "", 0, "it does not begin with '{'" },
        { "[]", 0, "it does not begin with '{'" },
        { "null", 0, "it does not begin with '{'" },
        { " {}", 0, "it does not begin with '{'" },
        { "{", 0, "malformed" },
        { "{}}", 0, "malformed" },
        { "{} {}", 0, "malformed" },
        { "{}x", 0, "malformed" },
        { "{" + A + "," + B, 32, "malformed" },
        { "{" + A + B + "}", 32, "malformed" },
        { "{" + A + "," + B + ",}", 32, "malformed" },
        { "{/* */" + A + "," + B + "}", 32, "malformed" },
        { "{'a':1}", 0, "malformed" },
        { "{\"a\":{\"b\":" + new string('[', 100_000) + "}}", 0, "malformed" },
        { "{" + A + "," + B + "}\0\0", 32, "malformed" },

        // An object, but not of tensors.
        { """{"a":5}""", 0, "'a' is no object" },
        { """{"a":[]}""", 0, "'a' is no object" },
        { """{"a":null}""", 0, "'a' is no object" },
        { """{"a":{}}""", 0, "'a' has no dtype" },
        { """{"a":{"dtype":"F32"}}""", 0, "'a' has no shape" },
        { """{"a":{"dtype":"F32","shape":[2,3]}}""", 0, "'a' has no data_offsets" },
        { """{"a":{"dtype":32,"shape":[2,3],"data_offsets":[0,24]}}""", 24, "dtype of 'a' is no string" },
        { """{"a":{"dtype":null,"shape":[2,3],"data_offsets":[0,24]}}""", 24, "dtype of 'a' is no string" },
        { """{"a":{"dtype":"F32","shape":6,"data_offsets":[0,24]}}""", 24, "shape of 'a' is no array" },
        { """{"a":{"dtype":"F32","shape":{"0":6},"data_offsets":[0,24]}}""", 24, "shape of 'a' is no array" },
        { """{"a":{"dtype":"F32","shape":["2",3],"data_offsets":[0,24]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[[2],3],"data_offsets":[0,24]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[-2,-3],"data_offsets":[0,24]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[2.0,3],"data_offsets":[0,24]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[2e0,3],"data_offsets":[0,24]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,24]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[-24,0]}}""", 24, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0]}}""", 24, "has 1 numbers instead of 2" },
        { """{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24,24]}}""", 24, "has 3 numbers instead of 2" },
        { """{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[]}}""", 24, "has 0 numbers instead of 2" },
        { """{"a":{"dtype":"F32","shape":[2,3],"data_offsets":null}}""", 24, "data_offsets of 'a' is no array" },

        // The same key twice, also when one is written with an escape.
        { "{" + A + "," + B + "," + A + "}", 32, "'a' occurs twice in the header" },
        { "{" + A + "," + B + "," + A.Replace("\"a\"", "\"\\u0061\"") + "}", 32, "'a' occurs twice in the header" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""", 24, "'dtype' occurs twice in 'a'" },
        { """{"a":{"dtype":"F32","shape":[2,3],"shape":[6],"data_offsets":[0,24]}}""", 24, "'shape' occurs twice in 'a'" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "'__metadata__' occurs twice" },
        { """{"__metadata__":{"x":"1","x":"2"}}""", 0, "'x' occurs twice in __metadata__" },
        { """{"__metadata__":[1]}""", 0, "__metadata__ is no object" },
        { """{"__metadata__":{"x":1}}""", 0, "'x' in __metadata__ is no string" },
        { """{"__metadata__":{"x":{}}}""", 0, "'x' in __metadata__ is no string" },

        // Where it is, and in which tensor.
        { "[]", 0, "The header is malformed: it does not begin with '{' but with '['." },
        { "", 0, "The header is malformed: it does not begin with '{', but is empty." },
        { "{" + A + "x" + B + "}", 32, "The header is malformed at byte 58: 'x' is invalid after a value." },
        { "{" + A + ",\n\"b\":{\"dtype\":\"F32\",\"shape\":[2,}", 24, "The header is malformed at byte 90, in 'b': '}' is an invalid start of a value." },
        { "{\"a\\n\\nb\":{\"dtype\":\"F32\",\n\"\\nx\":[],\n\"shape\":[2,}", 0, "The header is malformed at byte 47, in 'a\uFFFD\uFFFDb': '}' is an invalid start of a value." },
        { """{"a":{"dtype":"F32"}}""", 0, "The header is malformed at byte 19: 'a' has no shape." },
        { """{"a":{"x":1,"y":2,"x":3}}""", 0, "'x' occurs twice in 'a'." },
        { """{"a":{"dtype":"\ud800"}}""", 0, "The header is malformed at byte 14, in 'a': a string has an escape that is half a surrogate pair." },

        // Half a surrogate pair cannot be a name.
        { """{"\ud800":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""", 24, "malformed" },

        // Sizes.
        { "{" + A.Replace("F32", "F99") + "," + B + "}", 32, "'a' has the unknown type 'F99'" },
        { "{" + A.Replace("F32", "f32") + "," + B + "}", 32, "'a' has the unknown type 'f32'" },
        { "{" + A.Replace("[2,3]", "[4294967296,4294967296]") + "," + B + "}", 32, "larger than 2^64 bits" },
        { "{" + A.Replace("[2,3]", "[18446744073709551615]") + "," + B + "}", 32, "larger than 2^64 bits" },
        { "{" + A.Replace("[2,3]", "[4294967296,4294967296,0]") + "," + B + "}", 32, "larger than 2^64 bits" },

        // 2^61 floats plus six: the product in bytes, not checked, would come out as 24.
        { "{" + A.Replace("[2,3]", "[4611686018427387910]") + "," + B + "}", 32, "larger than 2^64 bits" },
        { "{" + A.Replace("[2,3]", "[2,4]") + "," + B + "}", 32, "'a' of type F32 and shape [2, 4] needs 32 bytes, but its offsets go from 0 to 24." },
        { "{" + A.Replace("[2,3]", "[]") + "," + B + "}", 32, "'a' of type F32 and shape [] needs 4 bytes" },
        { "{" + A.Replace("F32", "F64") + "," + B + "}", 32, "needs 48 bytes" },
        { "{" + A.Replace("[2,3]", "[3]").Replace("F32", "F4") + "," + B + "}", 32, "'a' of type F4" },

        // Places.
        { "{" + A.Replace("[0,24]", "[24,0]") + "," + B + "}", 32, "its offsets go from 24 to 0" },
        { "{" + A + "," + B.Replace("[24,32]", "[20,28]") + "}", 32, "'b' begins at byte 20 of the data, but the tensors in front of it end at 24." },
        { "{" + A + "," + B.Replace("[24,32]", "[0,8]") + "}", 32, "begins at byte 0 of the data, but the tensors in front of it end at 8" },
        { "{" + A + "," + B.Replace("[24,32]", "[28,36]") + "}", 36, "'b' begins at byte 28" },
        { "{" + A.Replace("[0,24]", "[4,28]") + "," + B.Replace("[24,32]", "[28,36]") + "}", 36, "'a' begins at byte 4" },
        { "{" + A + "," + B.Replace("[24,32]", "[18446744073709551608,18446744073709551615]") + "}", 32, "'b' begins at byte 18446744073709551608" },
        { "{" + A + "," + B + "}", 31, "The tensors end at byte 32 of the data, but the file has 31 bytes of data." },
        { "{" + A + "," + B + "}", 33, "The tensors end at byte 32 of the data, but the file has 33 bytes of data." },
        { "{" + A + "," + B + "}", 0, "the file has 0 bytes of data" },
        { "{}", 1, "The tensors end at byte 0" },
        { "{}", 0, "'a' of shape [2, 3] is missing" },

        // Another network's file.
        { "{" + A + "}", 24, "'b' of shape [2] is missing." },
        { "{" + A + "," + B + ""","c":{"dtype":"F32","shape":[0],"data_offsets":[32,32]}}""", 32, "'c' of shape [0] is no parameter of Net." },
        { "{" + A.Replace("[2,3]", "[3,2]") + "," + B + "}", 32, "'a' has shape [3, 2]; Net expects [2, 3]." },
        { "{" + A.Replace("[2,3]", "[6]") + "," + B + "}", 32, "'a' has shape [6]; Net expects [2, 3]." },
        { "{" + A.Replace("[2,3]", "[1,2,3]") + "," + B + "}", 32, "'a' has shape [1, 2, 3]; Net expects [2, 3]." },
        { "{" + A.Replace("F32", "I32") + "," + B + "}", 32, "'a' has type 'I32'; F32, F64, F16 or BF16 can be read." },
        { "{" + A.Replace("\"a\"", "\"A\"") + "," + B + "}", 32, "'A' of shape [2, 3] is no parameter of Net." },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Headers))]
    public void Headers_that_lie_are_refused(string header, int dataLength, string expected) =>
        Assert.Contains(expected, Refusal(Container(Encoding.UTF8.GetBytes(header), dataLength)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_file_without_a_length_is_refused(int bytes) =>
        Assert.Contains($"The file has {bytes} bytes", Refusal(new byte[bytes]).Message);

    [Theory]
    [InlineData(9ul, "claims 9 bytes, but only 8 follow")]
    [InlineData(100_000_000ul, "claims 100000000 bytes, but only 8 follow")]
    [InlineData(100_000_001ul, "claims 100000001 bytes; at most 100000000 are allowed")]
    [InlineData(1ul << 31, "at most 100000000")]
    [InlineData(1ul << 63, "at most 100000000")]
    [InlineData(ulong.MaxValue, "at most 100000000")]
    [InlineData(ulong.MaxValue - 7, "at most 100000000")]
    public void A_length_beyond_the_file_is_refused_without_taking_memory(ulong length, string expected)
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        "{}      "u8.CopyTo(file.AsSpan(8));
        File.WriteAllBytes(_folder["file"], file);
        float[] parameters = new float[8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightFileException>(() => SafeTensors.Load(_folder["file"], Table, parameters));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = Container(Encoding.UTF8.GetBytes("{" + A + "," + B + "}"), 32);
        for (int length = 0; length < whole.Length; length++) Refusal(whole[..length]);
        Assert.Equal(8, Loaded(whole).Length);
    }

    [Fact]
    public void No_changed_byte_of_a_header_ends_in_another_exception()
    {
        byte[] whole = Container(Encoding.UTF8.GetBytes("{" + A + "," + B + "}"), 32);
        for (int at = 0; at < whole.Length - 32; at++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0, (byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'9', (byte)'-', 0x80, 0xFF])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                File.WriteAllBytes(_folder["file"], changed);
                float[] parameters = [1, 2, 3, 4, 5, 6, 7, 8];
                try
                {
                    SafeTensors.Load(_folder["file"], Table, parameters);
                }
                catch (WeightFileException)
                {
                    Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], parameters);
                }
            }
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        foreach (byte[] bad in (byte[][])[[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]])
        {
            byte[] header = [.. "{\""u8, .. bad, .. "\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}"u8];
            Assert.Contains("it is not UTF-8 at byte 2.", Refusal(Container(header, 24)).Message);
        }
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        const string Header = """
            {"a":{"dtype":"I64","shape":[3,1],"data_offsets":[0,24]},
             "c":{"dtype":"F32","shape":[2],"data_offsets":[24,32]},
             "d":{"dtype":"Q7","shape":[2],"data_offsets":[40,48]}}
            """;
        WeightFileException error = Refusal(Container(Encoding.UTF8.GetBytes(Header), 50));
        Assert.Equal(
            [
                "'d' has the unknown type 'Q7'.",
                "'d' begins at byte 40 of the data, but the tensors in front of it end at 32.",
                "The tensors end at byte 48 of the data, but the file has 50 bytes of data.",
                "'a' has shape [3, 1]; Net expects [2, 3].",
                "'a' has type 'I64'; F32, F64, F16 or BF16 can be read.",
                "'c' of shape [2] is no parameter of Net.",
                "'d' of shape [2] is no parameter of Net.",
                "'b' of shape [2] is missing.",
            ],
            error.Faults.ToArray());
        Assert.StartsWith($"Cannot load '{error.Path}', 8 faults:\n  'd' has", error.Message);
    }

    [Fact]
    public void The_message_stays_readable_when_names_and_faults_are_not()
    {
        var header = new StringBuilder("{\"evil\\n\\u001b[2J" + new string('x', 500) + "\":{\"dtype\":\"F32\",\"shape\":[" + string.Join(",", Enumerable.Repeat(0, 50)) + "],\"data_offsets\":[0,0]}");
        for (int i = 0; i < 1000; i++) header.Append($",\"t{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        WeightFileException error = Refusal(Container(Encoding.UTF8.GetBytes(header + "}"), 0));
        Assert.Equal(1003, error.FaultCount);
        Assert.Equal(20, error.Faults.Length);
        Assert.EndsWith("and 983 more", error.Message);
        Assert.InRange(error.Message.Length, 100, 3000);
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Theory]
    [InlineData("{" + A + "," + B + "}")]
    [InlineData("{" + B + "," + A + "}")]
    [InlineData("{" + A + "," + B + "}        \n\t ")]
    [InlineData("""{"__metadata__":null,""" + A + "," + B + "}")]
    [InlineData("""{"__metadata__":{"a":"1","dtype":"2"},""" + A + "," + B + "}")]
    [InlineData("{" + A + "," + B + ""","__metadata__":{"format":"pt"}}""")]
    [InlineData("""{"\u0061":{"x":[{"y":[]}],"data_offsets":[0,24],"shape":[2,3],"dtype":"F32"},""" + B + "}")]
    public void Unusual_but_valid_headers_are_read(string header) =>
        Assert.Equal([0, 3, 1, 4, 2, 5, 6, 7], Loaded(Container(Encoding.UTF8.GetBytes(header), 32)));

    private static byte[] Container(ReadOnlySpan<byte> header, int dataLength) => SafeTensorsBytes.Of(header, dataLength);

    private WeightFileException Refusal(byte[] file)
    {
        File.WriteAllBytes(_folder["file"], file);
        float[] parameters = [1, 2, 3, 4, 5, 6, 7, 8];
        var error = Assert.Throws<WeightFileException>(() => SafeTensors.Load(_folder["file"], Table, parameters));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], parameters);
        Assert.Contains(_folder["file"], error.Message);
        Assert.NotEmpty(error.Faults);
        return error;
    }

    private float[] Loaded(byte[] file)
    {
        File.WriteAllBytes(_folder["file"], file);
        float[] parameters = new float[8];
        SafeTensors.Load(_folder["file"], Table, parameters);
        return parameters;
    }
}
