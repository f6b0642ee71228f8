using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>What <see cref="OutputLoops"/> computes from an output and its target. It is a struct, so that the loops have its code in them.</summary>
internal interface IOutputFunction
{
    /// <summary>The function of each pair.</summary>
    /// <typeparam name="T">The vector.</typeparam>
    /// <param name="output">The outputs.</param>
    /// <param name="target">Their targets.</param>
    T Of<T>(T output, T target)
        where T : struct, IVectorBits<T>, IFloatVector<T>;
}
