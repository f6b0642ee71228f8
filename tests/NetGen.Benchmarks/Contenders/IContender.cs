using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contenders;

/// <summary>A library that takes part.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Name and version.</summary>
    string Name { get; }

    /// <summary>Whether it does all that NetGen does; one that does less is shown, but not called the best.</summary>
    bool SameWork { get; }

    /// <summary>Gets ready for a case; null when this library does not do such work.</summary>
    IEntry? Enter(BenchmarkCase benchmark);

    /// <summary>The outputs for the network's <see cref="PeerFiles.Inputs"/>, with each number of threads that it was started for.</summary>
    IEnumerable<(string Variant, float[] Outputs)> Outputs(ReferenceNetwork network);
}

/// <summary>A library, ready for one case.</summary>
internal interface IEntry : IDisposable
{
    /// <summary>The configuration that was chosen, where there are several.</summary>
    string Variant { get; }

    /// <summary>One turn: seconds for one repetition.</summary>
    double Turn();
}
