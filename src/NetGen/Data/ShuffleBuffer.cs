using NetGen.Numerics;

using static System.FormattableString;

namespace NetGen;

/// <summary>A source that draws each sample from a buffer of the next ones of another source.</summary>
internal sealed class ShuffleBuffer : ISampleSource
{
    // "BUFF" in ASCII, in the upper half: other uses of the same seed have other streams.
    private const ulong Stream = 0x42554646UL << 32;

    private readonly ISampleSource _source;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int[] _labels;
    private readonly float[] _weights;
    private readonly CounterRandom _random;
    private int _epoch;
    private int _next;
    private int _read;
    private int _held;

    public ShuffleBuffer(ISampleSource source, int capacity, ulong seed)
    {
        capacity = Math.Min(capacity, source.Count);
        _source = source;
        _inputs = new float[checked(capacity * source.InputLength)];
        _targets = new float[checked(capacity * source.TargetLength)];
        _labels = new int[capacity];
        _weights = new float[capacity];
        _random = new CounterRandom(seed);
        _next = source.Count;
    }

    public int Count => _source.Count;

    public int InputLength => _source.InputLength;

    public int ClassCount => _source.ClassCount;

    public int TargetLength => _source.TargetLength;

    public bool IsSequential => true;

    public void Read(Sample sample)
    {
        SourceChecks.Index(sample.Index, Count);
        SourceChecks.Room(sample, InputLength, TargetLength);
        if (sample.Epoch == 0)
        {
            // The source begins anew, so an epoch that is half read cannot go on.
            _next = Count;
            _source.ReadAlone(sample);
            return;
        }
        if (sample.Index == 0)
            Begin(sample.Epoch);
        else if (sample.Index != _next || sample.Epoch != _epoch)
            throw OutOfOrder(sample);

        // Only when all is done is the next sample the one after this: after an exception of the source, the epoch has to begin anew.
        _next = Count;
        while (_held < _labels.Length && _read < Count)
            Fill(_held++, sample.InputType);
        int drawn = _random.NextInt32(_held);
        CopyTo(drawn, sample);
        if (_read < Count)
            Fill(drawn, sample.InputType);
        else
            Move(--_held, drawn);
        _next = sample.Index + 1;
    }

    private void Begin(int epoch)
    {
        _random.Restart(Stream | (uint)epoch);
        _epoch = epoch;
        _read = 0;
        _held = 0;
    }

    private void Fill(int place, InputType type)
    {
        _labels[place] = 0;
        _weights[place] = 1;
        _source.ReadAlone(new Sample(_read, _epoch, Input(place), Target(place), ref _labels[place], ref _weights[place]) { InputType = type });
        _read++;
    }

    private void CopyTo(int place, Sample sample)
    {
        Input(place).CopyTo(sample.Input);
        Target(place).CopyTo(sample.Target);
        sample.Label = _labels[place];
        sample.Weight = _weights[place];
    }

    private void Move(int from, int to)
    {
        Input(from).CopyTo(Input(to));
        Target(from).CopyTo(Target(to));
        _labels[to] = _labels[from];
        _weights[to] = _weights[from];
    }

    private Span<float> Input(int place) => _inputs.AsSpan(place * InputLength, InputLength);

    private Span<float> Target(int place) => _targets.AsSpan(place * TargetLength, TargetLength);

    private InvalidOperationException OutOfOrder(Sample sample)
    {
        string next = _next < Count ? Invariant($"sample {_next} of epoch {_epoch}, or sample 0 of any") : "sample 0";
        return new InvalidOperationException(Invariant(
            $"Sample {sample.Index} of epoch {sample.Epoch} was asked for, but a shuffle buffer is read in its order: the next is {next}."));
    }
}
