namespace NetGen.Tests.Parameters;

/// <summary>An initialiser of every kind in the declaration, on a convolution and on dense layers before and behind a flattened image.</summary>
[Network, Input(6, 5, 2)]
[Conv2D(4, 3, Initializer = Initializer.Orthogonal, InitializerScale = 1.5, BiasInitializer = Initializer.Constant, BiasInitialValue = 0.1), ReLU]
[Conv2D(4, 1, Initializer = Initializer.HeUniform, BiasInitializer = Initializer.Ones), ReLU]
[Flatten, Dense(9, Initializer = Initializer.LeCunNormal, BiasInitializer = Initializer.Uniform, BiasInitializerScale = 0.25), ReLU]
[Dense(8, Initializer = Initializer.LeCunUniform, BiasInitializer = Initializer.Normal, BiasInitializerScale = 1e-3), ReLU]
[Dense(7, Initializer = Initializer.Normal, InitializerScale = 0.02), ReLU]
[Dense(6, Initializer = Initializer.Uniform, InitializerScale = 0.05), ReLU]
[Dense(5, Initializer = Initializer.HeNormal), ReLU]
[Dense(4, Initializer = Initializer.GlorotNormal)]
[Dense(3, Initializer = Initializer.Constant, InitialValue = -0.5)]
internal sealed partial class EveryInitializer;

/// <summary>A network that says nothing about how it begins.</summary>
[Network, Input(6, 5, 2)]
[Conv2D(4, 3), ReLU]
[Flatten, Dense(9)]
[Dense(3), Softmax]
internal sealed partial class UsualInitializers;

/// <summary>The same with its initialisers said.</summary>
[Network, Input(6, 5, 2)]
[Conv2D(4, 3, Initializer = Initializer.HeNormal, BiasInitializer = Initializer.Zeros), ReLU]
[Flatten, Dense(9, Initializer = Initializer.Default, BiasInitializer = Initializer.Default)]
[Dense(3, Initializer = Initializer.GlorotUniform), Softmax]
internal sealed partial class SaidInitializers;
