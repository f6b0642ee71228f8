namespace NetGen;

/// <summary>Says which learning rate a step of <see cref="TrainingExtensions.Fit"/> uses.</summary>
/// <param name="epoch">
/// How far training is, in epochs: 0 for the first step, 1.5 in the middle of the second epoch.
/// </param>
/// <returns>The learning rate, finite and 0 or more; it becomes the optimizer's <see cref="Optimizer.LearningRate"/>.</returns>
public delegate float LearningRateSchedule(double epoch);
