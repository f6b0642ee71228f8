namespace NetGen.Generator.Model;

/// <summary>Where convolutions may use Winograd's transforms: the members of <c>WinogradUse</c> of the library.</summary>
internal enum WinogradSetting
{
    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>In predictions, and in gradients.</summary>
    Inference,

    /// <summary>Also in the forward computation of training.</summary>
    Training,
}
