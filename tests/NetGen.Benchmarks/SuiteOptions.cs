using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks;

/// <summary>What a run measures, and where the peers are.</summary>
internal sealed record SuiteOptions(
    IReadOnlyList<ReferenceNetwork> Networks,
    IReadOnlyList<int> Threads,
    Timing Timing,
    bool SideBySide,
    bool Kernels,
    bool Sweep,
    bool Widths,
    bool Peers,
    string? Output,
    string Python,
    string OpenBlas,
    string? OnnxRuntime);
