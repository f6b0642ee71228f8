namespace NetGen.Generator.Layers;

/// <summary>A fault that a layer reports in its declaration; each is a rule of its own.</summary>
internal enum LayerFault
{
    ArgumentOutOfRange,
    WindowLargerThanInput,
    NeedsImage,
    NeedsFlatFeatures,
    TooLarge,
    SoftmaxOfOne,
    ShapesDiffer,
    LayerUnknown,
    InitializerNumber,
    ActivationType,

    /// <summary>Not an error: part of the input is not used.</summary>
    InputDropped,

    /// <summary>Not an error: the outputs do not depend on the input.</summary>
    NormOfOne,
}

/// <summary>Takes a fault of a layer: which, at which argument (null: the whole attribute), and the sentence to say.</summary>
internal delegate void LayerFaultSink(LayerFault fault, string? argument, string message);
