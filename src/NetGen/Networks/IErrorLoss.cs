namespace NetGen;

/// <summary>A loss of single errors. It is a struct, so that the loops over outputs in <see cref="LossOfErrors{TError}"/> call it directly.</summary>
internal interface IErrorLoss
{
    /// <summary>The loss of an error.</summary>
    /// <param name="error">The output minus the target.</param>
    float Of(float error);

    /// <summary>The derivative of <see cref="Of"/>; NaN for NaN.</summary>
    /// <param name="error">The output minus the target.</param>
    float Slope(float error);
}
