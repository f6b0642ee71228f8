namespace NetGen;

/// <summary>
/// An activation of your own, on any shape: <c>[Activation&lt;Mish&gt;]</c>. The function and its derivative are static methods of the struct, see
/// <see cref="IActivation"/>; the network's code calls them for vectors of the processor's width, and the JIT inlines them.
/// </summary>
/// <typeparam name="TActivation">A struct that implements <see cref="IActivation"/>, internal or public.</typeparam>
public sealed class ActivationAttribute<TActivation> : LayerAttribute;
