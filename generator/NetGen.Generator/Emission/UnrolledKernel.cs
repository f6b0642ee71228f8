using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// A whole tiny network for one sample, written out from input to output: no loops and no calls. Values between layers go
/// through a few floats of the workspace, from which each is broadcast again.
/// </summary>
internal sealed class UnrolledKernel(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    public void Write(NetworkPlan network)
    {
        InferencePlan plan = network.Inference;
        DenseStage[] stages = [.. plan.Stages.Items.Cast<DenseStage>()];
        using (kernel.Method("All layers for one sample.", "Unrolled", "ref float x, ref float p, ref float values"))
        {
            string source = "x";
            for (int i = 0; i < stages.Length; i++)
            {
                DenseStage stage = stages[i];
                string target = Invariant($"y{i + 1}");
                if (i > 0)
                    _code.Line();
                _code.Line(Invariant($"// {stage.Layers}: {stage.Rows} → {stage.Units}"));
                _code.Line($"ref float {target} = {KernelWriter.At("values", plan.Offsets[i + 1])};");
                Layer(stage, source, target, network.Parameters[stage.WeightName].Offset, network.Parameters[stage.BiasName].Offset, i);
                source = target;
            }
        }
    }

    private void Layer(DenseStage stage, string source, string target, int weight, int bias, int index)
    {
        int phases = RegisterTile.Phases(stage.Rows, stage.Units);
        for (int first = 0; first < stage.Units; first += RegisterTile.PanelWidth)
        {
            int panelWidth = Math.Min(RegisterTile.PanelWidth, stage.Units - first);
            for (int lane = 0; lane < panelWidth; lane += kernel.Lanes)
            {
                string sum = Invariant($"a{index}_{(first + lane) / kernel.Lanes}");
                for (int phase = 0; phase < phases; phase++)
                {
                    _code.Line($"Floats {sum}{Suffix(phase)} = " + (phase == 0
                        ? KernelWriter.Load("p", bias + first + lane) : "Simd.Zero") + ";");
                }

                for (int k = 0; k < stage.Rows; k++)
                {
                    string name = sum + Suffix(k % phases);
                    string w = KernelWriter.Load("p", weight + (first * stage.Rows) + (k * panelWidth) + lane);
                    _code.Line($"{name} = {KernelWriter.MultiplyAdd(KernelWriter.Broadcast(source, k), w, name)};");
                }

                string total = phases == 1 ? sum : $"({sum} + {sum}_1) + ({sum}_2 + {sum}_3)";
                kernel.Store(
                    KernelWriter.Finish(stage.Epilogue, total, ""), target, first + lane, Math.Min(kernel.Lanes, panelWidth - lane));
            }
        }
    }

    private static string Suffix(int phase) => phase == 0 ? "" : Invariant($"_{phase}");
}
