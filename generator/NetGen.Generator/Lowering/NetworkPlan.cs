using NetGen.Generator.Model;

namespace NetGen.Generator.Lowering;

/// <summary>All decisions about a network: what its kernels are and where its values lie.</summary>
internal sealed class NetworkPlan
{
    public NetworkPlan(NetworkModel model)
        : this(model, PlanBuilder.Lower(model, training: false), PlanBuilder.Lower(model, training: true))
    {
    }

    public NetworkPlan(NetworkModel model, PlanBuilder inference, PlanBuilder training)
    {
        Model = model;
        EndsInSoftmax = inference.EndsInSoftmax;
        Inference = new InferencePlan(inference.Stages);
        Training = new TrainingPlan(training.Stages);
        Parameters = new ParameterPlan(model, Training.WholeBatchWeights);
    }

    public NetworkModel Model { get; }

    public bool EndsInSoftmax { get; }

    public InferencePlan Inference { get; }

    public TrainingPlan Training { get; }

    public ParameterPlan Parameters { get; }

    /// <summary>Multiply-adds up to which a network of dense layers is written out for one sample.</summary>
    private const int MaxUnrolled = 1024;

    /// <summary>Whether inference of one sample is written out from input to output.</summary>
    public bool IsUnrolled => Inference.Stages.Items.All(stage => stage is DenseStage)
        && Inference.Stages.Items.Cast<DenseStage>().Sum(stage => (long)stage.Rows * ((stage.Units + 3) / 4)) <= MaxUnrolled / 4
        && Inference.Stages.Items.Cast<DenseStage>().Sum(stage => (long)stage.Rows * stage.Units) <= MaxUnrolled;

    /// <summary>The memory of all values between layers for one sample at inference.</summary>
    public long ActivationBytes => sizeof(float) * Inference.Rasters.Skip(1).Sum(raster => (long)raster.Length);

    public bool HasDropout => Training.Stages.Items.Any(stage => stage.Epilogue.Drops);
}

/// <summary>The rasters between stages: each has the halo that its consumer needs.</summary>
internal abstract class StagePlan
{
    protected StagePlan(EquatableArray<Stage> stages)
    {
        Stages = stages;
        Rasters = new Raster[stages.Count + 1];
        for (int i = 0; i <= stages.Count; i++)
        {
            Extent extent = i == 0 ? stages[0].Input : stages[i - 1].Output;
            Rasters[i] = new Raster(extent, i < stages.Count ? stages[i].Halo : default);
        }
    }

    public EquatableArray<Stage> Stages { get; }

    /// <summary>Raster <c>i</c> is the input of stage <c>i</c> and the output of stage <c>i - 1</c>.</summary>
    public Raster[] Rasters { get; }

    /// <summary>Whether a dense stage writes or reads value <paramref name="i"/>: then all samples' values must exist at once.</summary>
    protected bool MeetsDense(int i) =>
        i == Stages.Count || Stages[i] is DenseStage || (i > 0 && Stages[i - 1] is DenseStage);

    /// <summary>
    /// The distance of two samples: a whole number of cache lines, but no multiple of a kilobyte, because the rows of a tile would
    /// then compete for the same lines of the first-level cache.
    /// </summary>
    protected static int Spread(int length)
    {
        int lines = (length + 15) / 16;
        return 16 * (lines % 16 == 0 ? lines + 1 : lines);
    }

    /// <summary>A length rounded up to whole cache lines.</summary>
    protected static int Aligned(int length) => (length + 15) / 16 * 16;
}

/// <summary>
/// Inference: convolutions take one sample after the other through all their layers, so that its values stay in the
/// second-level cache; dense layers take all samples of a chunk at once, so that weights are read once for all of them.
/// </summary>
internal sealed class InferencePlan : StagePlan
{
    /// <summary>Samples that go through the dense layers together.</summary>
    public const int Chunk = 64;

    /// <summary>From this many weights on, threads share a dense layer's panels where there is only one sample.</summary>
    public const int SharedWeight = 1 << 18;

    /// <summary>From this many operations on, threads share a convolution's rows where there is only one sample.</summary>
    public const long SharedFlops = 8_000_000;

    /// <summary>Rows, after pooling, of one thread's part of a shared convolution.</summary>
    public const int PartRows = 4;

    /// <summary>Panels of one thread's part of a shared dense layer: as many as the widest kernel takes side by side for one sample, and a multiple of what the others take.</summary>
    public const int PartPanels = 4;

    public InferencePlan(EquatableArray<Stage> stages)
        : base(stages)
    {
        Offsets = new int[stages.Count + 1];
        InRow = new bool[stages.Count + 1];
        ReadsInput = stages[0] is DenseStage || (stages[0] is ConvolutionStage && Rasters[0].IsContiguous);
        for (int i = ReadsInput ? 1 : 0; i <= stages.Count; i++)
        {
            InRow[i] = MeetsDense(i);
            if (InRow[i])
            {
                Offsets[i] = RowLength;
                RowLength += Aligned(Rasters[i].Length);
            }
            else
            {
                Offsets[i] = SampleLength;
                SampleLength += Aligned(Rasters[i].Length);
            }
        }

        RowLength = Spread(RowLength);
    }

    /// <summary>
    /// Whether threads share a layer where there is only one sample: a dense one by its panels, a convolution by its rows. It must take
    /// much longer than the threads need to meet.
    /// </summary>
    public static bool IsShared(Stage stage) => Parts(stage) > 1 && stage switch
    {
        DenseStage dense => (long)dense.Rows * dense.Columns >= SharedWeight,
        ConvolutionStage convolution => 2L * convolution.Rows * convolution.Convolved.Length >= SharedFlops,
        PoolStage or ElementwiseStage => false,
        _ => throw stage.UnknownKind(),
    };

    /// <summary>Into how many parts a shared layer is divided; what is left of its panels or rows belongs to the last.</summary>
    public static int Parts(Stage stage) => stage switch
    {
        DenseStage dense => dense.Columns / (PartPanels * RegisterTile.PanelWidth),
        ConvolutionStage convolution => convolution.Output.Height / PartRows,
        PoolStage or ElementwiseStage => 1,
        _ => throw stage.UnknownKind(),
    };

    /// <summary>Whether a layer is shared.</summary>
    public bool HasShared => Stages.Items.Any(IsShared);

    /// <summary>Whether the first stage reads the caller's memory as it is.</summary>
    public bool ReadsInput { get; }

    /// <summary>Whether value <c>i</c> exists for every sample of a chunk, or only for one.</summary>
    public bool[] InRow { get; }

    /// <summary>The offset of value <c>i</c> in its row, or in the memory of the one sample.</summary>
    public int[] Offsets { get; }

    /// <summary>Floats for one sample of a chunk.</summary>
    public int RowLength { get; }

    /// <summary>Floats for the values that exist for one sample only.</summary>
    public int SampleLength { get; }
}

/// <summary>
/// Training: a record for every sample of the batch holds what backward needs; a scratch for every worker holds the gradients
/// inside the convolutions, for one sample at a time.
/// </summary>
internal sealed class TrainingPlan : StagePlan
{
    /// <summary>From this many weights on, a dense layer's gradient is computed over the whole batch instead of by shards.</summary>
    private const int WholeBatchWeight = 1 << 16;

    /// <summary>From this many weights on, shards are large, so that weights are read less often.</summary>
    private const int LargeWeight = InferencePlan.SharedWeight;

    public TrainingPlan(EquatableArray<Stage> stages)
        : base(stages)
    {
        int count = stages.Count;
        Values = new int[count + 1];
        Gradients = new int[count + 1];
        Indexes = new int[count];
        OutputGradients = new int[count];
        GradientInRecord = new bool[count + 1];
        for (int i = 0; i <= count; i++)
        {
            Values[i] = RecordLength;
            RecordLength += Aligned(Rasters[i].Length);
            if (i < count && stages[i].KeepsPoolIndex)
            {
                Indexes[i] = RecordLength;
                RecordLength += Aligned(stages[i].Output.Length);
            }

            if (i == 0)
                continue;
            GradientInRecord[i] = MeetsDense(i);
            Gradients[i] = GradientInRecord[i] ? RecordLength : ScratchLength;
            if (GradientInRecord[i])
                RecordLength += Aligned(Rasters[i].Extent.Length);
            else
                ScratchLength += Aligned(Rasters[i].Extent.Length);
        }

        for (int i = 0; i < count; i++)
        {
            if (stages[i] is ConvolutionStage convolution)
            {
                OutputGradients[i] = ScratchLength;
                ScratchLength += Aligned(convolution.OutputGradient.Length);
            }
        }

        RecordLength = Spread(RecordLength);
        FirstWeighted = stages.Items.TakeWhile(stage => stage is not WeightedStage).Count();
        WholeBatchWeights = new HashSet<string>(
            stages.Items.OfType<DenseStage>().Where(IsWholeBatch).Select(stage => stage.WeightName), StringComparer.Ordinal);
        ShardSize = stages.Items.OfType<DenseStage>().Any(stage => (long)stage.Rows * stage.Columns >= LargeWeight) ? 32 : 8;
    }

    /// <summary>The offset of value <c>i</c> in a sample's record.</summary>
    public int[] Values { get; }

    /// <summary>The offset of the gradient with respect to value <c>i</c>, in the record or in the scratch.</summary>
    public int[] Gradients { get; }

    /// <summary>Whether the gradient with respect to value <c>i</c> exists for every sample.</summary>
    public bool[] GradientInRecord { get; }

    /// <summary>The offset in the record of the places of stage <c>i</c>'s maxima.</summary>
    public int[] Indexes { get; }

    /// <summary>The offset in the scratch of the gradient with respect to what convolution <c>i</c> computes.</summary>
    public int[] OutputGradients { get; }

    /// <summary>Floats for one sample.</summary>
    public int RecordLength { get; }

    /// <summary>Floats for one worker.</summary>
    public int ScratchLength { get; }

    /// <summary>The first stage with weights; below it nobody needs gradients.</summary>
    public int FirstWeighted { get; }

    /// <summary>The least number of samples in a shard: the unit of work, whose gradients are summed in the order of the shards.</summary>
    public int ShardSize { get; }

    /// <summary>The names of the weights whose gradient is computed over the whole batch.</summary>
    public ISet<string> WholeBatchWeights { get; }

    public static bool IsWholeBatch(DenseStage stage) => (long)stage.Rows * stage.Columns >= WholeBatchWeight;
}
