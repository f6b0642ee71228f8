using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>
/// The part of the declaration that a kind of layer reads: its arguments, its input, and the layers around it. It does not depend on
/// Roslyn.
/// </summary>
/// <param name="kind">The kind that is read.</param>
/// <param name="name">The name of the layer.</param>
/// <param name="input">The output of the layer that is read; null when an error there leaves it unknown.</param>
/// <param name="arguments">The arguments that are given, by the name of the parameter or property.</param>
/// <param name="before">The preceding layers, as far as they could be read.</param>
/// <param name="earlier">The names of the preceding layers, also of those that could not be read.</param>
/// <param name="allNamesAreKnown">Whether <paramref name="earlier"/> is complete; it is not after an attribute that has errors, or may be meant as a layer.</param>
/// <param name="afterImage">Whether the network's input or the output of an earlier layer is an image.</param>
/// <param name="after">The kinds of the layers after, as far as the next branch.</param>
/// <param name="sink">Takes what is wrong.</param>
internal sealed class LayerReader(
    LayerKind kind,
    string name,
    Shape? input,
    IReadOnlyDictionary<string, object?> arguments,
    IReadOnlyList<Layer> before,
    IReadOnlyList<string> earlier,
    bool allNamesAreKnown,
    bool afterImage,
    IReadOnlyList<LayerKind> after,
    LayerFaultSink sink)
{
    /// <summary>The name of the layer.</summary>
    public string Name => name;

    /// <summary>The output of the layer that it reads; null when an error there leaves it unknown, so that shapes cannot be checked.</summary>
    public Shape? Input => input;

    /// <summary>The earlier layers that were asked for by name, and found.</summary>
    public HashSet<string> NamedLayers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an error was reported.</summary>
    public bool Failed { get; private set; }

    /// <summary>
    /// The output where it is known although the layer cannot be built, so that the layers after it are checked too; otherwise null.
    /// </summary>
    public Shape? OutputDespiteFaults { get; set; }

    /// <summary>The initializer of this layer's weights when none is given; it depends on the next activation or layer with weights.</summary>
    public InitializerKind WeightInitializer =>
        after.Select(next => next.Role).FirstOrDefault(role => role != LayerRole.Neutral) switch
        {
            LayerRole.Rectifier => InitializerKind.HeNormal,
            LayerRole.SelfNormalizing => InitializerKind.LeCunNormal,
            _ => InitializerKind.GlorotUniform,
        };

    /// <summary>The shape whose values, flattened, are this layer's input in unchanged order; null if there is none, or the input is not flat.</summary>
    public Shape? Unflattened => input is { IsFlat: true } ? UnflattenedUpTo(LayerBefore) : null;

    /// <summary>The name of the layer whose output it reads; null for the network's input.</summary>
    public string? InputName => LayerBefore?.Name;

    /// <summary>Whether the input is a flattened image, whose values have another order channels-first, as in weight files.</summary>
    public bool IsFlattened => Unflattened is { IsReorderedByFlatten: true };

    private Layer? LayerBefore => Before(arguments.TryGetValue("From", out object? from) ? from as string : null, before.Count);

    private Shape? UnflattenedUpTo(Layer? last)
    {
        for (Layer? layer = last; layer is { KeepsOrder: true }; layer = Before(layer.From, before.ToList().IndexOf(layer)))
        {
            if (!layer.Input.IsFlat)
                return layer.Input;
        }

        return null;
    }

    /// <summary>The layer whose output is read: the one that <c>From</c> names, otherwise the one before that position.</summary>
    private Layer? Before(string? from, int place) =>
        from is not null ? before.FirstOrDefault(layer => layer.Name == from) : place > 0 ? before[place - 1] : null;

    /// <summary>
    /// The names of earlier layers, from an argument with one or several; empty, with an error reported, when there are none or one is not
    /// the name of an earlier layer.
    /// </summary>
    public EquatableArray<string> EarlierLayers(string argument)
    {
        arguments.TryGetValue(argument, out object? value);
        string?[] names = value switch
        {
            string?[] several => several,
            string one => [one],
            _ => [],
        };
        string there = earlier.Count == 0 ? "there is no layer before it" : "before it there are " + string.Join(", ", earlier);
        if (names.Length == 0)
            Fail(LayerFault.LayerUnknown, null, $"names no layer; {there}");
        string?[] unknown = [.. names.Where(layer => !earlier.Contains(layer)).Distinct()];
        foreach (string? name in allNamesAreKnown ? unknown : [])
            Fail(LayerFault.LayerUnknown, Element(argument, names, name), $"names {InWords(name)}; {there}");
        string[] known = [.. names.OfType<string>()];
        NamedLayers.UnionWith(known);
        return Failed || unknown.Length > 0 ? [] : known.ToEquatableArray();

        static string InWords(string? name) => name switch
        {
            null => "null instead of an earlier layer",
            "" => "\"\" instead of an earlier layer",
            _ => $"'{name}', which is no earlier layer",
        };
    }

    /// <summary>One of the values of an argument, for <see cref="Fail"/>.</summary>
    public static string Element(string argument, IReadOnlyList<string?> values, string? value) =>
        Invariant($"{argument}[{values.ToList().IndexOf(value)}]");

    /// <summary>The output of an earlier layer; null when an error there leaves it unknown.</summary>
    public Shape? OutputOf(string layer) => before.FirstOrDefault(other => other.Name == layer)?.Output;

    /// <summary>
    /// Whether the values of an earlier layer have the same order as those of the input in the channels-first order of weight files, too: both
    /// are flattened images of one shape, or neither is.
    /// </summary>
    public bool HasOrderOf(string layer) => input is not { IsFlat: true } || Reordered(UnflattenedUpTo(Before(layer, 0))) == Reordered(Unflattened);

    /// <summary>Whether the output of an earlier layer is a flattened image, whose values have another order channels-first.</summary>
    public bool IsFlattenedAfter(string layer) => UnflattenedUpTo(Before(layer, 0)) is { IsReorderedByFlatten: true };

    private static Shape? Reordered(Shape? image) => image is { IsReorderedByFlatten: true } ? image : null;

    /// <summary>Whether the argument is given.</summary>
    public bool Has(string argument) => arguments.ContainsKey(argument);

    /// <summary>A whole number of at least 1; <paramref name="absent"/> when it is not given.</summary>
    public int Positive(string argument, int absent = 1)
    {
        if (!arguments.TryGetValue(argument, out object? value))
            return absent;
        int number = value is int given ? given : 0;
        if (number < 1)
            OutOfRange(argument, number.ToString(CultureInfo.InvariantCulture), "at least 1");
        return number;
    }

    /// <summary>A whole number of at least 0; 0 when it is not given.</summary>
    public int NotNegative(string argument)
    {
        if (!arguments.TryGetValue(argument, out object? value))
            return 0;
        int number = value is int given ? given : -1;
        if (number < 0)
            OutOfRange(argument, number.ToString(CultureInfo.InvariantCulture), "at least 0");
        return number;
    }

    /// <summary>An explicit padding; 0 when it is not given. Reports one beside <c>Padding</c>, which computes the padding itself.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="mode">What <c>Padding</c> is.</param>
    public int ExplicitPadding(string argument, PaddingKind mode)
    {
        int padding = NotNegative(argument);
        if (Has(argument) && Has("Padding"))
            Fail(LayerFault.ArgumentOutOfRange, argument, Invariant($"has {argument} = {padding}, but also Padding = {mode}; leave one of them out"));
        return padding;
    }

    /// <summary>A number in [0, 1).</summary>
    public double Share(string argument)
    {
        double number = arguments.TryGetValue(argument, out object? value) && value is double given ? given : double.NaN;
        if (!(number >= 0 && number < 1))
            OutOfRange(argument, number.ToString("R", CultureInfo.InvariantCulture), "at least 0 and less than 1");
        return number;
    }

    /// <summary>A number in a range; <paramref name="absent"/> when it is not given.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="absent">The value when it is not given.</param>
    /// <param name="fits">Whether a number is in the range.</param>
    /// <param name="expected">The range in words.</param>
    public double Number(string argument, double absent, Func<double, bool> fits, string expected)
    {
        if (!arguments.TryGetValue(argument, out object? value))
            return absent;
        double number = value is double given ? given : double.NaN;
        if (!fits(number))
            OutOfRange(argument, number.ToString("R", CultureInfo.InvariantCulture), expected);
        return number;
    }

    /// <summary>A number that is finite as a float; <paramref name="absent"/> when it is not given.</summary>
    public double Float(string argument, double absent) =>
        Number(argument, absent, static number => Math.Abs((float)number) <= float.MaxValue, "within the range of a float");

    /// <summary>A number that is positive and finite as a float; <paramref name="absent"/> when it is not given.</summary>
    public double PositiveFloat(string argument, double absent) => Number(
        argument, absent, static number => (float)number > 0 && (float)number <= float.MaxValue, "positive and within the range of a float");

    /// <summary>Whether an argument is true; <paramref name="absent"/> when it is not given.</summary>
    public bool Flag(string argument, bool absent) => arguments.TryGetValue(argument, out object? value) ? value is true : absent;

    /// <summary>One of the values of an enum; <paramref name="absent"/> when it is not given.</summary>
    public TEnum Choice<TEnum>(string argument, TEnum absent)
        where TEnum : struct, Enum => OneOf(argument, absent, static _ => true) ?? absent;

    /// <summary>One of those values of an enum that fit; <paramref name="absent"/> when it is not given, null when it is another.</summary>
    public TEnum? OneOf<TEnum>(string argument, TEnum absent, Func<TEnum, bool> fits)
        where TEnum : struct, Enum
    {
        if (!arguments.TryGetValue(argument, out object? value))
            return absent;
        TEnum? given = value is int number && Enum.IsDefined(typeof(TEnum), number) ? (TEnum)Enum.ToObject(typeof(TEnum), number) : null;
        if (given is { } choice && fits(choice))
            return choice;
        OutOfRange(
            argument,
            given?.ToString() ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
            "one of " + string.Join(", ", Enum.GetValues(typeof(TEnum)).Cast<TEnum>().Where(fits)));
        return null;
    }

    /// <summary>A type that generated code can use as an activation; null when it cannot, which is reported.</summary>
    public TypeArgument? Activation(string argument)
    {
        if (!arguments.TryGetValue(argument, out object? value) || value is not TypeArgument type)
            throw new InvalidOperationException($"The attribute of {kind.Name} has no type parameter {argument}.");
        if (type.Fault is not { } fault)
            return type;
        Fail(LayerFault.ActivationType, argument, $"has the activation {type.Name}, which {fault}");
        return null;
    }

    /// <summary>Whether the input is known to be an image; reports it when it is known to be something else.</summary>
    public bool RequireImage([NotNullWhen(true)] out Shape? image)
    {
        image = input is { IsImage: true } ? input : null;
        if (image is not null || input is null)
            return image is not null;
        string remedy = afterImage
            ? "put it before the layer that flattens the image"
            : "declare [Input(height, width, channels)]";
        Fail(LayerFault.NeedsImage, null, $"needs an image (height, width, channels), but its input is {input}; {remedy}");
        return false;
    }

    /// <summary>Whether the input is known to be a sequence; reports it when it is known to be something else.</summary>
    public bool RequireSequence([NotNullWhen(true)] out Shape? sequence)
    {
        sequence = input is { IsSequence: true } ? input : null;
        if (sequence is not null || input is null)
            return sequence is not null;
        string remedy = input.IsImage ? $"for an image there is [{kind.Name.Replace("1D", "2D")}]"
            : before.Any(layer => layer.Input.IsSequence) ? "put it before the layer that flattens the sequence"
            : "declare [Input(length, channels)]";
        Fail(LayerFault.NeedsImage, null, $"needs a sequence (length, channels), but its input is {input}; {remedy}");
        return false;
    }

    /// <summary>Whether the input is known to have positions, as an image or a sequence; reports it when it is known to be flat.</summary>
    public bool RequirePositions([NotNullWhen(true)] out Shape? positions)
    {
        positions = input is { IsFlat: false } ? input : null;
        if (positions is not null || input is null)
            return positions is not null;
        string remedy = before.Any(layer => !layer.Input.IsFlat)
            ? "put it before the layer that makes the features flat"
            : "declare [Input(height, width, channels)] or [Input(length, channels)]";
        Fail(LayerFault.NeedsImage, null, $"needs an image (height, width, channels) or a sequence (length, channels), but its input is {input}; {remedy}");
        return false;
    }

    /// <summary>Whether the input is known to be flat; reports it when it is known to be something else.</summary>
    public bool RequireFlat([NotNullWhen(true)] out Shape? flat)
    {
        flat = input is { IsFlat: true } ? input : null;
        if (flat is not null || input is null)
            return flat is not null;
        Fail(
            LayerFault.NeedsFlatFeatures,
            null,
            Invariant($"needs flat features, but its input is {input}; put [Flatten] before it, which gives ({input.Length}), or [GlobalAveragePool], which gives ({input.Channels})"));
        return false;
    }

    /// <summary>Reports an error at an argument (null: at the attribute); the message goes on after the kind and name.</summary>
    public void Fail(LayerFault fault, string? argument, string message)
    {
        Failed = true;
        sink(fault, argument, $"{kind.Name} '{name}' {message}");
    }

    /// <summary>Reports an information or a warning.</summary>
    public void Inform(LayerFault fault, string? argument, string message) =>
        sink(fault, argument, $"{kind.Name} '{name}' {message}");

    private void OutOfRange(string argument, string value, string expected) =>
        Fail(LayerFault.ArgumentOutOfRange, argument, $"has {argument} = {value}, but it must be {expected}");
}
