using System.Globalization;

namespace NetGen.Tests.Data;

/// <summary>A culture in which numbers look unlike those of programs: decimal comma, grouping, the minus U+2212.</summary>
internal static class HostileCulture
{
    /// <summary>Runs an action under the culture.</summary>
    public static void Run(Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        hostile.NumberFormat.NegativeSign = "−";
        hostile.NumberFormat.NaNSymbol = "¤";
        hostile.NumberFormat.PercentSymbol = "pc";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
