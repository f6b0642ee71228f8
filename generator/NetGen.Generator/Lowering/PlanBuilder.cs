using NetGen.Generator.Model;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Turns a network's layers into stages, one after the other. Each layer says what it does; the builder fuses it into the
/// kernel that produces its input where the mathematics allow it:
/// ReLU commutes with max-pooling and with dropout, so pooling goes first and works on fewer values.
/// </summary>
internal sealed class PlanBuilder(Shape input, bool training)
{
    private readonly List<Stage> _stages = [];
    private readonly StageNames _names = new();
    private Extent _current = ToExtent(input);
    private Layer? _layer;
    private int _layerIndex;

    /// <summary>Whether the outputs are made probabilities by softmax.</summary>
    public bool EndsInSoftmax { get; private set; }

    /// <summary>Lowers all layers of a network.</summary>
    public static PlanBuilder Lower(NetworkModel model, bool training)
    {
        PlanBuilder builder = new(model.Input, training);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            builder._layer = model.Layers[i];
            builder._layerIndex = i;
            model.Layers[i].Lower(builder);
        }

        return builder;
    }

    /// <summary>A builder that has one stage already.</summary>
    public static PlanBuilder Of(Stage stage)
    {
        PlanBuilder builder = new(Shape.Flat(stage.Input.Length), training: true);
        builder.Add(stage);
        return builder;
    }

    /// <summary>The stages so far.</summary>
    public EquatableArray<Stage> Stages => _stages.ToEquatableArray();

    /// <summary>Every output is a weighted sum of every input.</summary>
    public void Dense(int units) =>
        Add(new DenseStage(
            StageName(), _layer!.Name, new Extent(1, 1, _current.Length), Epilogue.None, Parameter("weight"), Parameter("bias"), units));

    /// <summary>A convolution.</summary>
    public void Convolution(int filters, int kernelHeight, int kernelWidth, int stride, Halo padding, int height, int width) =>
        Add(new ConvolutionStage(
            StageName(), _layer!.Name, _current, Epilogue.None, Parameter("weight"), Parameter("bias"),
            filters, kernelHeight, kernelWidth, stride, padding, height, width));

    /// <summary>Max-pooling without padding.</summary>
    public void MaxPool(int size, int stride)
    {
        if (size == 1 && stride == 1)
            return;

        if (size == stride && size <= RegisterTile.MaxFusedPool
            && Last is ConvolutionStage { Epilogue: { Pools: false, Drops: false } } convolution)
        {
            Fuse(convolution.Epilogue with { Pool = size });
            return;
        }

        Add(new PoolStage(StageName(), _layer!.Name, _current, Epilogue.None, size, stride));
    }

    /// <summary>max(0, x).</summary>
    public void Relu()
    {
        if (Last is null)
            Add(new ElementwiseStage(StageName(), _layer!.Name, _current, Epilogue.None with { Relu = true }));
        else
            Fuse(Last.Epilogue with { Relu = true });
    }

    /// <summary>Inverted dropout; nothing at inference.</summary>
    public void Dropout(double rate)
    {
        if (!training || rate == 0)
            return;

        if (Last is null or { Epilogue.Drops: true })
        {
            Add(new ElementwiseStage(
                StageName(), _layer!.Name, _current, Epilogue.None with { DropRate = rate, DropoutLayer = _layerIndex }));
        }
        else
        {
            Fuse(Last.Epilogue with { DropRate = rate, DropoutLayer = _layerIndex });
        }
    }

    /// <summary>An image becomes flat features: the same floats in the same order.</summary>
    public void Flatten() => _current = new Extent(1, 1, _current.Length);

    /// <summary>The outputs are made probabilities; fused with the loss in training.</summary>
    public void Softmax() => EndsInSoftmax = true;

    private Stage? Last => _stages.Count == 0 ? null : _stages[_stages.Count - 1];

    private void Add(Stage stage)
    {
        _stages.Add(stage);
        _current = stage.Output;
    }

    private void Fuse(Epilogue epilogue)
    {
        Stage last = Last!;
        bool flat = _current != last.Output;
        Stage fused = last with { Epilogue = epilogue, Layers = last.Layers + ", " + _layer!.Name };
        _stages[_stages.Count - 1] = fused;
        _current = flat ? new Extent(1, 1, fused.Output.Length) : fused.Output;
    }

    private string StageName() => _names.Take(_layer!.Name);

    private string Parameter(string name) => _layer!.Name + "." + name;

    private static Extent ToExtent(Shape shape) => shape.IsImage
        ? new Extent(shape.Height, shape.Width, shape.Channels)
        : new Extent(1, 1, shape.Length);
}
