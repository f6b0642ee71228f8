using System.Collections.Immutable;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>The exception can be made by anyone, so its arguments are checked before they are used.</summary>
public sealed class WeightFileExceptionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void There_is_at_least_one_fault(bool isDefault)
    {
        ImmutableArray<string> none = isDefault ? default : [];
        Assert.Equal("faults", Assert.Throws<ArgumentException>(() => new WeightFileException("w", none)).ParamName);
        Assert.Equal("faults", Assert.Throws<ArgumentException>(() => new WeightFileException("w", none, 1)).ParamName);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_are_no_fewer_faults_than_are_given(int count) => Assert.Equal(
        "faultCount", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightFileException(null, ["a", "b"], count)).ParamName);

    [Fact]
    public void The_message_names_the_file_and_how_many_faults_are_left_out()
    {
        Assert.Equal("Cannot load 'w': a", new WeightFileException("w", ["a"]).Message);
        Assert.Equal("Cannot load the weights, 2 faults:\n  a\n  b", new WeightFileException(null, ["a", "b"]).Message);
        var error = new WeightFileException("w", ["a", "b"], 1002);
        Assert.Equal("Cannot load 'w', 1,002 faults:\n  a\n  b\n  and 1,000 more", error.Message);
        Assert.Equal(("w", 2, 1002), (error.Path, error.Faults.Length, error.FaultCount));
    }
}
