namespace NetGen.Tests.Fitting;

/// <summary>The program of <see cref="KillTests"/>: trains, with a checkpoint every few steps, and resumes where an earlier process was killed.</summary>
internal static class KilledTraining
{
    /// <summary>The argument that starts it.</summary>
    public const string Command = "train";

    /// <summary>Trains to the end, and saves the network.</summary>
    /// <param name="folder">Where checkpoints and result are saved; nothing is saved before the end if it is null.</param>
    /// <param name="threads">How many threads share a step.</param>
    public static ImageNet Run(string? folder, int threads)
    {
        var network = new ImageNet(3);
        network.Fit(FitData.Images(70, 1), new FitOptions
        {
            Epochs = 300,
            BatchSize = 16,
            Seed = 8,
            Threads = threads,
            Optimizer = new Adam(2e-3f),
            Validation = FitData.Images(20, 2),
            Callbacks = folder is null ? [] : [new Checkpoints(folder) { EverySteps = 2, Keep = 2 }, new EventList { OnStep = _ => Console.Out.WriteLine("step") }],
            ResumeFrom = folder is null ? null : Checkpoints.Latest(folder),
        });
        return network;
    }

    /// <summary>The file of the trained network.</summary>
    public static string ResultIn(string folder) => Path.Combine(folder, "result.safetensors");
}
