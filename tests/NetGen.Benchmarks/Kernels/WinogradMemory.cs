using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Networks;

/// <summary>What kernels with Winograd's transforms take besides the memory of all others: transformed weights, here zeros, a workspace, and sums. Large enough for the reference networks.</summary>
internal static class WinogradMemory
{
    private const int Length = 1 << 19;

    private static readonly AlignedBuffer WeightBuffer = new(Length);

    private static readonly AlignedBuffer WorkspaceBuffer = new(Length);

    public static ref float Weights => ref WeightBuffer.Reference;

    private static readonly AlignedBuffer SumsBuffer = new(Length);

    public static ref float Workspace => ref WorkspaceBuffer.Reference;

    public static ref float Sums => ref SumsBuffer.Reference;
}
