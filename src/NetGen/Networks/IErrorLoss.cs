using NetGen.Numerics;

namespace NetGen;

/// <summary>A loss of single errors. It is a struct, so that the loops over outputs in <see cref="LossOfErrors{TError}"/> have its code in them.</summary>
internal interface IErrorLoss
{
    /// <summary>The loss of errors.</summary>
    /// <typeparam name="T">A vector of errors.</typeparam>
    /// <param name="error">The outputs minus the targets.</param>
    T Of<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T>;

    /// <summary>The derivative of <see cref="Of"/>; NaN for NaN.</summary>
    /// <typeparam name="T">A vector of errors.</typeparam>
    /// <param name="error">The outputs minus the targets.</param>
    T Slope<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T>;
}
