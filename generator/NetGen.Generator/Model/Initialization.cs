using System.Globalization;

namespace NetGen.Generator.Model;

/// <summary>How a weight or bias begins.</summary>
/// <param name="Kind">What its values are drawn from; never <see cref="InitializerKind.Default"/>.</param>
/// <param name="Value">The number that the kind takes; 0 where it takes none.</param>
/// <param name="IsUsual">Whether it would begin so without being told, so that a summary need not say it.</param>
internal sealed record Initialization(InitializerKind Kind, double Value, bool IsUsual)
{
    /// <summary>The value that all values of the tensor have; null where they are drawn.</summary>
    public double? SameEverywhere => Kind switch
    {
        InitializerKind.Zeros => 0,
        InitializerKind.Ones => 1,
        InitializerKind.Constant => Value,
        _ => null,
    };

    /// <summary>The end of a layer's settings: <c>, weight Normal 0.02</c>; empty where it is usual.</summary>
    public string Setting(string tensor)
    {
        if (IsUsual)
            return "";
        bool hasNumber = Kind is InitializerKind.Constant or InitializerKind.Uniform or InitializerKind.Normal
            || (Kind == InitializerKind.Orthogonal && Value != 1);
        return $", {tensor} {Kind}" + (hasNumber ? " " + Value.ToString("R", CultureInfo.InvariantCulture) : "");
    }
}
