using NetGen;

namespace Sample;

/// <summary>Uses the network in another file.</summary>
public static class Reader
{
    /// <summary>The probability of a digit.</summary>
    public static float Read(DigitNet net, float[] image, int digit)
    {
        ArgumentNullException.ThrowIfNull(net);
        float[] outputs = new float[DigitNet.OutputLength];
        net.Predict(image, outputs);
        return outputs[digit];
    }

    /// <summary>One step of a training.</summary>
    public static float Learn(DigitNet net, float[] image, int digit, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(optimizer);
        DigitNet.TrainingPass pass = net.BeginTraining(1);
        float loss = pass.Forward(image, [digit]);
        pass.Backward();
        optimizer.Step(pass);
        return loss;
    }
}
