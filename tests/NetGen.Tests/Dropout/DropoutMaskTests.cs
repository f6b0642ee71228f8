using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>The generator of the masks by itself.</summary>
[Trait("Category", "Numeric")]
public sealed class DropoutMaskTests
{
    [Fact]
    public void EveryVectorWidthMakesTheSameMask()
    {
        const uint Threshold = 0x4CCCCCCD;
        const float Scale = 1.5f;
        for (int sample = 0; sample < 40; sample++)
        {
            ulong key = DropoutMask.Key(5, sample / 7, sample % 3, sample);
            int unit = sample * 37;
            Vector512<float> values = Vector512.CreateSequence(1f, 1f);
            Vector512<float> expected = DropoutMask.Apply(values, key, unit, Threshold, Scale);
            for (int i = 0; i < Vector512<float>.Count; i++)
            {
                Assert.True(expected[i] == 0 || expected[i] == values[i] * Scale);
                Assert.Equal(expected[i], DropoutMask.Apply(values.GetLower(), key, unit + i, Threshold, Scale)[0] == 0 ? 0 : values[i] * Scale);
                Assert.Equal(expected[i], DropoutMask.Apply(values.GetLower().GetLower(), key, unit + i, Threshold, Scale)[0] == 0 ? 0 : values[i] * Scale);
            }
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.8)]
    public void NeighbouringCoordinatesMakeUnrelatedMasks(double rate)
    {
        const int Units = 4096;
        bool[] mask = Kept(DropoutMask.Key(1, 1, 1, 1), rate);
        foreach (ulong key in new[]
        {
            DropoutMask.Key(0, 1, 1, 1), DropoutMask.Key(2, 1, 1, 1), DropoutMask.Key(1, 0, 1, 1), DropoutMask.Key(1, 2, 1, 1),
            DropoutMask.Key(1, 1, 0, 1), DropoutMask.Key(1, 1, 2, 1), DropoutMask.Key(1, 1, 1, 0), DropoutMask.Key(1, 1, 1, 2),
            DropoutMask.Key(1, 1, 2, 0), DropoutMask.Key(1, 2, 0, 1),
        })
        {
            int agree = mask.Zip(Kept(key, rate)).Count(pair => pair.First == pair.Second);
            double share = (rate * rate) + ((1 - rate) * (1 - rate));
            double bound = 5 * Math.Sqrt(Units * share * (1 - share));
            Assert.InRange(agree, (Units * share) - bound, (Units * share) + bound);
        }

        static bool[] Kept(ulong key, double rate)
        {
            bool[] kept = new bool[Units];
            for (int i = 0; i < Units; i += Vector128<float>.Count)
            {
                Vector128<float> values = DropoutMask.Apply(Vector128<float>.One, key, i, (uint)(rate * 4294967296), 1);
                for (int j = 0; j < Vector128<float>.Count; j++) kept[i + j] = values[j] != 0;
            }

            return kept;
        }
    }

    /// <summary>How many units of a sample are dropped is binomial: its variance over many keys shows hidden structure.</summary>
    [Fact]
    public void NumberOfDroppedUnitsVariesAsIndependentDecisionsDo()
    {
        const int Keys = 4000, Units = 64;
        const double Rate = 0.25;
        double sum = 0, squares = 0;
        for (int sample = 0; sample < Keys; sample++)
        {
            ulong key = DropoutMask.Key(3, 0, 1, sample);
            int dropped = 0;
            for (int i = 0; i < Units; i += 4)
                dropped += 4 - (int)Vector128.Sum(DropoutMask.Apply(Vector128<float>.One, key, i, (uint)(Rate * 4294967296), 1));
            double deviation = dropped - (Units * Rate);
            sum += deviation;
            squares += deviation * deviation;
        }

        const double Variance = Units * Rate * (1 - Rate);
        Assert.InRange(sum / Keys, -5 * Math.Sqrt(Variance / Keys), 5 * Math.Sqrt(Variance / Keys));
        Assert.InRange(squares / Keys / Variance, 1 - (5 * Math.Sqrt(2.0 / Keys)), 1 + (5 * Math.Sqrt(2.0 / Keys)));
    }
}
