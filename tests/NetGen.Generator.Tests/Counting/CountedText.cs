using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests.Counting;

/// <summary>
/// Makes the text of kernels count the multiply-adds of their sums of products: <c>sum = Simd.MultiplyAdd(a, b, sum)</c>. Where the result does not replace
/// the addend, a value is scaled and shifted, as batch normalisation does; that is no part of a convolution or a dense layer.
/// </summary>
internal static class CountedText
{
    private static readonly Regex Method = new(@"static void (\w+)\(", RegexOptions.CultureInvariant);

    private static readonly Regex Sum = new(
        @"(?<sum>\w+(\[\w+\])?) = (?<type>\w+)\.MultiplyAdd(Estimate)?\((?<factors>[^;]*), \k<sum>\);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>The same text with counting.</summary>
    /// <param name="text">The text.</param>
    /// <param name="counterOf">The counter of a method; null for one that is not counted.</param>
    /// <exception cref="InvalidOperationException">Nothing multiplies and adds.</exception>
    public static string Of(string text, Func<string, string?> counterOf)
    {
        int changed = 0;
        Match[] methods = Method.Matches(text).ToArray();
        string counting = string.Concat(methods.Select((method, i) =>
        {
            string body = text[method.Index..(i + 1 < methods.Length ? methods[i + 1].Index : text.Length)];
            if (!body.Contains(".MultiplyAdd", StringComparison.Ordinal) || counterOf(method.Groups[1].Value) is not { } counter)
                return body;
            return Sum.Replace(body, sum =>
            {
                changed++;
                return $"{sum.Groups["sum"]} = {LaneCounters.MethodOf(sum.Groups["type"].Value)}(ref {counter}, {sum.Groups["factors"]}, {sum.Groups["sum"]});";
            });
        }));
        if (changed == 0)
            throw new InvalidOperationException("No sum of products was found: do kernels have another form now?");
        return text[..methods[0].Index] + counting;
    }
}
