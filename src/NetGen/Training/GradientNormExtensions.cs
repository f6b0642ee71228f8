using static System.FormattableString;

namespace NetGen;

/// <summary>The norms of gradients by layers: they show where gradients vanish or explode.</summary>
public static class GradientNormExtensions
{
    /// <summary>
    /// The Euclidean norm of each trained layer's gradients, as <c>Backward</c> left them in <see cref="ITrainingPass.Gradients"/>. The squares are summed in
    /// double precision, in an order that depends on neither threads nor vectors.
    /// </summary>
    /// <param name="pass">The training pass.</param>
    /// <returns>A norm for each of <see cref="ParameterTable.TrainedLayers"/>, in that order; all 0 before the first <c>Backward</c>.</returns>
    /// <exception cref="InvalidOperationException">The gradients no longer exist (<see cref="ITrainingPass.Gradients"/>).</exception>
    public static LayerGradientNorm[] GradientNorms(this ITrainingPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var norms = new LayerGradientNorm[pass.Network.ParameterTable.TrainedLayers.Length];
        pass.GradientNorms(norms);
        return norms;
    }

    /// <summary>As <see cref="GradientNorms(ITrainingPass)"/>, without allocating.</summary>
    /// <param name="pass">The training pass.</param>
    /// <param name="destination">Receives a norm for each of <see cref="ParameterTable.TrainedLayers"/>, in that order.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has not one place for each layer.</exception>
    /// <exception cref="InvalidOperationException">The gradients no longer exist (<see cref="ITrainingPass.Gradients"/>).</exception>
    public static void GradientNorms(this ITrainingPass pass, Span<LayerGradientNorm> destination)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ParameterTable table = pass.Network.ParameterTable;
        if (destination.Length != table.TrainedLayers.Length)
        {
            throw new ArgumentException(
                Invariant($"{table.Network} has {table.TrainedLayers.Length} trained layers, but the destination has {destination.Length} places."), nameof(destination));
        }

        for (int i = 0; i < destination.Length; i++)
            destination[i] = new LayerGradientNorm(table.TrainedLayers[i], 0);
        ReadOnlySpan<float> gradients = pass.Gradients;
        for (int i = 0; i < table.Parameters.Length; i++)
        {
            ParameterInfo parameter = table.Parameters[i];
            if (parameter.Role != ParameterRole.Trained)
                continue;
            ref LayerGradientNorm squares = ref destination[table.TrainedLayerOf(i)];
            squares = squares with { Norm = squares.Norm + SquareSum.Of(gradients.Slice(parameter.Offset, parameter.Length), float.PositiveInfinity) };
        }

        foreach (ref LayerGradientNorm norm in destination)
            norm = norm with { Norm = Math.Sqrt(norm.Norm) };
    }
}
