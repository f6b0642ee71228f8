// The networks that the programs of the corpus use, and the helper that programs without a library for tensors have.
namespace Sample;

[Network, Input(16)]
[Dense(8), ReLU, Dropout(0.5)]
[Dense(4), Softmax]
public partial class DigitNet;

[Network, Input(12)]
[Dense(8), ReLU, Dropout(0.3)]
[Dense(2), Softmax]
public partial class SpamNet;

[Network, Input(6)]
[Dense(8), ReLU, Dropout(0.2)]
[Dense(1)]
public partial class PriceNet;

[Network, Input(16)]
[Dense(8), ReLU]
[Dense(4), Softmax]
public partial class PlainNet;

public static class Argmax
{
    public static int Of(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
