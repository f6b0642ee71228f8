using Xunit;

namespace NetGen.Tests.Networks;

public sealed class ParameterViewTests
{
    private static readonly ParameterInfo Info =
        new("conv1.weight", 4, WeightLayout.Convolution(3, 3, 2, 40), Initializer.HeNormal, 18, 360);

    [Fact]
    public void Elements_are_those_of_PyTorch()
    {
        float[] arena = new float[800];
        var view = new ParameterView(Info, arena);
        Assert.Equal("conv1.weight", view.Name);
        Assert.Equal([40, 2, 3, 3], view.Shape.ToArray());
        Assert.Equal(720, view.Length);

        view.CopyFrom([.. Enumerable.Range(0, 720).Select(i => (float)i)]);
        Assert.Equal((39 * 18) + 9 + 6 + 1, view[39, 1, 2, 1]);
        view[39, 1, 2, 1] = -1;
        Assert.Equal(-1, view.ToArray()[(39 * 18) + 9 + 6 + 1]);
        Assert.All(arena[..4].Concat(arena[724..]), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Refuses_wrong_indices_and_lengths()
    {
        float[] arena = new float[800];
        Assert.Equal(
            "conv1.weight [40, 2, 3, 3] takes 4 indices, but got 2. (Parameter 'torchIndex')",
            Assert.Throws<ArgumentException>(() => new ParameterView(Info, arena)[1, 2]).Message);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterView(Info, arena)[0, 2, 0, 0]);
        Assert.StartsWith("Index 1 of conv1.weight [40, 2, 3, 3] must be 0 to 1, but got 2.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterView(Info, arena)[0, 0, -1, 0]);
        Assert.Equal(
            "conv1.weight [40, 2, 3, 3] has 720 floats, but got 719. (Parameter 'torchOrder')",
            Assert.Throws<ArgumentException>(() => new ParameterView(Info, arena).CopyFrom(new float[719])).Message);
        Assert.Throws<ArgumentException>(() => new ParameterView(Info, arena).CopyTo(new float[721]));
        Assert.Throws<ArgumentException>(() => new ParameterView(Info, new float[723]));
        Assert.Throws<ArgumentException>(() => new ParameterView(Info with { Offset = int.MaxValue }, arena));
    }
}
