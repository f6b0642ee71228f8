namespace NetGen.Generator.Model;

/// <summary>What a generated member is, as far as other members of the class can collide with it.</summary>
internal enum MemberForm
{
    /// <summary>A field or constant.</summary>
    Field,

    /// <summary>A property, whose accessors take two more names.</summary>
    Property,

    /// <summary>A method, beside which overloads with other parameters can stand.</summary>
    Method,

    /// <summary>A constructor, beside which others with other parameters can stand.</summary>
    Constructor,

    /// <summary>A nested type.</summary>
    Type,
}

/// <summary>A member of the generated part.</summary>
/// <param name="Form">What it is.</param>
/// <param name="Name">Its name; <c>.ctor</c> for constructors.</param>
/// <param name="Parameters">
/// The types of its parameters, all of them passed by value, as full metadata names with type arguments in brackets:
/// <c>System.Span`1[System.Single]</c>. Of a property its own type. Empty where the form has none.
/// </param>
internal sealed record GeneratedMember(MemberForm Form, string Name, EquatableArray<string> Parameters);

/// <summary>
/// The members of the generated part of every network, public and private. The user's part of the class is checked against this list. A test
/// finds generated members that are missing here.
/// </summary>
/// <param name="layers">The layers of the network; those with parameters have members of their own.</param>
/// <param name="input">In which form samples come; a network that takes bytes has more methods.</param>
internal sealed class GeneratedMembers(IEnumerable<Layer> layers, InputKind input)
{
    public const string ConstructorName = ".ctor";

    private const string Text = "System.String";
    private const string Stream = "System.IO.Stream";
    private const string Bytes = "System.ReadOnlySpan`1[System.Byte]";
    private const string Inputs = "System.ReadOnlySpan`1[System.Single]";
    private const string Outputs = "System.Span`1[System.Single]";
    private const string Int = "System.Int32";
    private const string Seed = "System.UInt64";
    private const string Table = "NetGen.ParameterTable";

    private static readonly ILookup<string, GeneratedMember> Fixed = new GeneratedMember[]
    {
        Field("InputLength"),
        Field("OutputLength"),
        Field("ParameterCount"),
        Property("Summary", "NetGen.NetworkSummary"),
        Property("ParameterTable", Table),
        Property("Parameters", Inputs),
        Property("ParameterVersion", "System.Int64"),
        Method("EditParameters"),
        Constructor(Seed),
        Method("Load", Text),
        Method("Load", Stream),
        Method("Load", Bytes),
        Method("Save", Text),
        Method("Save", Stream),
        Method("Predict", Inputs, Outputs),
        Method("Predict", Inputs, Outputs, Int),
        Method("Classify", Inputs),
        Method("PredictMonteCarlo", Inputs, Int, Seed, Outputs, Outputs),
        Method("CreatePredictor", Int, Int),
        Method("BeginTraining", Int, Seed, Int),
        Method("BeginTraining", "NetGen.TrainingOptions"),
        Type("TrainingPass"),

        Constructor("NetGen.CompilerServices.ParameterMemory"),
        Field("_parameters"),
    }.ToLookup(member => member.Name, StringComparer.Ordinal);

    private static readonly ILookup<string, GeneratedMember> OfBytes = new[]
    {
        Method("Predict", Bytes, Outputs),
        Method("Predict", Bytes, Outputs, Int),
        Method("Classify", Bytes),
        Method("PredictMonteCarlo", Bytes, Int, Seed, Outputs, Outputs),
    }.ToLookup(member => member.Name, StringComparer.Ordinal);

    /// <summary>The generated members of that name, accessors of properties among them.</summary>
    public IEnumerable<GeneratedMember> Named(string name) => name switch
    {
        _ when name.StartsWith("get_", StringComparison.Ordinal) => Properties(name.Substring(4)).Select(_ => Method(name)),
        _ when name.StartsWith("set_", StringComparison.Ordinal) => Properties(name.Substring(4)).Select(property => Method(name, property.Parameters[0])),
        _ => Fixed[name].Concat(input == InputKind.UInt8 ? OfBytes[name] : []).Concat(Views(name)),
    };

    private IEnumerable<GeneratedMember> Properties(string name) => Named(name).Where(member => member.Form == MemberForm.Property);

    /// <summary>The views of parameters of that name. Most names already differ at their beginning, and then no name of a view is made.</summary>
    private IEnumerable<GeneratedMember> Views(string name) => layers
        .Where(layer => name.StartsWith(ParameterNames.Pascal(layer.Name), StringComparison.Ordinal))
        .SelectMany(layer => layer.Parameters.Items
            .Where(parameter => ParameterNames.View(layer.Name, parameter.Name) == name)
            .Select(_ => Property(name, "NetGen.ParameterView")));

    private static GeneratedMember Field(string name) => new(MemberForm.Field, name, []);

    private static GeneratedMember Property(string name, string type) => new(MemberForm.Property, name, [type]);

    private static GeneratedMember Type(string name) => new(MemberForm.Type, name, []);

    private static GeneratedMember Method(string name, params string[] parameters) =>
        new(MemberForm.Method, name, parameters.ToEquatableArray());

    private static GeneratedMember Constructor(params string[] parameters) =>
        new(MemberForm.Constructor, ConstructorName, parameters.ToEquatableArray());
}
