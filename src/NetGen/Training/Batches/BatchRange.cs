namespace NetGen;

/// <summary>The batches of a training, or what is left of one that goes on.</summary>
/// <param name="FirstEpoch">The epoch of the first batch, counted from 1.</param>
/// <param name="FirstStep">Its step, counted from 0.</param>
/// <param name="LastEpoch">The last epoch, which ends with its last step.</param>
internal readonly record struct BatchRange(int FirstEpoch, int FirstStep, int LastEpoch);
