using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>What the rules need to know about the body of one member, gathered in one walk over it.</summary>
internal sealed class MethodIndex
{
    private readonly NetworkSymbols _symbols;
    private readonly Dictionary<ILocalSymbol, PassHistory> _passes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, List<ILocalReferenceOperation>> _references = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, IOperation> _initialValues = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ILocalSymbol> _written = new(SymbolEqualityComparer.Default);

    private MethodIndex(IOperation root, NetworkSymbols symbols)
    {
        Root = root;
        _symbols = symbols;
        Modes = new ModeChoice();
    }

    public IOperation Root { get; }

    /// <summary>Where the body predicts; other branches are compared with these places.</summary>
    public ModeChoice Modes { get; }

    /// <summary>All forward computations, whatever the pass.</summary>
    public List<IInvocationOperation> Forwards { get; } = [];

    /// <summary>All computations of gradients, whatever the pass.</summary>
    public List<IInvocationOperation> Backwards { get; } = [];

    /// <summary>Calls of methods and local functions, and where they are made delegates of.</summary>
    public List<(IMethodSymbol Method, IOperation Site)> Calls { get; } = [];

    /// <summary>The passes in local variables.</summary>
    public IReadOnlyDictionary<ILocalSymbol, PassHistory> Passes => _passes;

    public static MethodIndex Of(IOperation root, NetworkSymbols symbols, CancellationToken cancellationToken)
    {
        var index = new MethodIndex(root, symbols);
        foreach (IOperation operation in root.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Add(operation);
        }

        index.AddCallsThatPredict();
        index.MergeAliases();
        return index;
    }

    public IReadOnlyList<ILocalReferenceOperation> ReferencesTo(ILocalSymbol local) =>
        _references.TryGetValue(local, out List<ILocalReferenceOperation>? found) ? found : [];

    /// <summary>The value that a local variable has from its declaration on; null where it is written again.</summary>
    public IOperation? OnlyValueOf(ILocalSymbol local) =>
        !_written.Contains(local) && _initialValues.TryGetValue(local, out IOperation? value) ? PassUse.Unconverted(value) : null;

    /// <summary>The pass that a declarator or pattern gives a name to.</summary>
    public PassHistory? AliasOf(IOperation declaration) =>
        LocalOf(declaration) is { } local && !_written.Contains(local) && _passes.TryGetValue(local, out PassHistory? alias) ? alias : null;

    private static ILocalSymbol? LocalOf(IOperation declaration) => declaration switch
    {
        IVariableDeclaratorOperation declarator => declarator.Symbol,
        IPatternOperation pattern => PassUse.DeclaredBy(pattern),
        _ => null,
    };

    private void Add(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator:
                Declare(declarator);
                break;
            case IPatternOperation pattern when PassUse.DeclaredBy(pattern) is { } local && _symbols.IsPass(local.Type):
                Begin(NewPass(local, pattern), PassUse.TestedBy(pattern));
                break;
            case ILocalReferenceOperation reference:
                Refer(reference);
                break;
            case IAssignmentOperation { Target: ILocalReferenceOperation target }:
                _written.Add(target.Local);
                break;
            case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation step }:
                _written.Add(step.Local);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation lent }:
                _written.Add(lent.Local);
                break;
            case IMethodReferenceOperation reference:
                Calls.Add((reference.Method.OriginalDefinition, reference));
                break;
            case IInvocationOperation call:
                AddCall(call);
                break;
            default:
                break;
        }
    }

    private void AddCall(IInvocationOperation call)
    {
        Calls.Add((call.TargetMethod.OriginalDefinition, call));
        if (_symbols.IsPrediction(call)) Modes.AddPrediction(call);
        switch (_symbols.RoleOf(call.TargetMethod))
        {
            case MemberRole.Forward:
                Forwards.Add(call);
                break;
            case MemberRole.Backward or MemberRole.InputGradients:
                Backwards.Add(call);
                break;
            default:
                break;
        }
    }

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Initializer is { } initializer) _initialValues[declarator.Symbol] = initializer.Value;
        if (!_symbols.IsPass(declarator.Symbol.Type)) return;
        PassHistory pass = NewPass(declarator.Symbol, declarator);
        if (declarator.Symbol.IsRef || declarator.Parent is not IVariableDeclarationOperation) pass.IsElsewhere = true;
        else if (declarator.Initializer is { } first) Begin(pass, first.Value);
    }

    private void Refer(ILocalReferenceOperation reference)
    {
        if (!_references.TryGetValue(reference.Local, out List<ILocalReferenceOperation>? all)) _references.Add(reference.Local, all = []);
        all.Add(reference);
        if (!_symbols.IsPass(reference.Local.Type)) return;

        // Operations come in source order, so that only variables of a deconstruction or an out argument are new here.
        if (!_passes.TryGetValue(reference.Local, out PassHistory? pass)) pass = NewPass(reference.Local, reference);
        pass.Add(reference, _symbols);
    }

    private PassHistory NewPass(ILocalSymbol local, IOperation declaration)
    {
        var pass = new PassHistory(local) { Function = PassUse.FunctionOf(declaration) };
        _passes[local] = pass;
        return pass;
    }

    /// <summary>Notes the value that a variable receives, unless it is the pass of another variable: that one's history has it already.</summary>
    private void Begin(PassHistory pass, IOperation? value)
    {
        if (value is not null && IsAlias(value)) return;
        if (value is null) pass.IsElsewhere = true;
        else pass.Begin(value, _symbols);
    }

    private bool IsAlias(IOperation value) => PassUse.Unconverted(value) switch
    {
        ILocalReferenceOperation local => _symbols.IsPass(local.Local.Type),
        IMemberReferenceOperation member => _symbols.IsPass(member.Type),
        _ => false,
    };

    private void AddCallsThatPredict()
    {
        if (Modes.Functions.Count == 0) return;
        ILookup<IMethodSymbol, IOperation> sites = Calls.ToLookup(
            static call => call.Method, static call => call.Site, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default);
        var known = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        while (Modes.Functions.FirstOrDefault(function => !known.Contains(function)) is { } next)
        {
            known.Add(next);
            foreach (IOperation site in sites[next]) Modes.AddPrediction(site);
        }
    }

    private void MergeAliases()
    {
        // A variable is declared after the one that it receives, so that going back an alias of an alias comes first.
        foreach (PassHistory pass in _passes.Values.Reverse())
        {
            foreach (IOperation alias in pass.Aliases) pass.Merge(AliasOf(alias));
        }
    }
}
