using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace NetGen.RandomNetworks.Declarations;

/// <summary>Writes a declaration that is most likely wrong: any layers with any arguments, or a valid one with another number in it.</summary>
internal static partial class AnyDeclaration
{
    private static readonly Type[] Layers =
        [.. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract && !type.IsGenericType).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static string Of(Recipe recipe)
    {
        var choices = new Choices(recipe);
        if (choices.Next(2) == 1) return WithOtherNumber(recipe, choices);
        List<string> attributes = [];
        for (int inputs = choices.Of(1, 1, 1, 0, 2); inputs > 0; inputs--)
            attributes.Add($"Input({string.Join(", ", Enumerable.Range(0, choices.Of(3, 1, 2)).Select(_ => Number(choices)))})");
        int layers = choices.Next(10);
        for (int i = 0; i < layers; i++) attributes.Add(Attribute(Layers[choices.Next(Layers.Length)], choices));
        return string.Join(", ", attributes);
    }

    private static string WithOtherNumber(Recipe recipe, Choices choices)
    {
        string text = ValidDeclaration.Of(recipe).Text;
        MatchCollection numbers = WholeNumber().Matches(text);
        Match number = numbers[choices.Next(numbers.Count)];
        return string.Concat(text.AsSpan(0, number.Index), Number(choices), text.AsSpan(number.Index + number.Length));
    }

    [GeneratedRegex(@"(?<= |\()\d+(?=[,)])")]
    private static partial Regex WholeNumber();

    private static string Attribute(Type type, Choices choices)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        List<string> arguments = [.. constructors[choices.Next(constructors.Length)].GetParameters().Select(parameter => Value(parameter.ParameterType, choices))];
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
            if (choices.Rarely(4)) arguments.Add($"{property.Name} = {Value(property.PropertyType, choices)}");
        return $"{type.Name[..^"Attribute".Length]}({string.Join(", ", arguments)})";
    }

    private static string Value(Type type, Choices choices)
    {
        if (type.IsArray) return Value(type.GetElementType()!, choices);
        if (type == typeof(string)) return choices.Of("\"a\"", "\"b\"", "\"relu1\"", "\"conv1\"", "\"\"", "null!", "\"9 lives\"", "nameof(System)");
        if (type == typeof(bool)) return choices.Of("true", "false");
        if (type == typeof(double) || type == typeof(float)) return choices.Of("0.5", "0", "1", "-1", "double.NaN", "1e300", "double.PositiveInfinity", "2 - 1.5");
        if (type.IsEnum) return choices.Rarely(4) ? string.Create(CultureInfo.InvariantCulture, $"({type.Name})77") : $"{type.Name}.{Enum.GetNames(type)[choices.Next(Enum.GetNames(type).Length)]}";
        return type == typeof(int) ? Number(choices) : "null!";
    }

    private static string Number(Choices choices) =>
        choices.Of("3", "1", "2", "8", "5", "0", "-1", "28", "int.MaxValue", "int.MinValue", "1 << 16", "46341");
}
