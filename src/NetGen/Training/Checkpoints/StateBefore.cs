namespace NetGen;

/// <summary>What network and optimizer had before a training resumed from a checkpoint, to put it back when the training cannot begin.</summary>
internal sealed class StateBefore
{
    private readonly float[] _parameters;
    private readonly Dictionary<string, float[]> _blocks = new(StringComparer.Ordinal);
    private readonly long _steps;
    private readonly float _learningRate;

    /// <summary>Copies it.</summary>
    public StateBefore(TrainingContext training)
    {
        Optimizer optimizer = training.Optimizer;
        _parameters = training.Network.Parameters.ToArray();
        _steps = optimizer.StepCount;
        _learningRate = optimizer.LearningRate;
        if (_steps == 0)
            return;
        foreach (string name in optimizer.StateNames)
            _blocks.Add(name, optimizer.State(name).ToArray());
    }

    /// <summary>Puts it back.</summary>
    public void PutBack(TrainingContext training)
    {
        using (ParameterEdit edit = training.Network.EditParameters())
            _parameters.CopyTo(edit.Values);
        training.Optimizer.Restore(training.Network, _steps, _learningRate, _blocks);
    }
}
