using System.Globalization;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>A process that trains is killed again and again, and each time another resumes: the result is that of one that was never killed.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheWeightsAreThoseOfATrainingThatWasNeverKilled(int threads)
    {
        var random = new Random(threads);
        var places = new HashSet<string?>();
        for (int kill = 0; kill < Kills; kill++)
        {
            using TestProcess process = Start(threads);

            // After some steps, and anywhere within one or within a save.
            for (int line = random.Next(6); line >= 0; line--)
                Assert.NotNull(process.ReadLine());
            Thread.Sleep(TimeSpan.FromMicroseconds(random.Next(4000)));
            process.Kill();
            Assert.False(File.Exists(KilledTraining.ResultIn(_folder)), "The training was complete before it was killed often enough.");
            places.Add(Checkpoints.Latest(_folder));
        }

        using TestProcess last = Start(threads);
        last.ReadToEnd();
        Assert.Equal(0, last.ExitCode);
        Close.SameBits("parameters", KilledTraining.Run(null, threads).Parameters, ImageNet.Load(KilledTraining.ResultIn(_folder)).Parameters);

        // The training really went on from kill to kill.
        Assert.InRange(places.Count, Kills / 2, Kills);
    }

    private TestProcess Start(int threads) =>
        new([KilledTraining.Command, _folder, threads.ToString(CultureInfo.InvariantCulture)]);
}
