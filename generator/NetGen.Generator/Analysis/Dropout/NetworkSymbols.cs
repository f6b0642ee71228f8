using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>The roles of <c>NetGen.CompilerServices.NetworkMemberRole</c>, with the same values.</summary>
internal enum MemberRole
{
    None = 0,
    Predict = 1,
    BeginTraining = 2,
    InputLength = 3,
    OutputLength = 4,
    Forward = 5,
    Outputs = 6,
    Backward = 7,
    BatchSize = 8,
    InputGradients = 9,
    Update = 10,
    Seed = 11,
    PredictMonteCarlo = 12,
    FirstStep = 13,
}

/// <summary>
/// Recognises training passes, networks and their members in one compilation by the runtime library's marks, never by
/// the names of the user's types. Safe for concurrent use.
/// </summary>
internal sealed class NetworkSymbols
{
    private readonly INamedTypeSymbol _passMark;
    private readonly INamedTypeSymbol _memberMark;
    private readonly INamedTypeSymbol _disposable;
    private readonly ConcurrentDictionary<ISymbol, MemberRole> _roles = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, PassKind> _passes = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ITypeSymbol, bool> _networks = new(SymbolEqualityComparer.Default);

    private NetworkSymbols(INamedTypeSymbol passMark, INamedTypeSymbol memberMark, INamedTypeSymbol disposable)
    {
        _passMark = passMark;
        _memberMark = memberMark;
        _disposable = disposable;
    }

    private enum PassKind
    {
        None,
        WithDropout,
        WithoutDropout,
    }

    /// <summary>The marks of this compilation, or null where NetGen is not referenced.</summary>
    public static NetworkSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("NetGen.CompilerServices.TrainingPassAttribute") is { } passMark
        && compilation.GetTypeByMetadataName("NetGen.CompilerServices.NetworkMemberAttribute") is { } memberMark
        && WellKnown.IsOfLibrary(passMark)
            ? new NetworkSymbols(passMark, memberMark, compilation.GetSpecialType(SpecialType.System_IDisposable))
            : null;

    public bool IsPass(ITypeSymbol? type) => KindOf(type) != PassKind.None;

    /// <summary>False only where the type says that its network drops nothing.</summary>
    public bool HasDropout(ITypeSymbol? type) => KindOf(type) == PassKind.WithDropout;

    /// <summary>What a member is for: by its own mark, or by the marked interface member that it implements.</summary>
    public MemberRole RoleOf(ISymbol member)
    {
        member = member.OriginalDefinition;
        return _roles.TryGetValue(member, out MemberRole role)
            ? role
            : _roles.GetOrAdd(member, FindRole(member));
    }

    /// <summary>Whether an expression makes a training pass that nobody else can hold: by beginning it, or by its constructor.</summary>
    public bool IsCreation(IOperation value) => value switch
    {
        IInvocationOperation call => RoleOf(call.TargetMethod) == MemberRole.BeginTraining && IsPass(call.Type),
        IObjectCreationOperation creation => IsPass(creation.Type),
        _ => false,
    };

    /// <summary>Whether a call gives outputs without dropout, or on purpose with it: no training pass has a part in it.</summary>
    public bool IsPrediction(IInvocationOperation call) =>
        RoleOf(call.TargetMethod) switch
        {
            MemberRole.Predict or MemberRole.PredictMonteCarlo => true,
            MemberRole.None => call.Instance?.Type is { } type && IsNetwork(type) && TakesInputs(type, call.TargetMethod),
            _ => false,
        };

    /// <summary>Whether a network predicts from such a span: all do from floats, and some from bytes.</summary>
    public bool PredictsFrom(ITypeSymbol network, INamedTypeSymbol inputs) =>
        inputs.TypeArguments[0].SpecialType == SpecialType.System_Single
        || network.GetMembers().OfType<IMethodSymbol>().Any(method =>
            RoleOf(method) == MemberRole.Predict && SymbolEqualityComparer.Default.Equals(method.Parameters.FirstOrDefault()?.Type, inputs));

    /// <summary>Whether a type is a network: one that the generator makes, or their interface.</summary>
    public bool IsNetwork(ITypeSymbol type) =>
        _networks.TryGetValue(type, out bool known)
            ? known
            : _networks.GetOrAdd(type, !IsPass(type) && !MarkedMembers(type, MemberRole.BeginTraining).IsEmpty);

    public bool IsDispose(IMethodSymbol method) =>
        method.Parameters.IsEmpty
        && _disposable.GetMembers().FirstOrDefault() is { } dispose
        && (SymbolEqualityComparer.Default.Equals(method, dispose)
            || SymbolEqualityComparer.Default.Equals(
                method, method.ContainingType.FindImplementationForInterfaceMember(dispose)));

    /// <summary>The class of the network that a receiver is: for <c>INetwork&lt;T&gt;</c> itself, T.</summary>
    public ITypeSymbol NetworkType(ITypeSymbol receiver) =>
        receiver is INamedTypeSymbol { TypeKind: TypeKind.Interface, TypeArguments.Length: 1 } type && IsOurs(type)
            ? type.TypeArguments[0]
            : receiver;

    /// <summary>The class of the network that a fresh training pass belongs to.</summary>
    public ITypeSymbol? NetworkOf(IOperation creation) => creation switch
    {
        IInvocationOperation { Instance.Type: { } receiver } => NetworkType(receiver),
        { Type: { } type } => type.ContainingType ?? type,
        _ => null,
    };

    /// <summary>The members of a type's marked interfaces that have a role, constructed for that type.</summary>
    public ImmutableArray<ISymbol> MarkedMembers(ITypeSymbol type, MemberRole role) =>
        [.. InterfacesOf(type).SelectMany(static i => i.GetMembers()).Where(member => RoleOf(member) == role)];

    /// <summary>Whether a method's first parameter has a type from which the network predicts.</summary>
    private bool TakesInputs(ITypeSymbol network, IMethodSymbol method) =>
        method.Parameters.FirstOrDefault()?.Type is INamedTypeSymbol { IsRefLikeType: true, Name: "ReadOnlySpan" } span && PredictsFrom(network, span);

    private static ImmutableArray<INamedTypeSymbol> AllInterfaces(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => [.. parameter.ConstraintTypes.SelectMany(static constraint => AllInterfaces(constraint))],
        INamedTypeSymbol { TypeKind: TypeKind.Interface } self => type.AllInterfaces.Insert(0, self),
        _ => type.AllInterfaces,
    };

    private ImmutableArray<INamedTypeSymbol> InterfacesOf(ITypeSymbol type) => AllInterfaces(type).RemoveAll(i => !IsOurs(i));

    private bool IsOurs(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _passMark.ContainingAssembly);

    private PassKind KindOf(ITypeSymbol? type)
    {
        if (type is null) return PassKind.None;
        ITypeSymbol definition = type.OriginalDefinition;
        return _passes.TryGetValue(definition, out PassKind kind) ? kind : _passes.GetOrAdd(definition, FindKind(definition));
    }

    private PassKind FindKind(ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.Select(KindOf).FirstOrDefault(static kind => kind != PassKind.None);
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (OwnKind(level) is var own and not PassKind.None) return own;
        }

        return type.AllInterfaces.Select(OwnKind).FirstOrDefault(static kind => kind != PassKind.None);
    }

    private PassKind OwnKind(ITypeSymbol type)
    {
        if (MarkOn(type, _passMark) is not { } mark) return PassKind.None;
        return mark.NamedArguments.Any(static argument => argument is { Key: "HasDropout", Value.Value: false })
            ? PassKind.WithoutDropout
            : PassKind.WithDropout;
    }

    private MemberRole FindRole(ISymbol member)
    {
        if (MarkOn(member, _memberMark) is { } mark)
            return mark.ConstructorArguments.Select(static argument => argument.Value).FirstOrDefault() is int role
                ? (MemberRole)role
                : MemberRole.None;
        if (member is not (IMethodSymbol or IPropertySymbol) || member.ContainingType is not { } type) return MemberRole.None;
        foreach (ISymbol wanted in InterfacesOf(type).SelectMany(static i => i.GetMembers()))
        {
            if (wanted.Kind == member.Kind
                && !SymbolEqualityComparer.Default.Equals(wanted, member)
                && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(wanted), member))
            {
                return RoleOf(wanted);
            }
        }

        return member switch
        {
            IMethodSymbol { OverriddenMethod: { } overridden } => RoleOf(overridden),
            IPropertySymbol { OverriddenProperty: { } overridden } => RoleOf(overridden),
            _ => MemberRole.None,
        };
    }

    private static AttributeData? MarkOn(ISymbol symbol, INamedTypeSymbol mark) =>
        symbol.GetAttributes().FirstOrDefault(
            attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark));
}
