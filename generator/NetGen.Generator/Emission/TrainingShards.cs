using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The work items of a training pass: a shard forward, a shard backward, packing, and what comes after the shards.</summary>
internal sealed class TrainingShards(CodeWriter code, NetworkPlan network)
{
    private readonly TrainingPlan _plan = network.Training;
    private readonly TrainingTasks _tasks = new(network);

    public void Write()
    {
        ForwardShard();
        Pack();
        BackwardShard();
        PackPanels();
        Finish();
        InputGradientShard();
    }

    private void ForwardShard()
    {
        code.Line("/// <summary>Forward for one shard: images one by one through their layers, dense layers for all samples at once.</summary>");
        using (code.Open("private void ForwardShard(ReadOnlySpan<float> inputs, int begin, int end)"))
        {
            code.Line("ref float x = ref MemoryMarshal.GetReference(inputs);");
            code.Line("ref float p = ref _parameters.Reference;");
            code.Line("ref float records = ref _records.Reference;");
            code.Line("ref float shard = ref Unsafe.Add(ref records, (nint)begin * TrainingMemory.RecordLength);");
            int count = _plan.Stages.Count;
            int i = 0;
            while (i < count && _plan.Stages[i] is not DenseStage)
                i++;
            code.Line();
            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
                code.Line("ref float image = ref Unsafe.Add(ref x, (nint)sample * InputLength);");
                InferenceEmitter.CopyRows(code, _plan.Rasters[0], "image", Value(0, "record", origin: true));
                SampleStages(0, i);
            }

            while (i < count)
            {
                if (_plan.Stages[i] is DenseStage dense)
                {
                    string drop = dense.Epilogue.Drops ? ", _seed, _step, begin" : "";
                    code.Line();
                    code.Line($"TrainingKernels.{dense.Name}({Value(i, "shard", false)}, {Parameter(dense.WeightName)}, {Parameter(dense.BiasName)}, {Value(i + 1, "shard", true)}, end - begin{drop});");
                    i++;
                    continue;
                }

                int from = i;
                while (i < count && _plan.Stages[i] is not DenseStage)
                    i++;
                code.Line();
                using (code.Open("for (int sample = begin; sample < end; sample++)"))
                {
                    code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
                    SampleStages(from, i);
                }
            }

            code.Line();
            Losses();
        }

        code.Gap();
    }

    private void SampleStages(int begin, int end)
    {
        bool declared = false;
        for (int i = begin; i < end; i++)
        {
            Stage stage = _plan.Stages[i];
            string index = stage.KeepsPoolIndex ? ", " + Index(i) : "";
            string weights = stage switch
            {
                ConvolutionStage c => $", {Parameter(c.WeightName)}, {Parameter(c.BiasName)}",
                PoolStage or ElementwiseStage => "",
                _ => throw stage.UnknownKind(),
            };
            if (stage.Epilogue.Drops)
            {
                code.Line($"{(declared ? "" : "ulong ")}key = {Key(stage)};");
                declared = true;
            }

            code.Line($"TrainingKernels.{stage.Name}({Value(i, "record", false)}{weights}, {Value(i + 1, "record", true)}{index}{(stage.Epilogue.Drops ? ", key" : "")});");
        }
    }

    private void Losses()
    {
        int last = _plan.Stages.Count;
        using (code.Open("for (int sample = begin; sample < end; sample++)"))
        {
            code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
            code.Line($"ReadOnlySpan<float> values = MemoryMarshal.CreateReadOnlySpan({Value(last, "record", true)}, OutputLength);");
            code.Line("Span<float> outputs = _outputs.AsSpan(sample * OutputLength, OutputLength);");
            code.Line("ReadOnlySpan<float> targets = _targets.AsSpan(sample * OutputLength, OutputLength);");
            if (network.EndsInSoftmax)
            {
                code.Line("_losses[sample] = _hasLabels");
                code.Line("    ? Heads.CrossEntropy(values, _labels[sample], outputs)");
                code.Line("    : Heads.CrossEntropy(values, targets, outputs);");
            }
            else
            {
                code.Line("values.CopyTo(outputs);");
                code.Line("_losses[sample] = Heads.MeanSquaredError(values, targets);");
            }
        }
    }

    private void Pack()
    {
        code.Line("/// <summary>Arranges the weights for the gradients with respect to the layers' inputs.</summary>");
        using (code.Open("private void Pack(int task)"))
        {
            code.Line("ref float p = ref _parameters.Reference;");
            foreach (TrainingTasks.Packing packing in _tasks.Packings)
            {
                string target = packing.Offset == 0 ? "ref _packed.Reference" : Invariant($"ref _packed.At({packing.Offset})");
                code.Line();
                using (code.Open(Invariant($"if (task < {packing.Tasks})")))
                {
                    string weights = Parameter(packing.Stage.WeightName);
                    code.Line(packing.Stage switch
                    {
                        ConvolutionStage c => Invariant($"WeightPacking.FlipConvolution({weights}, {c.KernelHeight * c.KernelWidth}, {c.Input.Channels}, {c.Filters}, {target});"),
                        DenseStage dense => Invariant($"WeightPacking.TransposeDense({weights}, {dense.Rows}, {dense.Columns}, {target}, task);"),
                        _ => throw packing.Stage.UnknownKind(),
                    });
                    code.Line("return;");
                }

                if (packing != _tasks.Packings[_tasks.Packings.Count - 1])
                {
                    code.Line();
                    code.Line(Invariant($"task -= {packing.Tasks};"));
                }
            }
        }

        code.Gap();
    }

    private void BackwardShard()
    {
        code.Line("/// <summary>Backward for one shard, whose gradients with respect to the parameters go to memory of its own.</summary>");
        using (code.Open("private void BackwardShard(int index, int begin, int end, int worker)"))
        {
            ShardReferences();
            code.Line("_shardGradients.Span.Slice(index * TrainingMemory.ShardedParameters, TrainingMemory.ShardedParameters).Clear();");
            code.Line("LossGradients(begin, end);");
            BackwardStages(inputGradients: false);
        }

        code.Gap();
        LossGradients();
    }

    private void InputGradientShard()
    {
        code.Gap();
        code.Line("/// <summary>Backward for one shard down to the inputs; the parameters' gradients in the shard's memory are of no use afterwards.</summary>");
        using (code.Open("private void InputGradientShard(int index, int begin, int end, int worker, Span<float> destination)"))
        {
            ShardReferences();
            code.Line("ref float dx = ref MemoryMarshal.GetReference(destination);");
            code.Line("LossGradients(begin, end);");
            BackwardStages(inputGradients: true);
        }
    }

    private void ShardReferences()
    {
        code.Line("ref float records = ref _records.Reference;");
        code.Line("ref float shard = ref Unsafe.Add(ref records, (nint)begin * TrainingMemory.RecordLength);");
        code.Line("ref float gradients = ref _shardGradients.At((nint)index * TrainingMemory.ShardedParameters);");
        code.Line("ref float scratch = ref _scratch.At((nint)worker * TrainingMemory.ScratchLength);");
        code.Line("int samples = end - begin;");
    }

    private void LossGradients()
    {
        int last = _plan.Stages.Count;
        code.Line("/// <summary>The gradient of the mean loss by the values before the head.</summary>");
        using (code.Open("private void LossGradients(int begin, int end)"))
        {
            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref _records.At((nint)sample * TrainingMemory.RecordLength);");
                code.Line($"Span<float> gradient = MemoryMarshal.CreateSpan({Gradient(last, "record")}, OutputLength);");
                code.Line("ReadOnlySpan<float> outputs = _outputs.AsSpan(sample * OutputLength, OutputLength);");
                code.Line("ReadOnlySpan<float> targets = _targets.AsSpan(sample * OutputLength, OutputLength);");
                if (network.EndsInSoftmax)
                {
                    code.Line("if (_hasLabels)");
                    code.Line("    Heads.CrossEntropyGradient(outputs, _labels[sample], _weights.Scale(sample), gradient);");
                    code.Line("else");
                    code.Line("    Heads.CrossEntropyGradient(outputs, targets, _weights.Scale(sample), gradient);");
                }
                else
                {
                    code.Line("Heads.MeanSquaredErrorGradient(outputs, targets, _weights.Scale(sample), gradient);");
                }
            }
        }

        code.Gap();
    }

    private void BackwardStages(bool inputGradients)
    {
        int lowest = inputGradients ? 0 : _plan.FirstWeighted;
        for (int i = _plan.Stages.Count - 1; i >= lowest;)
        {
            code.Line();
            if (_plan.Stages[i] is DenseStage dense)
            {
                Dense(dense, i, inputGradients);
                i--;
                continue;
            }

            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
                bool declared = false;
                for (; i >= lowest && _plan.Stages[i] is not DenseStage; i--)
                    Sample(_plan.Stages[i], i, inputGradients, ref declared);
            }
        }
    }

    private void Dense(DenseStage stage, int i, bool inputGradients)
    {
        string output = stage.Epilogue.Relu ? ", " + Value(i + 1, "shard", true) : "";
        string drop = stage.Epilogue is { Drops: true, Relu: false } ? ", _seed, _step, begin" : "";
        code.Line($"TrainingKernels.{stage.Name}OutputGradient({Gradient(i + 1, "shard")}{output}, {ShardGradient(stage.BiasName)}, samples{drop});");
        if (!inputGradients && !TrainingPlan.IsWholeBatch(stage))
            code.Line(Invariant($"TrainingKernels.{stage.Name}WeightGradient({Value(i, "shard", false)}, {Gradient(i + 1, "shard")}, {ShardGradient(stage.WeightName)}, samples);"));
        if (i > _plan.FirstWeighted || (inputGradients && i > 0))
        {
            code.Line($"TrainingKernels.{stage.Name}InputGradient({Gradient(i + 1, "shard")}, {BackwardWeights(stage)}, {Gradient(i, "shard")}, samples);");
        }
        else if (inputGradients)
        {
            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
                code.Line($"TrainingKernels.{stage.Name}InputGradient({Gradient(i + 1, "record")}, {BackwardWeights(stage)}, ref Unsafe.Add(ref dx, (nint)sample * InputLength), 1);");
            }
        }
    }

    private void Sample(Stage stage, int i, bool inputGradients, ref bool declared)
    {
        string output = stage.Epilogue.Relu ? ", " + Value(i + 1, "record", true) : "";
        string index = stage.KeepsPoolIndex ? ", " + Index(i) : "";
        bool masks = stage.Epilogue is { Drops: true, Relu: false };
        if (masks)
        {
            code.Line($"{(declared ? "" : "ulong ")}key = {Key(stage)};");
            declared = true;
        }

        string key = masks ? ", key" : "";
        bool needsInput = i > _plan.FirstWeighted || inputGradients;
        string destination = i == 0 ? "ref Unsafe.Add(ref dx, (nint)sample * InputLength)" : Gradient(i, "record");
        switch (stage)
        {
            case ConvolutionStage convolution:
                Raster raster = convolution.OutputGradient;
                string buffer = $"ref Unsafe.Add(ref scratch, TrainingMemory.{stage.Name}Sums)";
                string inside = raster.Origin == 0 ? buffer : Invariant($"ref Unsafe.Add(ref scratch, TrainingMemory.{stage.Name}Sums + {raster.Origin})");
                code.Line($"TrainingKernels.{stage.Name}OutputGradient({Gradient(i + 1, "record")}{output}{index}, {inside}, {ShardGradient(convolution.BiasName)}{key});");
                if (!inputGradients)
                    code.Line($"TrainingKernels.{stage.Name}WeightGradient({Value(i, "record", false)}, {inside}, {ShardGradient(convolution.WeightName)});");
                if (needsInput)
                    code.Line($"TrainingKernels.{stage.Name}InputGradient({buffer}, {BackwardWeights(convolution)}, {destination});");
                break;
            case PoolStage or ElementwiseStage:
                if (needsInput)
                    code.Line($"TrainingKernels.{stage.Name}InputGradient({Gradient(i + 1, "record")}{output}{index}, {destination}{key});");
                break;
            default:
                throw stage.UnknownKind();
        }
    }

    private void PackPanels()
    {
        if (_tasks.PanelTasks == 0)
            return;
        code.Line("/// <summary>Packs the values and gradients of layers with many weights into panels of 32, sample after sample.</summary>");
        using (code.Open("private void PackPanels(int task)"))
        {
            code.Line("ref float records = ref _records.Reference;");
            foreach (TrainingTasks.WholeBatchGradient gradient in _tasks.WholeBatch)
            {
                DenseStage stage = gradient.Stage;
                int i = _plan.Stages.Items.IndexOf(stage);
                Pack(Value(i, "records", false), stage.Rows, gradient.RowPanels, gradient.Offset);
                code.Line();
                code.Line(Invariant($"task -= {gradient.RowPanels};"));
                Pack(Gradient(i + 1, "records"), stage.Columns, gradient.Panels, gradient.Offset + (gradient.RowPanels * RegisterTile.PanelWidth));
                if (gradient == _tasks.WholeBatch[_tasks.WholeBatch.Count - 1])
                    continue;
                code.Line();
                code.Line(Invariant($"task -= {gradient.Panels};"));
            }
        }

        code.Gap();

        void Pack(string source, int columns, int panels, int offset)
        {
            code.Line();
            using (code.Open(Invariant($"if (task < {panels})")))
            {
                code.Line(Invariant($"BatchPanels.Pack({source}, TrainingMemory.RecordLength, {columns}, _samples, ref _panels.At((nint)BatchSize * {offset}), (nint)BatchSize * {RegisterTile.PanelWidth}, task);"));
                code.Line("return;");
            }
        }
    }

    private void Finish()
    {
        code.Line("/// <summary>After the shards: gradients of large weights over the whole batch, and the sums of the shards' gradients.</summary>");
        using (code.Open("private void Finish(int task)"))
        {
            foreach (TrainingTasks.WholeBatchGradient gradient in _tasks.WholeBatch)
            {
                DenseStage stage = gradient.Stage;
                int outputs = gradient.Offset + (gradient.RowPanels * RegisterTile.PanelWidth);
                using (code.Open(Invariant($"if (task < {gradient.Panels * gradient.Blocks})")))
                {
                    code.Line(Invariant($"int panel = task % {gradient.Panels};"));
                    code.Line(Invariant($"int block = task / {gradient.Panels};"));
                    code.Line(Invariant($"nint panelStride = (nint)BatchSize * {RegisterTile.PanelWidth};"));
                    code.Line(Invariant($"ref float x = ref _panels.At((nint)BatchSize * {gradient.Offset});"));
                    code.Line(Invariant($"ref float dy = ref _panels.At(((nint)BatchSize * {outputs}) + (panel * panelStride));"));
                    code.Line(Invariant($"TrainingKernels.{stage.Name}WeightGradient(ref x, panelStride, ref dy, ref _gradients.At(ParameterOffsets.{network.Parameters[stage.WeightName].Identifier}), _samples, {gradient.RowPanels} * block / {gradient.Blocks}, {gradient.RowPanels} * (block + 1) / {gradient.Blocks}, panel);"));
                    code.Line("return;");
                }

                code.Line();
                code.Line(Invariant($"task -= {gradient.Panels * gradient.Blocks};"));
            }

            code.Line("ShardGradients.Sum(_shardGradients.Span, TrainingMemory.ShardedParameters, Shards(_samples), task, _gradients.Span);");
        }
    }

    private string Key(Stage stage) => Invariant($"DropoutMask.Key(_seed, _step, {stage.Epilogue.DropoutLayer}, sample)");

    private string Parameter(string name) => InferenceEmitter.Parameter(name, network);

    private string ShardGradient(string name) => $"ref Unsafe.Add(ref gradients, ParameterOffsets.{network.Parameters[name].Identifier})";

    /// <summary>The weights as the gradient with respect to the stage's input reads them; see <see cref="ConvolutionStage.HasFilterDots"/>.</summary>
    private string BackwardWeights(WeightedStage stage)
    {
        int offset = _tasks.Packings.Single(packing => packing.Stage == stage).Offset;
        string packed = offset == 0 ? "ref _packed.Reference" : Invariant($"ref _packed.At({offset})");
        return stage is ConvolutionStage { HasFilterDots: true }
            ? $"ref _parameters.At(ParameterOffsets.{network.Parameters[stage.WeightName].Identifier}), {packed}"
            : packed;
    }

    private string Index(int i) => $"ref Unsafe.Add(ref record, TrainingMemory.{_plan.Stages[i].Name}Index)";

    private string Value(int i, string memory, bool origin)
    {
        int inside = origin ? _plan.Rasters[i].Origin : 0;
        string offset = $"TrainingMemory.{TrainingEmitter.ValueName(_plan, i)}";
        return inside == 0 ? $"ref Unsafe.Add(ref {memory}, {offset})" : Invariant($"ref Unsafe.Add(ref {memory}, {offset} + {inside})");
    }

    private string Gradient(int i, string record) =>
        $"ref Unsafe.Add(ref {(_plan.GradientInRecord[i] ? record : "scratch")}, TrainingMemory.{TrainingEmitter.ValueName(_plan, i)}Gradient)";
}
