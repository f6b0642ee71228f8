using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>The names of a vector in generated code. Mostly it is the widest one; where few values lie side by side, it is one of eight floats.</summary>
/// <param name="Floats">The type.</param>
/// <param name="Simd">The operations.</param>
/// <param name="Lanes">Its floats.</param>
internal readonly record struct VectorNames(string Floats, string Simd, int Lanes)
{
    /// <summary>The floats of the shorter vector.</summary>
    public const int Few = 8;

    /// <summary>The vectors of a kernel.</summary>
    public static VectorNames Of(VectorWidth width) => new("Floats", "Simd", width.Lanes);

    /// <summary>The vectors for at most <see cref="Few"/> values side by side.</summary>
    public static VectorNames OfFew(VectorWidth width) => width.Lanes > Few ? new("EightFloats", "Simd256", Few) : Of(width);

    public string Load(string reference, string offset) => $"{Simd}.Load(ref {reference}, {offset})";

    public string Store(string value, string reference, string offset) => $"{Simd}.Store({value}, ref {reference}, {offset});";

    /// <summary>A vector of one value.</summary>
    public string Splat(string value) => $"{Simd}.Splat({value})";

    /// <summary>A factor times a value.</summary>
    public string Times(string factor, string value) => $"{Splat(factor)} * {value}";

    /// <summary>A sum plus a factor times a value.</summary>
    public string Plus(string sum, string factor, string value) => $"{Simd}.MultiplyAdd({Splat(factor)}, {value}, {sum})";

    /// <summary>The loads of the values that a transform reads: <c>d0</c>, <c>d1</c>, ….</summary>
    /// <param name="name">Their name, without the number.</param>
    /// <param name="reference">Where they are.</param>
    /// <param name="offsets">The offset of each.</param>
    public string Loads(string name, string reference, IEnumerable<string> offsets)
    {
        VectorNames names = this;
        return $"{Floats} {string.Join(", ", offsets.Select((offset, i) => Invariant($"{name}{i} = {names.Load(reference, offset)}")))};";
    }

    /// <summary>The stores of <c>t0</c>, <c>t1</c>, ….</summary>
    /// <param name="reference">Where they go.</param>
    /// <param name="offsets">The offset of each.</param>
    public IEnumerable<string> Stores(string reference, IEnumerable<string> offsets)
    {
        VectorNames names = this;
        return offsets.Select((offset, i) => names.Store(Invariant($"t{i}"), reference, offset));
    }
}
