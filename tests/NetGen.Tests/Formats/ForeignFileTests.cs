using System.IO.Compression;
using System.Text;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>What people load by mistake is called by its name.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "It is an HTML page")]
    [InlineData("\n\n  <!doctype HTML>", "It is an HTML page")]
    [InlineData("\uFEFF<html lang=\"en\">", "It is an HTML page")]
    [InlineData("<HTML>", "The file has 6 bytes")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code></Error>", "It is an XML document")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "It is a git-lfs pointer, which stands for a file that was not downloaded; run 'git lfs pull'.")]
    [InlineData("version 2 of the weights, see there", "The header claims 2336927755350992246 bytes; at most 100000000 are allowed. Is it a safetensors file?")]
    public void Text_instead_of_weights(string content, string expected)
    {
        byte[] file = Encoding.UTF8.GetBytes(content);
        Assert.StartsWith(expected, Refusal(file));
        Assert.StartsWith(expected, StreamRefusal(new ShortReads(file)));
    }

    [Fact]
    public void A_ZIP_archive_of_PyTorch()
    {
        using (ZipArchive archive = ZipFile.Open(_folder["net.pt"], ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("net/data.pkl").Open();
            entry.Write(new byte[100]);
        }

        Assert.StartsWith("It is a ZIP archive, as torch.save writes (.pt); save the state_dict with safetensors", Refusal(File.ReadAllBytes(_folder["net.pt"])));
    }

    [Fact]
    public void A_ZIP_archive_whose_first_bytes_are_a_possible_length() =>
        Assert.StartsWith("It is a ZIP archive", Refusal([.. "PK\u0003\u0004\0\0\0\0"u8, .. new byte[100]]));

    [Theory]
    [InlineData(new byte[] { 0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20 })]
    [InlineData(new byte[] { 0x80, 0x04, 0x95, 0x10, 0x27, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00 })]
    public void A_pickle(byte[] file) => Assert.StartsWith("It is a Python pickle", Refusal(file));

    [Fact]
    public void A_truncated_file_is_not_mistaken_for_a_pickle() =>
        Assert.Equal("The header claims 640 bytes, but only 2 follow its length.", Refusal([0x80, 0x02, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"']));

    private static string StreamRefusal(Stream stream) => Assert.Single(Assert.Throws<WeightFileException>(
        () => SafeTensors.Load(stream, SafeTensorsFixture.Table, new float[SafeTensorsFixture.Table.Count])).Faults);

    private string Refusal(byte[] file)
    {
        File.WriteAllBytes(_folder["file"], file);
        return Assert.Single(Assert.Throws<WeightFileException>(
            () => SafeTensors.Load(_folder["file"], SafeTensorsFixture.Table, new float[SafeTensorsFixture.Table.Count])).Faults);
    }
}
