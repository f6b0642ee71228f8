namespace NetGen.Generator.Tests.Counting;

/// <summary>The text of what instrumented code counts with: one field for each method, so that counting is quick.</summary>
internal sealed class LaneCounters
{
    /// <summary>The class of the fields.</summary>
    public const string Fields = "NetGen__Counting.Lanes";

    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);

    /// <summary>The method that counts in place of one of a class of the library.</summary>
    /// <param name="type">The name of that class in the code that calls it.</param>
    public static string MethodOf(string type) => $"NetGen__Counting.Counted{type}.MultiplyAdd";

    /// <summary>The expression for a field.</summary>
    public string Field(string name)
    {
        _fields.Add(name);
        return $"{Fields}.{name}";
    }

    /// <summary>The source of the class.</summary>
    public override string ToString()
    {
        string fields = string.Join(", ", _fields.Order(StringComparer.Ordinal));
        return $$"""
            namespace NetGen__Counting;

            using System.Numerics;
            using System.Runtime.CompilerServices;
            using System.Runtime.Intrinsics;

            internal static class Lanes
            {
                internal static long {{fields}};
            }

            internal static class Width
            {
                internal static bool Has512 { get; set; }

                internal static bool Has256 { get; set; }
            }

            {{Counter("Simd128", "Vector128<float>", "Vector128.MultiplyAddEstimate")}}
            {{Counter("Simd256", "Vector256<float>", "Vector256.MultiplyAddEstimate")}}
            {{Counter("Simd512", "Vector512<float>", "Vector512.MultiplyAddEstimate")}}
            {{Counter("Vector", "Vector<float>", "Vector.MultiplyAddEstimate")}}
            {{Counter("float", "float", "float.MultiplyAddEstimate")}}
            """;
    }

    private static string Counter(string name, string type, string method) => $$"""
        internal static class Counted{{name}}
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            internal static {{type}} MultiplyAdd(ref long lanes, {{type}} left, {{type}} right, {{type}} sum)
            {
                lanes += Unsafe.SizeOf<{{type}}>() / sizeof(float);
                return {{method}}(left, right, sum);
            }
        }
        """;
}
