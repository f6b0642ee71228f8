using System.Reflection;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Generator.Tests.Architecture;

/// <summary>
/// The generator cannot refer to the library, so that it repeats some of its constants and enums. They are looked for by name, in
/// whichever class they are.
/// </summary>
public sealed class MirroredValuesTests
{
    private static readonly Type[] GeneratorTypes = typeof(NetworkGenerator).Assembly.GetTypes();

    [Fact]
    public void The_generators_name_in_paths_is_its_own() => Assert.Equal(NetGen.Generator.Declaration.WellKnown.Generator, typeof(NetworkGenerator).FullName);

    [Theory]
    [InlineData("PanelWidth", typeof(WeightLayout), nameof(WeightLayout.PanelWidth))]
    public void A_constant_is_the_same_in_generator_and_library(string generatorName, Type libraryType, string libraryName)
    {
        FieldInfo[] copies = [.. GeneratorTypes
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.Name == generatorName)];
        Assert.True(copies.Length > 0, $"The generator has no constant {generatorName}.");
        Assert.All(copies, copy => Assert.Equal(libraryType.GetField(libraryName)!.GetRawConstantValue(), copy.GetRawConstantValue()));
    }

    /// <summary>Arguments of attributes and marks are read as numbers.</summary>
    [Theory]
    [InlineData("MemberRole", typeof(NetworkMemberRole))]
    [InlineData("PaddingKind", typeof(Padding))]
    [InlineData("InputKind", typeof(InputType))]
    [InlineData("LossKind", typeof(Loss))]
    public void An_enum_has_the_names_and_numbers_of_the_library(string generatorName, Type libraryEnum)
    {
        Type[] copies = [.. GeneratorTypes.Where(type => type.IsEnum && type.Name == generatorName)];
        Assert.True(copies.Length > 0, $"The generator has no enum {generatorName}.");
        Assert.All(copies, copy => Assert.Equal(Values(libraryEnum), Values(copy)));
    }

    /// <summary>Rules look for outputs by this name before they ask the compiler what it stands for.</summary>
    [Fact]
    public void Outputs_have_the_name_of_their_role()
    {
        IEnumerable<MemberInfo> marked = typeof(ITrainingPass).Assembly.GetTypes().SelectMany(static type => type.GetMembers()).Where(
            static member => member.GetCustomAttribute<NetworkMemberAttribute>()?.Role == NetworkMemberRole.Outputs);
        Assert.Equal([nameof(NetworkMemberRole.Outputs)], marked.Select(static member => member.Name).Distinct());
    }

    private static IEnumerable<string> Values(Type type) => Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
}
