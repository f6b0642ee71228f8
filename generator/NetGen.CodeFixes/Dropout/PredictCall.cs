using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.CodeFixes.Dropout;

/// <summary>The statements that predict what a forward pass would have computed without dropout.</summary>
internal sealed class PredictCall
{
    private readonly SemanticModel _model;
    private readonly string _elementType;
    private readonly string _size;
    private readonly string _receiver;
    private readonly string _predict;
    private readonly string? _hoisted;
    private readonly string _input;
    private readonly int _position;

    private PredictCall(
        SemanticModel model, string spanType, string elementType, string size, string receiver, string predict, string? hoisted, string input, int position)
    {
        _model = model;
        SpanType = spanType;
        _elementType = elementType;
        _size = size;
        _receiver = receiver;
        _predict = predict;
        _hoisted = hoisted;
        _input = input;
        _position = position;
    }

    /// <summary>The type of the outputs, as it is written here.</summary>
    public string SpanType { get; }

    public static PredictCall? Find(
        SemanticModel model, IInvocationOperation forward, Predictor predictor, NetworkSymbols symbols, StatementSyntax site)
    {
        int position = site.SpanStart;
        ITypeSymbol receiverType = predictor.Type;
        ITypeSymbol network = symbols.NetworkType(receiverType);
        if (NameOn(receiverType, MemberRole.Predict) is not { } predict
            || NameOn(network, MemberRole.OutputLength) is not { } outputLength
            || NameOn(network, MemberRole.InputLength) is not { } inputLength
            || forward.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0) is not { Syntax: ArgumentSyntax { Expression: var inputSyntax } } input
            || input.Parameter!.Type is not INamedTypeSymbol { TypeArguments.Length: 1 } span
            || !symbols.PredictsFrom(receiverType, span)
            || !forward.Arguments.Where(argument => argument != input).All(static argument => Purity.IsPure(argument.Value)))
        {
            return null;
        }

        string type = network.ToMinimalDisplayString(model, position);
        ITypeSymbol value = model.Compilation.GetSpecialType(SpecialType.System_Single);
        string? hoisted = null;
        string inputText = inputSyntax.ToString();
        string size = $"{type}.{outputLength}";
        if (!predictor.IsForOneSample)
        {
            IOperation given = input.Value;
            while (given is IConversionOperation { IsImplicit: true } conversion) given = conversion.Operand;
            bool hasLength = given.Type is IArrayTypeSymbol or INamedTypeSymbol { IsRefLikeType: true, Name: "Span" or "ReadOnlySpan" };
            if (!hasLength || !Purity.IsVariable(given))
            {
                if (IsResumable(model, site)) return null;
                string name = FreeName(model, position, "inputs");
                hoisted = $"{span.ToMinimalDisplayString(model, position)} {name} = {inputText};";
                inputText = name;
            }

            size = $"{inputText}.Length / {type}.{inputLength} * {size}";
        }

        return new PredictCall(
            model, span.ConstructedFrom.Construct(value).ToMinimalDisplayString(model, position), value.ToMinimalDisplayString(model, position), size, predictor.Receiver, predict, hoisted, inputText, position);

        string? NameOn(ITypeSymbol on, MemberRole role)
        {
            if (symbols.MarkedMembers(on, role).FirstOrDefault() is not { } member) return null;
            bool canBeCalled = on is ITypeParameterSymbol or { TypeKind: TypeKind.Interface }
                || !model.LookupSymbols(position, on, member.Name).IsEmpty;
            return canBeCalled ? member.Name : null;
        }
    }

    /// <summary>A name that means nothing here and in the whole member.</summary>
    public string FreeName(string wanted) => FreeName(_model, _position, wanted);

    /// <summary>The array and the call, in the place and with the comments of what they replace.</summary>
    /// <param name="name">The array's name.</param>
    /// <param name="forward">The statement that is replaced.</param>
    /// <param name="declared">A declaration that gave the outputs their name; its comments are kept.</param>
    public IReadOnlyList<StatementSyntax> Statements(string name, StatementSyntax forward, StatementSyntax? declared)
    {
        SyntaxTrivia indentation = StatementLists.IndentationOf(forward);
        SyntaxTrivia endOfLine = StatementLists.EndOfLineOf(forward);
        bool isAlone = StatementLists.StartsLine(forward) && StatementLists.EndsLine(forward);
        List<StatementSyntax> statements =
        [
            SyntaxFactory.ParseStatement($"{_elementType}[] {name} = new {_elementType}[{_size}];"),
            SyntaxFactory.ParseStatement($"{_receiver}{_predict}({_input}, {name});"),
        ];
        if (_hoisted is not null) statements.Insert(0, SyntaxFactory.ParseStatement(_hoisted));
        for (int i = 0; i < statements.Count; i++)
        {
            bool isLast = i == statements.Count - 1;
            SyntaxTriviaList leading = i == 0 ? forward.GetLeadingTrivia() : isAlone ? [indentation] : [];
            if (isLast && declared is not null)
                leading = [.. StatementLists.CommentLines(declared.GetLeadingTrivia(), indentation, endOfLine), .. leading];
            SyntaxTriviaList trailing = isLast ? forward.GetTrailingTrivia() : isAlone ? [endOfLine] : [SyntaxFactory.Space];
            if (i == statements.Count - 2 && declared is not null && declared.GetTrailingTrivia().Any(IsComment))
                trailing = declared.GetTrailingTrivia();
            statements[i] = statements[i].WithLeadingTrivia(leading).WithTrailingTrivia(trailing);
        }

        return statements;
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static string FreeName(SemanticModel model, int position, string wanted)
    {
        HashSet<string> taken = [.. model.LookupSymbols(position).Select(static symbol => symbol.Name)];
        SyntaxNode root = model.SyntaxTree.GetRoot();
        SyntaxNode? member = root.FindToken(position).Parent?.Ancestors().FirstOrDefault(
            static node => node is MemberDeclarationSyntax and not GlobalStatementSyntax);
        taken.UnionWith((member ?? root).DescendantTokens()
            .Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText));
        string name = wanted;
        for (int i = 2; taken.Contains(name); i++) name = FormattableString.Invariant($"{wanted}{i}");
        return name;
    }

    /// <summary>Async methods and iterators, where older language versions allow no spans in variables.</summary>
    private static bool IsResumable(SemanticModel model, StatementSyntax site) =>
        model.GetEnclosingSymbol(site.SpanStart) is IMethodSymbol { IsAsync: true }
        || site.Ancestors()
            .TakeWhile(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
            .LastOrDefault()?.DescendantNodes().OfType<YieldStatementSyntax>().Any() == true;
}
