using NetGen.Benchmarks.Networks;
using NetGen.WarmUp;

// Without arguments: the table, from processes that this program starts from itself. With arguments it is such a process.
if (args is [var network, var mode, var started])
{
    Trial trial = new(mode == nameof(Mode.Training) ? Mode.Training : Mode.Prediction, long.Parse(started, System.Globalization.CultureInfo.InvariantCulture));
    Console.WriteLine((network switch
    {
        nameof(MlpSmall) => trial.Run<MlpSmall>(),
        nameof(KerasCnn) => trial.Run<KerasCnn>(),
        nameof(Autoencoder) => trial.Run<Autoencoder>(),
        _ => throw new ArgumentException($"There is no trial of the network '{network}'.", nameof(args)),
    }).ToText());
    return;
}

Console.Write(Table.Of(starts: 7, [("mlp-small", nameof(MlpSmall)), ("keras-cnn", nameof(KerasCnn)), ("autoencoder", nameof(Autoencoder))]));
