using System.Text;
using static System.FormattableString;

namespace NetGen.Benchmarks.Generators;

/// <summary>Declarations of networks with 20 layers of weights, most of them with the shapes of others: what the generator writes twice shows here.</summary>
internal static class DeepNetworks
{
    /// <summary>Their names and declarations.</summary>
    public static IReadOnlyList<(string Name, string Declaration)> All { get; } =
    [
        ("resnet-20", ResNet(blocks: 3)),
        ("mlp-20", "[Network, Input(256)] " + string.Concat(Enumerable.Repeat("[Dense(256), ReLU] ", 19)) + "[Dense(10), Softmax]"),
    ];

    /// <summary>A residual network for images of 32 × 32 pixels (He et al. 2015): three stages, in each of which the convolutions but the first have equal shapes.</summary>
    private static string ResNet(int blocks)
    {
        StringBuilder text = new("[Network, Input(32, 32, 3)] [Conv2D(16, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = \"b0\")] ");
        int block = 0;
        for (int stage = 0; stage < 3; stage++)
        {
            int filters = 16 << stage;
            for (int i = 0; i < blocks; i++, block++)
            {
                string convolution = Invariant($"Conv2D({filters}, 3, Padding = Padding.Same");
                bool halves = stage > 0 && i == 0;
                string shortcut = Invariant($"b{block}");
                if (halves)
                {
                    text.Append(Invariant($"[Conv2D({filters}, 1, Stride = 2, Padding = Padding.Same), BatchNorm(Name = \"s{stage}\")] "));
                    shortcut = Invariant($"s{stage}");
                }

                text.Append(Invariant($"[{convolution}{(halves ? ", Stride = 2" : "")}, From = \"b{block}\"), BatchNorm, ReLU] "));
                text.Append(Invariant($"[{convolution}), BatchNorm, Add(\"{shortcut}\"), ReLU(Name = \"b{block + 1}\")] "));
            }
        }

        return text.Append("[GlobalAveragePool, Dense(10), Softmax]").ToString();
    }
}
