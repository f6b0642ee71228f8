using System.Globalization;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads how the weight and the bias of a layer begin: an initialiser, and the number that it takes.</summary>
internal static class InitializerArguments
{
    /// <summary>The largest scale: a normal value with it is still finite as a float.</summary>
    private const double MaxScale = 1e30;

    /// <summary>The arguments that say how the weight begins.</summary>
    public static readonly EquatableArray<string> OfWeight = ["Initializer", "InitialValue", "InitializerScale"];

    /// <summary>The arguments that say how the bias begins.</summary>
    public static readonly EquatableArray<string> OfBias = ["BiasInitializer", "BiasInitialValue", "BiasInitializerScale"];

    /// <summary>How the weight begins; of no meaning once an error was reported.</summary>
    public static Initialization Weight(LayerReader reader) => Read(reader, OfWeight, reader.WeightInitializer, static _ => true);

    /// <summary>How the bias begins; of no meaning once an error was reported.</summary>
    public static Initialization Bias(LayerReader reader) => Read(
        reader,
        OfBias,
        InitializerKind.Zeros,

        // A vector has no fans and is no matrix.
        static kind => kind is InitializerKind.Zeros or InitializerKind.Ones or InitializerKind.Constant
            or InitializerKind.Uniform or InitializerKind.Normal or InitializerKind.Default);

    private static Initialization Read(LayerReader reader, EquatableArray<string> arguments, InitializerKind usual, Func<InitializerKind, bool> fits)
    {
        (string initializer, string value, string scale) = (arguments[0], arguments[1], arguments[2]);
        double constant = reader.Float(value, 0);
        double factor = reader.Number(
            scale, 1, static number => (float)number > 0 && number <= MaxScale, "positive and at most 1E+30");

        // What a float rounds to 0 begins as 0.
        constant = (float)constant == 0 ? 0 : constant;
        if (reader.OneOf(initializer, InitializerKind.Default, fits) is not { } given)
            return new(usual, 0, IsUsual: true);

        InitializerKind kind = given == InitializerKind.Default ? usual : given;
        bool takesValue = kind == InitializerKind.Constant;
        bool needsScale = kind is InitializerKind.Uniform or InitializerKind.Normal;
        bool takesScale = needsScale || kind == InitializerKind.Orthogonal;
        if (!takesValue)
            Refuse(value, constant, "Constant takes");
        else if (!reader.Has(value))
            Require(value, "the value of all");
        if (!takesScale)
            Refuse(scale, factor, fits(InitializerKind.Orthogonal) ? "Uniform, Normal and Orthogonal take" : "Uniform and Normal take");
        else if (needsScale && !reader.Has(scale))
            Require(scale, kind == InitializerKind.Uniform ? "the limit a of [-a, a)" : "the standard deviation");
        return new(kind, takesValue ? constant : takesScale ? factor : 0, kind == usual);

        void Refuse(string argument, double number, string takers)
        {
            if (!reader.Has(argument))
                return;
            string instead = reader.Has(initializer) ? $"{initializer} is {given}" : $"no {initializer} is given";
            reader.Fail(
                LayerFault.InitializerNumber, argument, $"has {argument} = {number.ToString("R", CultureInfo.InvariantCulture)}, which {takers}, but {instead}");
        }

        void Require(string argument, string meaning) =>
            reader.Fail(LayerFault.InitializerNumber, initializer, $"has {initializer} = {kind}, but no {argument}, {meaning}");
    }
}
