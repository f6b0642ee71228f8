namespace NetGen;

/// <summary>Samples of a data set gathered side by side, in buffers that are allocated once.</summary>
internal sealed class Batch
{
    private readonly Dataset _data;
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private readonly float[] _targets;

    /// <summary>Allocates room for batches of a data set.</summary>
    public Batch(Dataset data, int capacity)
    {
        _data = data;
        Capacity = capacity;
        _inputs = new float[checked(capacity * data.InputLength)];
        _labels = data.HasLabels ? new int[capacity] : [];
        _targets = new float[checked(capacity * data.TargetLength)];
    }

    /// <summary>Number of samples that there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Number of samples last gathered.</summary>
    public int Count { get; private set; }

    /// <summary>The inputs of the samples last gathered.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.AsSpan(0, Count * _data.InputLength);

    /// <summary>Their labels; empty for a data set with targets.</summary>
    public ReadOnlySpan<int> Labels => _data.HasLabels ? _labels.AsSpan(0, Count) : default;

    /// <summary>Their targets; empty for a data set with labels.</summary>
    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, Count * _data.TargetLength);

    /// <summary>The targets of one sample.</summary>
    public ReadOnlySpan<float> Target(int index) => _targets.AsSpan(index * _data.TargetLength, _data.TargetLength);

    /// <summary>The class of one sample: its label, or the class with the largest target.</summary>
    public int Class(int index) => _data.HasLabels ? _labels[index] : Classes.Largest(Target(index));

    /// <summary>Copies the samples with the given indices, at most as many as there is room for.</summary>
    public void Gather(ReadOnlySpan<int> indices)
    {
        Count = indices.Length;
        for (int i = 0; i < indices.Length; i++)
            Copy(indices[i], i);
    }

    /// <summary>Copies consecutive samples, at most as many as there is room for.</summary>
    public void Gather(int start, int count)
    {
        Count = count;
        for (int i = 0; i < count; i++)
            Copy(start + i, i);
    }

    private void Copy(int sample, int place)
    {
        _data.CopyInput(sample, _inputs.AsSpan(place * _data.InputLength, _data.InputLength));
        if (_data.HasLabels)
            _labels[place] = _data.Label(sample);
        else
            _data.Target(sample).CopyTo(_targets.AsSpan(place * _data.TargetLength));
    }
}
