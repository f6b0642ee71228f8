namespace NetGen;

/// <summary>
/// Where convolutions by 3×3 or 5×5 with stride 1 may be computed with Winograd's transforms (Lavin and Gray 2016), which take up to four times fewer multiplications
/// and round differently. They are used in layers where they are expected to be faster.
/// </summary>
public enum WinogradUse
{
    /// <summary>Nowhere: every sum is computed directly.</summary>
    Off,

    /// <summary>In predictions, and in training for the gradients with respect to inputs and weights. The forward computation of training is direct.</summary>
    Inference,

    /// <summary>Everywhere, also in the forward computation of training.</summary>
    Training,
}
