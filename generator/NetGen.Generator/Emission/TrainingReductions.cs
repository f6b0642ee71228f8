using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>What is computed between two phases of training, from the sums of all shards.</summary>
internal sealed class TrainingReductions(CodeWriter code, NetworkPlan plan)
{
    private readonly ReductionPlace _place = new()
    {
        Sums = "ref sums[0]",
        SumsStride = "Training.SumsLength",
        GradientStride = "Training.ShardedParameters",
        ShardSize = "ShardSize",
        Samples = "Samples",
        Parameter = name => InferenceEmitter.Parameter(plan, name),
        ParameterGradient = name => InferenceEmitter.Parameter(plan, name, "gradients"),
    };

    /// <summary>The expression for a value of the batch, where <c>batch</c> refers to all of them.</summary>
    public static string Argument(BatchValueOf value) => $"ref batch[Batch.{ReductionPlan.NameOf(value)}]";

    /// <summary>Writes the methods.</summary>
    public void Write()
    {
        Method("Reduce", [("p", "Parameters"), ("sums", "SumsOf(0)"), ("batch", "BatchValues")], reduction =>
        {
            code.Line("if (UsesRunningStatistics)");
            using (code.Indent())
                Call(reduction, reduction.Prediction);
            code.Line("else");
            using (code.Indent())
                Call(reduction, reduction.Forward);
        });
        Method("ReduceGradients", [("gradients", "GradientsOf(0)"), ("batch", "BatchValues")], reduction => Call(reduction, reduction.Backward));
    }

    private void Method(string name, (string Name, string Value)[] variables, Action<BatchReduction> write)
    {
        code.Gap();
        using (code.Open($"protected override void {name}(int reduction)"))
        {
            foreach ((string variable, string value) in variables)
                code.Line($"FloatRef {variable} = {value};");
            using (code.Open("switch (reduction)"))
            {
                int number = 0;
                foreach (BatchReduction reduction in plan.Reductions.Reductions)
                {
                    code.Line(Invariant($"case {number++}: // {reduction.Operation.Layers[0]}"));
                    using (code.Indent())
                    {
                        write(reduction);
                        code.Line("break;");
                    }
                }
            }
        }
    }

    private void Call(BatchReduction reduction, Func<ReductionPlace, LibraryCall> call) =>
        code.Statement(call(_place with { Value = value => Argument(new(reduction.Operation, value)) }).ToString());
}
