namespace NetGen;

/// <summary>What changes a parameter. In a network's memory the trained ones lie first, then the frozen ones, then the statistics.</summary>
public enum ParameterRole
{
    /// <summary>Training computes its gradient, and optimizers change it.</summary>
    Trained,

    /// <summary>A weight or bias that training leaves as it is: it has no gradient, and no weight decay reaches it.</summary>
    Frozen,

    /// <summary>A statistic of the data, such as the running mean of a BatchNorm: it has no gradient, and no optimizer changes it.</summary>
    Statistic,
}
