using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Where a kernel keeps sums of vectors.</summary>
internal abstract class SumStorage
{
    /// <summary>Writes the declarations of sums that begin at 0.</summary>
    /// <param name="sums">Their names.</param>
    public abstract void Declare(IReadOnlyList<string> sums);

    /// <summary>Writes the addition of a value to a sum.</summary>
    public abstract void Add(string sum, string value);

    /// <summary>Writes the addition of a product to a sum.</summary>
    public abstract void AddProduct(string sum, string left, string right);

    /// <summary>Writes the addition of each part to its total.</summary>
    public abstract void AddParts(IReadOnlyList<string> totals, IReadOnlyList<string> parts);
}

/// <summary>Sums in local variables, which the JIT keeps in registers.</summary>
internal sealed class LocalSums(KernelWriter writer) : SumStorage
{
    public override void Declare(IReadOnlyList<string> sums)
    {
        foreach (string sum in sums)
            writer.Code.Line($"Floats {sum} = Simd.Zero;");
    }

    public override void Add(string sum, string value) => writer.Code.Line($"{sum} += {value};");

    public override void AddProduct(string sum, string left, string right) => writer.Code.Line($"{sum} = {KernelWriter.MultiplyAdd(left, right, sum)};");

    public override void AddParts(IReadOnlyList<string> totals, IReadOnlyList<string> parts) =>
        writer.Code.Together([.. totals.Zip(parts, (total, part) => $"{total} += {part};")]);
}

/// <summary>Sums of all channels on the stack, in references of the sums' names. The variable of the channel is <c>n</c>.</summary>
/// <param name="writer">The writer.</param>
/// <param name="channels">The number of channels.</param>
internal sealed class StackSums(KernelWriter writer, int channels) : SumStorage
{
    private int Length => LengthOf(channels, writer.Lanes);

    /// <summary>Floats of a sum: a whole number of vectors.</summary>
    public static int LengthOf(int channels, int lanes) => (channels + lanes - 1) / lanes * lanes;

    /// <summary>Writes the memory of sums that begin at 0, and the references to them.</summary>
    public void Reserve(IReadOnlyList<string> sums)
    {
        writer.Code.Together(Invariant($"Span<float> memory = stackalloc float[{sums.Count * Length}];"), "memory.Clear();");
        writer.Code.Statement("ref float " + string.Join(", ", sums.Select((sum, i) => Invariant($"{sum} = ref memory[{i * Length}]"))) + ";");
    }

    /// <summary>They are declared by <see cref="Reserve"/>, because a loop must not take memory of the stack; <see cref="AddParts"/> sets them back to 0.</summary>
    public override void Declare(IReadOnlyList<string> sums)
    {
    }

    public override void Add(string sum, string value) => writer.Store(value, sum, "n", writer.Lanes, adds: true);

    public override void AddProduct(string sum, string left, string right) =>
        writer.Store(KernelWriter.MultiplyAdd(left, right, KernelWriter.Load(sum, "n")), sum, "n", writer.Lanes);

    public override void AddParts(IReadOnlyList<string> totals, IReadOnlyList<string> parts)
    {
        using (writer.Loop("n", Length, writer.Lanes))
        {
            foreach ((string total, string part) in totals.Zip(parts, (total, part) => (total, part)))
                writer.Code.Together(writer.Stored(KernelWriter.Load(part, "n"), total, "n", writer.Lanes, adds: true), writer.Stored("Simd.Zero", part, "n", writer.Lanes));
        }
    }
}
