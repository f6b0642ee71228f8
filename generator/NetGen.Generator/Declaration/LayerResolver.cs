using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Rules;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Reads one layer after the other. After an error it goes on with the output shape of the faulty layer, if that is known nevertheless, and
/// otherwise with an unknown shape. Nothing is reported about an unknown shape.
/// </summary>
internal sealed class LayerResolver(INamedTypeSymbol symbol, DeclaredAttributes declaration, FaultList faults)
{
    private readonly List<Layer> _layers = [];
    private readonly List<string> _names = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private Shape? _current;
    private bool _afterImage;
    private bool _allBranchesAreKnown = true;
    private bool _allNamesAreKnown = !declaration.HasUnknown;
    private long _parameters;

    /// <summary>The layers that could be read.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Whether all layers could be resolved, and some layer reads each output.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether no layer has weights that are trained, nor would have any if it were mended.</summary>
    public bool HasNothingToTrain { get; private set; } = true;

    /// <summary>Reads all layers.</summary>
    public void Resolve(Shape? input, CancellationToken cancellation)
    {
        _current = input;
        LayerKind[] kinds = [.. declaration.Layers.Select(layer => layer.Kind)];
        for (int i = 0; i < kinds.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            DeclaredLayer declared = declaration.Layers[i];
            if (declared.IsAfterUnknown)
                _current = null;
            if (declared.Kind.Role == LayerRole.Head && i + 1 < kinds.Length)
                faults.At(declared.Attribute, null, DeclarationRules.HeadNotLast, declared.Kind.Name, declared.Name, kinds[i + 1].Name, symbol.Name);

            bool branches = Branches(declared);
            if (i > 0 && !branches)
                _read.Add(_names[i - 1]);
            int next = i + 1;
            while (next < kinds.Length && !Branches(declaration.Layers[next]))
                next++;
            Layer? layer = declared.IsBroken ? null : Read(declared, branches, new ArraySegment<LayerKind>(kinds, i + 1, next - i - 1));
            HasNothingToTrain = HasNothingToTrain && (layer is null ? declared.Kind.Role != LayerRole.Weighted : layer.Parameters.Items.All(parameter => parameter.Role != ParameterRole.Trained));
            _names.Add(declared.Name);
            _allNamesAreKnown &= !declared.IsBroken;
            if (layer is not null)
                _layers.Add(layer);
            else if (declared.IsBroken)
                _current = null;
        }

        DeclaredLayer[] notRead = [.. declaration.Layers.Take(kinds.Length - 1).Where(layer => !_read.Contains(layer.Name))];
        IsWhole = _layers.Count == kinds.Length && notRead.Length == 0;
        if (!_allNamesAreKnown || !_allBranchesAreKnown)
            return;
        foreach (DeclaredLayer unread in notRead)
            faults.At(unread.Attribute, null, DeclarationRules.OutputUnread, unread.Kind.Name, unread.Name);
    }

    /// <summary>Whether a layer says whose output it reads.</summary>
    private static bool Branches(DeclaredLayer declared) => declared.Arguments.TryGetValue("From", out object? from) && from is string;

    /// <summary>Reads a layer and moves on to its output; null when it has an error or its input is unknown.</summary>
    private Layer? Read(DeclaredLayer declared, bool branches, IReadOnlyList<LayerKind> after)
    {
        string? from = branches ? (string)declared.Arguments["From"]! : null;
        if (branches)
            _current = _layers.FirstOrDefault(layer => layer.Name == from)?.Output;
        LayerReader reader = new(
            declared.Kind,
            declared.Name,
            _current,
            declared.Arguments,
            _layers,
            _names,
            _allNamesAreKnown,
            _afterImage,
            after,
            (fault, argument, message) => faults.At(declared.Attribute, argument, DeclarationRules.For(fault), message));
        _afterImage |= _current is { IsImage: true };
        if (branches && reader.EarlierLayers("From").Count == 0)
            _allBranchesAreKnown = false;
        Layer? layer = declared.Kind.Read(reader);
        _read.UnionWith(reader.NamedLayers);
        _current = layer?.Output ?? reader.OutputDespiteFaults;
        if (layer is null)
            return null;
        layer = layer with
        {
            From = from,
            Named = reader.NamedLayers.OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray(),
            Trainable = reader.Flag("Trainable", true),
        };

        bool fit = _parameters <= Sizes.Limit;
        _parameters = Sizes.Sum(_parameters, layer.LongParameterCount);
        if (layer.Output.LongLength > Sizes.Limit)
        {
            reader.Fail(LayerFault.TooLarge, null, $"has the output {layer.Output}, which is more than {Text(Sizes.Limit)} values");
            _current = null;
        }
        else if (fit && _parameters > Sizes.Limit)
        {
            reader.Fail(LayerFault.TooLarge, null, $"brings the parameters to {Text(_parameters)}, more than the {Text(Sizes.Limit)} that one block of memory has room for");
        }

        return layer;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
