using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The members of a network and of its training pass that the analyzers know.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NetworkMemberRole
{
    /// <summary>No role: analyzers ignore the member.</summary>
    None = 0,

    /// <summary>Computes outputs without dropout: the inputs are its first parameter, the outputs its second.</summary>
    Predict = 1,

    /// <summary>
    /// Makes a new training pass. Its first two parameters are the largest batch and the seed, or its first parameter is an object with both.
    /// </summary>
    BeginTraining = 2,

    /// <summary>The number of floats in one input sample.</summary>
    InputLength = 3,

    /// <summary>The number of floats in one output sample.</summary>
    OutputLength = 4,

    /// <summary>Runs a batch with dropout active; the inputs are its first parameter.</summary>
    Forward = 5,

    /// <summary>The outputs of the last forward computation.</summary>
    Outputs = 6,

    /// <summary>Computes the gradients of the last forward computation.</summary>
    Backward = 7,

    /// <summary>The largest batch of a training pass.</summary>
    BatchSize = 8,

    /// <summary>Computes gradients of the last forward computation with respect to its inputs.</summary>
    InputGradients = 9,

    /// <summary>Changes the parameters of a network: an optimizer's step, a whole training. It keeps no reference to its arguments.</summary>
    Update = 10,

    /// <summary>A setting of a training pass that decides which units it drops.</summary>
    Seed = 11,

    /// <summary>Predicts several times with dropout on: the inputs are its first parameter, the number of passes its second.</summary>
    PredictMonteCarlo = 12,

    /// <summary>A setting of a training pass that has it drop the units of a later step, as one does who continues a training.</summary>
    FirstStep = 13,
}
