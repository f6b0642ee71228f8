using System.Collections.Immutable;

using NetGen.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Updates the trained parameters of a network with their gradients. It never changes frozen parameters and statistics, not by weight
/// decay either. An optimizer belongs to one network. Its state (momentum, moments) is allocated at the first step; later steps
/// allocate nothing.
/// </summary>
/// <remarks>
/// <para>Gradients are first limited by <see cref="ClipValue"/>, then by <see cref="ClipNorm"/>; then the gradients of <see cref="L2"/> and
/// <see cref="L1"/> are added, and last a weight decay. These changed gradients exist only during the step: <see cref="ITrainingPass.Gradients"/> stays as backward computed it.</para>
/// <para>To write another optimizer, derive from this class. <see cref="StateNames"/> names the state values that each parameter has.
/// <see cref="BeginStep"/> computes what all parameters share, such as bias corrections. <see cref="Update"/> changes the parameters,
/// each from its own values alone: then the result does not depend on the number of threads or the width of vectors.</para>
/// </remarks>
public abstract class Optimizer
{
    private readonly StateBlocks _state = new();
    private readonly OptimizerWork _work;
    private float _learningRate;
    private float _clipValue = float.PositiveInfinity;
    private float _clipNorm = float.PositiveInfinity;
    private float _l1;
    private float _l2;
    private float _maxNorm = float.PositiveInfinity;
    private int _parameterCount;
    private INetwork? _network;

    /// <summary>Sets the learning rate.</summary>
    /// <param name="learningRate">Finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or not a number.</exception>
    protected Optimizer(float learningRate)
    {
        _learningRate = Setting.NotNegative(learningRate, nameof(LearningRate), nameof(learningRate));
        _work = new OptimizerWork(this);
    }

    /// <summary>The learning rate: finite, 0 or more. You may change it between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Setting.NotNegative(value);
    }

    /// <summary>
    /// Limits each gradient to [−c, c], as <c>torch.nn.utils.clip_grad_value_</c>; more than 0, infinite (no limit) unless set. A gradient
    /// that is not a number stays so.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public float ClipValue
    {
        get => _clipValue;
        set => _clipValue = Setting.Positive(value);
    }

    /// <summary>
    /// Limits the Euclidean norm of all trained parameters' gradients together, as <c>torch.nn.utils.clip_grad_norm_</c>: they are multiplied by
    /// <c>min(1, c / (norm + 1e-6))</c>. More than 0, infinite (no limit) unless set. The norm needs one more pass over the gradients.
    /// </summary>
    /// <remarks>
    /// The squares are summed in double precision, in an order that depends on neither threads nor vectors. As in PyTorch with
    /// <c>error_if_nonfinite=False</c>, a gradient that is not a number makes all of them not a number; if one is infinite, it becomes
    /// not a number and the finite ones become 0.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public float ClipNorm
    {
        get => _clipNorm;
        set => _clipNorm = Setting.Positive(value);
    }

    /// <summary>
    /// The norm that the last step with a finite <see cref="ClipNorm"/> found, before it limited the gradients; not a number if there was none.
    /// </summary>
    public float GradientNorm { get; private set; } = float.NaN;

    /// <summary>
    /// The factor λ of a penalty λ·Σ|w| on weights: it adds λ·sign(w) to their gradients, and 0 where a weight is 0. Finite, 0 or more, 0
    /// unless set. It reaches the trained weights of <c>Dense</c> and convolutions, as Keras' <c>kernel_regularizer</c>, not biases and not what
    /// <c>BatchNorm</c> scales and shifts by. The loss that <c>Forward</c> returns does not contain it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float L1
    {
        get => _l1;
        set => _l1 = Setting.NotNegative(value);
    }

    /// <summary>
    /// The factor λ of a penalty λ/2·Σw² on the weights that <see cref="L1"/> reaches: it adds λ·w to their gradients. Finite, 0 or more, 0
    /// unless set. That is PyTorch's <c>weight_decay</c>, for weights alone; Keras' <c>L2(λ)</c> adds 2·λ·w.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float L2
    {
        get => _l2;
        set => _l2 = Setting.NotNegative(value);
    }

    /// <summary>
    /// The largest Euclidean norm of the incoming weights of a unit, an output of <c>Dense</c> or a filter of a convolution, without its bias:
    /// after each update, those above it are multiplied by <c>c / norm</c> (Srivastava et al. 2014, JMLR 15, section 5.1; Keras' <c>max_norm</c>). More than 0,
    /// infinite (no limit) unless set. It needs one more pass over these weights. Frozen ones stay, and so do those whose factor in
    /// <see cref="LearningRateFactors"/> is 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public float MaxNorm
    {
        get => _maxNorm;
        set => _maxNorm = Setting.Positive(value);
    }

    /// <summary>
    /// Factors of the learning rate for layers and single parameters, as PyTorch's parameter groups with
    /// <c>lr = learningRate·factor</c>; none unless set. A factor of 0 leaves the parameters as they are, while their state goes on, as a learning
    /// rate of 0 does. A step throws if there is a name that the network has not.
    /// </summary>
    /// <example>
    /// <code>
    /// new Adam(1e-3f) { LearningRateFactors = { ["conv1"] = 0.1f, ["dense2.bias"] = 2 } }
    /// </code>
    /// </example>
    public LearningRateFactors LearningRateFactors { get; } = new();

    /// <summary>Number of steps since the beginning or the last <see cref="Reset"/>.</summary>
    public long StepCount { get; private set; }

    /// <summary>
    /// The blocks of state that the optimizer keeps with its current settings, by PyTorch's names, for example <c>momentum_buffer</c>. A block
    /// has a value for each trained parameter. One that a change of the settings adds begins with 0; one that a change removes is forgotten.
    /// </summary>
    /// <remarks>Return the same array each time: another one makes the step look through the blocks.</remarks>
    public virtual ImmutableArray<string> StateNames => [];

    /// <summary>A block of state, in the order of <see cref="INetwork.Parameters"/>; empty before the first step that needs it.</summary>
    /// <param name="name">One of <see cref="StateNames"/>.</param>
    /// <exception cref="ArgumentException">The optimizer has no such block; the message lists those it has.</exception>
    public ReadOnlySpan<float> State(string name)
    {
        if (!StateNames.Contains(name))
        {
            string known = StateNames.IsEmpty ? "no state" : $"only {string.Join(", ", StateNames)}";
            throw new ArgumentException($"This {GetType().Name} has no '{name}', but {known}.", nameof(name));
        }

        return _state.Find(name);
    }

    /// <summary>
    /// Does one step: updates the trained parameters of the pass's network with the gradients of its last backward computation.
    /// </summary>
    /// <param name="pass">The training pass; its threads share the work when there are many parameters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pass"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The pass has another number of gradients than its network has trained parameters; nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Earlier steps were done on another network, settings contradict each other or name a layer that the network has not, or the gradients no longer exist
    /// (<see cref="ITrainingPass.Gradients"/>); nothing was changed.
    /// </exception>
    [NetworkMember(NetworkMemberRole.Update)]
    public void Step(ITrainingPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        INetwork network = pass.Network;
        int trained = network.ParameterTable.TrainedCount;
        TrainingRunner? runner = (pass as IRunnerPass)?.Runner;
        if (runner is not null)
        {
            runner.RequireGradients();
        }
        else if (pass.Gradients.Length != trained)
        {
            throw new ArgumentException(
                Invariant($"{network.Summary.Name} has {trained} trained parameters, but its training pass has {pass.Gradients.Length} gradients."),
                nameof(pass));
        }

        CheckSettings();
        _work.Cut(trained, network.ParameterTable);
        RequireOwner(Interlocked.CompareExchange(ref _network, network, null) ?? network, network);
        using ParameterEdit edit = network.EditParameters();
        Span<float> parameters = edit.Values[..trained];
        Begin(parameters, network.ParameterTable);

        // Only now: BeginStep may set ClipNorm, or read and change the gradients.
        int threads = WorkerPool.ThreadCount(pass.Threads);
        if (runner is { GradientsWait: true } && ClipNorm == float.PositiveInfinity)
            _work.Run(parameters, runner, threads);
        else
            GradientNorm = _work.Run(parameters, pass.Gradients, threads) ?? GradientNorm;
    }

    /// <summary>Throws if the steps so far were done on another network.</summary>
    internal void RequireOwner(INetwork network) => RequireOwner(_network ?? network, network);

    private void RequireOwner(INetwork owner, INetwork network)
    {
        if (ReferenceEquals(owner, network))
            return;
        throw new InvalidOperationException(
            Invariant($"This {GetType().Name} has done {StepCount} steps on one {owner.Summary.Name}; its state does not suit ") +
            Invariant($"another {network.Summary.Name}. Use one optimizer for each network, or call Reset before its first step on another network."));
    }

    /// <summary>Does one step on <paramref name="parameters"/>, which are changed in place.</summary>
    internal void Step(Span<float> parameters, ReadOnlySpan<float> gradients, int threads = 0, ParameterTable? table = null)
    {
        threads = WorkerPool.ThreadCount(threads);
        if (gradients.Length != parameters.Length)
        {
            throw new ArgumentException(
                Invariant($"There are {parameters.Length} parameters but {gradients.Length} gradients."), nameof(gradients));
        }
        Begin(parameters, table);
        GradientNorm = _work.Run(parameters, gradients, threads) ?? GradientNorm;
    }

    private void Begin(Span<float> parameters, ParameterTable? table)
    {
        if (StepCount > 0 && parameters.Length != _parameterCount)
        {
            throw new ArgumentException(
                Invariant($"This {GetType().Name} has done {StepCount} steps with {_parameterCount} parameters; now there are ") +
                Invariant($"{parameters.Length}. Use one optimizer for each network, or call Reset before its first step on another network."),
                nameof(parameters));
        }
        CheckSettings();
        _work.Cut(parameters.Length, table);
        _parameterCount = parameters.Length;
        _state.Use(StateNames, _parameterCount);
        StepCount++;
        BeginStep();
    }

    /// <summary>Forgets all steps, as if the optimizer were new; the settings stay.</summary>
    public void Reset()
    {
        _state.Clear();
        _parameterCount = 0;
        _network = null;
        StepCount = 0;
        GradientNorm = float.NaN;
    }

    /// <summary>The type and all settings, those that every optimizer has if they are set.</summary>
    public override string ToString() => OptimizerText.Of(this, Settings, withLearningRate: true);

    /// <summary>As <see cref="ToString"/>, without the learning rate.</summary>
    internal string SettingsText => OptimizerText.Of(this, Settings, withLearningRate: false);

    /// <summary>The settings that this kind of optimizer has besides those of all, as text: <c>Alpha = 0.9, WeightDecay = 0</c>.</summary>
    protected virtual string Settings => "";

    /// <summary>Throws when settings that were made one by one contradict each other; called before anything changes.</summary>
    protected virtual void CheckSettings()
    {
    }

    /// <summary>Computes what all parameters share, once in each step; <see cref="StepCount"/> already counts the step.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Updates some of the parameters. Several threads may call this method at the same time, with different parameters.</summary>
    /// <param name="parameters">The parameters, to be changed in place.</param>
    /// <param name="gradients">The derivative of the loss with respect to each of them.</param>
    /// <param name="offset">The offset of the first of them among the trained parameters, and in each block of <see cref="State(int)"/>.</param>
    /// <param name="learningRate">
    /// Their learning rate: <see cref="LearningRate"/> times their factor, as a double of the decimal numbers that these show (0.1f is 0.1).
    /// </param>
    protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate);

    /// <summary>Calls <see cref="Update"/>, for <see cref="OptimizerWork"/>.</summary>
    internal void UpdatePart(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate) =>
        Update(parameters, gradients, offset, learningRate);

    /// <summary>A block of state, or <paramref name="other"/> if there are fewer blocks.</summary>
    internal ReadOnlySpan<float> StateOr(int block, ReadOnlySpan<float> other) => block < _state.Count ? _state[block] : other;

    /// <summary>A block of state, which the optimizer keeps from step to step: a value for each trained parameter, initially 0.</summary>
    /// <param name="block">Its place in <see cref="StateNames"/>, from 0.</param>
    protected Span<float> State(int block) => _state[block];

    /// <summary>
    /// Takes over what an optimizer with the same settings remembered; the next step continues with the same bits. This optimizer forgets its
    /// own steps, and belongs to the network from now on.
    /// </summary>
    /// <param name="network">The network to be trained, with the parameters that it had then.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="blocks">The values of each of <see cref="StateNames"/>, in the order of the parameters; empty before the first step.</param>
    internal void Restore(INetwork network, long steps, float learningRate, IReadOnlyDictionary<string, float[]> blocks)
    {
        Reset();
        LearningRate = learningRate;
        if (steps == 0)
            return;
        _network = network;
        _parameterCount = network.ParameterTable.TrainedCount;
        StepCount = steps;
        _state.Use(StateNames, _parameterCount);
        for (int block = 0; block < StateNames.Length; block++)
            blocks[StateNames[block]].CopyTo(State(block));
    }
}
