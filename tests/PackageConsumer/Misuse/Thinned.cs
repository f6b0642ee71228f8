namespace Misuse;

/// <summary>Outputs with dropout, on purpose: .editorconfig turns the rule off for this file.</summary>
internal static class Thinned
{
    public static float[] Draw(ThinnedNet net, float[] sample)
    {
        var pass = net.BeginTraining(1);
        pass.Forward(sample, new float[3]);
        return pass.Outputs.ToArray();
    }
}
