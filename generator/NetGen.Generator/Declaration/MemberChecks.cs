using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Rules;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>Whether what the user wrote in the class leaves room for what is generated.</summary>
internal static class MemberChecks
{
    public static void Run(
        INamedTypeSymbol symbol,
        TypeDeclarationSyntax declaration,
        GeneratedMembers generated,
        FaultList faults,
        CancellationToken cancellation)
    {
        MemberCollisions collisions = new(generated);
        if (generated.Named(symbol.Name).Any())
            faults.At(declaration.Identifier.GetLocation(), DeclarationRules.MemberTaken, symbol.Name, symbol.Name, "is the name of the class");
        if (IsBare(symbol, cancellation))
            return;
        CheckNames(symbol, declaration, collisions, faults, cancellation);
        CheckConstructors(symbol, collisions, faults, cancellation);
        CheckBase(symbol, declaration, faults);
    }

    /// <summary>
    /// Whether the user wrote neither members nor a base, as in most networks. The compiler makes the symbols of members when they are first
    /// asked for, so this check saves making them at every keystroke.
    /// </summary>
    private static bool IsBare(INamedTypeSymbol symbol, CancellationToken cancellation)
    {
        foreach (SyntaxReference part in symbol.DeclaringSyntaxReferences)
        {
            if (!IsGenerated(part)
                && part.GetSyntax(cancellation) is not TypeDeclarationSyntax { Members.Count: 0, ParameterList: null, BaseList: null })
                return false;
        }

        return true;
    }

    private static void CheckNames(
        INamedTypeSymbol symbol,
        TypeDeclarationSyntax declaration,
        MemberCollisions collisions,
        FaultList faults,
        CancellationToken cancellation)
    {
        foreach (ISymbol member in symbol.GetMembers())
        {
            if (!IsConstructor(member) && collisions.Has(member) && UserSyntax(member, cancellation) is not null)
                faults.At(member.Locations[0], DeclarationRules.MemberTaken, symbol.Name, member.Name, "is declared here");
        }

        foreach (INamedTypeSymbol type in TypeChecks.Bases(symbol).Where(type => !type.GetAttributes().Any(WellKnown.IsNetwork)))
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (IsInherited(member, symbol) && collisions.Has(member))
                    faults.At(declaration.Identifier.GetLocation(), DeclarationRules.MemberTaken, symbol.Name, member.Name, $"is inherited from '{type.Name}'");
            }
        }
    }

    private static bool IsConstructor(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private static bool IsInherited(ISymbol member, INamedTypeSymbol symbol) => member.DeclaredAccessibility switch
    {
        Accessibility.Private => false,
        _ when IsConstructor(member) => false,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            member.ContainingAssembly.Equals(symbol.ContainingAssembly, SymbolEqualityComparer.Default)
            || member.ContainingAssembly.GivesAccessTo(symbol.ContainingAssembly),
        _ => true,
    };

    private static void CheckConstructors(INamedTypeSymbol symbol, MemberCollisions collisions, FaultList faults, CancellationToken cancellation)
    {
        foreach (IMethodSymbol constructor in symbol.InstanceConstructors)
        {
            switch (UserSyntax(constructor, cancellation))
            {
                case TypeDeclarationSyntax primary:
                    Report(primary.ParameterList!.GetLocation(), "has a primary constructor", "declare a constructor that calls ': this(seed)'");
                    break;
                case ConstructorDeclarationSyntax own when IsTaken(constructor):
                    Report(own.Identifier.GetLocation(), "declares a constructor without parameters or with one ulong", "that one is generated, as (ulong seed = 0)");
                    break;
                case ConstructorDeclarationSyntax own when collisions.Has(constructor):
                    string parameters = string.Join(", ", constructor.Parameters.Select(parameter => parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
                    Report(own.Identifier.GetLocation(), $"declares a constructor ({parameters})", "a generated one has these parameters");
                    break;
                case ConstructorDeclarationSyntax { Initializer: not { RawKind: (int)SyntaxKind.ThisConstructorInitializer } } own:
                    Report(own.Identifier.GetLocation(), "declares a constructor that does not call the generated one", "add ': this(seed)', which creates the parameters");
                    break;
            }
        }

        void Report(Location location, string what, string remedy) =>
            faults.At(location, DeclarationRules.CannotConstruct, symbol.Name, what, remedy);
    }

    private static void CheckBase(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, FaultList faults)
    {
        foreach (INamedTypeSymbol type in TypeChecks.Bases(symbol).Prepend(symbol))
        {
            ISymbol? required = type.GetMembers().FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
            if (required is null)
                continue;
            Location location = type.Equals(symbol, SymbolEqualityComparer.Default) ? required.Locations[0] : declaration.Identifier.GetLocation();
            faults.At(location, DeclarationRules.CannotConstruct, symbol.Name, $"has the required member '{required.Name}'", "the generated code that creates a network cannot set it");
        }

        if (symbol.BaseType is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class } parent && !parent.InstanceConstructors.Any(CanBeCalled))
        {
            faults.At(
                declaration.BaseList?.GetLocation() ?? declaration.Identifier.GetLocation(),
                DeclarationRules.CannotConstruct,
                symbol.Name,
                $"derives from '{parent.Name}', which has no accessible constructor without parameters",
                "the generated constructor calls that one");
        }
    }

    private static bool IsTaken(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 0
        || (constructor.Parameters.Length == 1 && constructor.Parameters[0] is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_UInt64 });

    private static bool CanBeCalled(IMethodSymbol constructor) =>
        constructor.DeclaredAccessibility != Accessibility.Private
        && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams);

    /// <summary>
    /// The syntax of a member that the user wrote. The analyzer sees the generated part too, whose members are no fault.
    /// </summary>
    private static SyntaxNode? UserSyntax(ISymbol member, CancellationToken cancellation) => member.DeclaringSyntaxReferences
        .Where(reference => !IsGenerated(reference))
        .Select(reference => reference.GetSyntax(cancellation))
        .FirstOrDefault();

    private static bool IsGenerated(SyntaxReference reference) => reference.SyntaxTree.FilePath.Contains(WellKnown.Generator);
}
