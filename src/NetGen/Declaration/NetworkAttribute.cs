namespace NetGen;

/// <summary>
/// Marks a partial class as a neural network. Its layers are the attributes that stand below, in source order, left to
/// right and top to bottom; the generator writes the code of inference and training into the other part of the class.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// [Input(784)]
/// [Dense(128), ReLU, Dropout(0.5)]
/// [Dense(10), Softmax]
/// public partial class DigitNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// Whether training notes which units of <c>ReLU</c> layers are ever positive, so that dead ones can be found: <see cref="TrainingPass{TNetwork}.UnitActivity"/>
    /// and <see cref="EpochResult.DeadUnits"/>. False when not given; then there is no code for it.
    /// </summary>
    public bool TrackDeadUnits { get; set; }

    /// <summary>
    /// Where convolutions may use Winograd's transforms, which are faster and round differently. <see cref="WinogradUse.Inference"/> when not given: in predictions and
    /// in gradients, but not in the forward computation of training.
    /// </summary>
    public WinogradUse Winograd { get; set; } = WinogradUse.Inference;
}
