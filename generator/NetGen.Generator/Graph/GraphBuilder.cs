using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;

namespace NetGen.Generator.Graph;

/// <summary>Lowers the layers of a network to operations, one layer after the other and each by itself; <see cref="Fusion"/> comes afterwards.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<string, View> _outputs = new(StringComparer.Ordinal);
    private Head? _head;

    private readonly Dictionary<string, Tensor> _viewed = new(StringComparer.Ordinal);
    private readonly ISet<string> _copying;
    private readonly bool _tracksUnits;

    private GraphBuilder(Shape input, LossKind loss, bool training, bool tracksUnits, ISet<string> copying)
    {
        Loss = loss;
        _copying = copying;
        IsTraining = training;
        _tracksUnits = tracksUnits;
        SampleShape shape = ToSampleShape(input);
        Input = new Tensor(shape);
        Current = new View(Input, shape);
    }

    /// <summary>Whether the graph is for training.</summary>
    public bool IsTraining { get; }

    /// <summary>Whether convolutions may compute their outputs with Winograd's transforms.</summary>
    public WinogradMode Winograd { get; private init; }

    /// <summary>Whether convolutions may compute gradients, with respect to their input and their weights, with Winograd's transforms.</summary>
    public WinogradMode WinogradInBackward { get; private init; }

    /// <summary>What training minimises.</summary>
    public LossKind Loss { get; }

    /// <summary>The network's input.</summary>
    public Tensor Input { get; }

    /// <summary>The output of the preceding layer.</summary>
    public View Current { get; private set; }

    /// <summary>The name of the layer that is lowered.</summary>
    public string Layer { get; private set; } = "";

    /// <summary>Its position among the layers.</summary>
    public int LayerIndex { get; private set; }

    /// <summary>Whether it is the last layer.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The operations so far.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The head of the network.</summary>
    public Head Head => _head ?? Head.OfRegression(Loss);

    /// <summary>The layer that declares the head; null if none does.</summary>
    public string? HeadLayer { get; private set; }

    /// <summary>Lowers all layers of a network.</summary>
    /// <exception cref="InvalidOperationException">A layer is not <see cref="ILowered"/>.</exception>
    public static GraphBuilder Lower(NetworkModel model, bool training)
    {
        GraphBuilder builder = Lower(model, training, new HashSet<string>());

        // A kernel that needs a halo and one that sees the values in another shape cannot read the same memory.
        HashSet<string> copying = new(builder._viewed.Where(view => builder.HasHalo(view.Value)).Select(view => view.Key), StringComparer.Ordinal);
        return copying.Count == 0 ? builder : Lower(model, training, copying);
    }

    private static GraphBuilder Lower(NetworkModel model, bool training, ISet<string> copying)
    {
        GraphBuilder builder = new(model.Input, model.Loss.Kind, training, training && model.TracksDeadUnits, copying)
        {
            Winograd = training && model.Winograd != WinogradSetting.Training ? WinogradMode.Never : ModeOf(model),
            WinogradInBackward = ModeOf(model),
        };
        foreach (Layer layer in model.Layers)
        {
            builder.Layer = layer.Name;
            if (layer.From is { } from)
                builder.Current = builder.OutputOf(from);
            if (layer is not ILowered lowered)
                throw new InvalidOperationException($"No operations are known for the layer '{layer.Name}' of the kind {layer.Kind}.");
            builder.IsAtEnd = builder.LayerIndex == model.Layers.Count - 1;
            lowered.Lower(builder);
            builder._outputs[layer.Name] = builder.Current;
            builder.LayerIndex++;
        }

        return builder;
    }

    private static WinogradMode ModeOf(NetworkModel model) => (model.Winograd, model.ForcedWinogradTiles) switch
    {
        (WinogradSetting.Off, _) => WinogradMode.Never,
        (_, 2) => WinogradMode.SmallTiles,
        (_, 4) => WinogradMode.LargeTiles,
        _ => WinogradMode.WhereFaster,
    };

    /// <summary>The output of an earlier layer.</summary>
    public View OutputOf(string layer) => _outputs[layer];

    /// <summary>The full name of a parameter of the layer: <c>conv1.weight</c>.</summary>
    public string Parameter(string name) => Layer + "." + name;

    /// <summary>Adds an operation; its output becomes the output of the layer.</summary>
    public void Add(Operation operation)
    {
        _operations.Add(operation);
        Current = new View(operation.Output, operation.Output.Shape);
    }

    /// <summary>Applies a function to every value.</summary>
    public void Apply(PointwiseFunction function) => Add(new PointwiseOperation(Layer, Current, function) { TrackedLayer = _tracksUnits && function.CanDie ? Layer : null });

    /// <summary>
    /// Views an image as flat features: the same floats in the same order. They are copied if another reader needs a halo around the image, unless it has
    /// only one pixel: that has the shape of flat features, also with a halo.
    /// </summary>
    public void Flatten()
    {
        SampleShape target = new(1, 1, Current.Shape.Length);
        if (target == Current.Shape)
            return;
        BeginView();
        Current = Current with { Shape = target };
    }

    /// <summary>
    /// Views the output as another shape of as many values. Flat features are the same floats; for an image or a sequence they are copied, because the kernels
    /// that read it may need a halo.
    /// </summary>
    public void Reshape(Shape shape)
    {
        SampleShape target = ToSampleShape(shape);
        if (shape.IsFlat)
        {
            Flatten();
        }
        else if (target != Current.Shape || target != Current.Tensor.Shape)
        {
            BeginView();
            Add(new PointwiseOperation(Layer, Current with { Shape = target }));
        }
    }

    /// <summary>Ends the network with this head.</summary>
    public void End(Head head)
    {
        _head = head;
        HeadLayer = Layer;
    }

    private void BeginView()
    {
        _viewed[Layer] = Current.Tensor;
        if (_copying.Contains(Layer))
            Add(new PointwiseOperation(Layer, Current));
    }

    private bool HasHalo(Tensor tensor) =>
        _operations.Exists(operation => operation.Inputs.Any(input => input.Tensor == tensor && !operation.HaloAround(input).IsEmpty));

    private static SampleShape ToSampleShape(Shape shape) => shape.IsImage
        ? new SampleShape(shape.Height, shape.Width, shape.Channels)
        : new SampleShape(1, shape.Length / shape.Channels, shape.Channels);
}
