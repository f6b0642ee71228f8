"""The reference networks as the peers build them; NetGen's own declarations are in Networks/Networks.cs.

A network is its input shape (channels first) and its layers: conv FILTERS KERNEL PADDING, dense UNITS, relu, pool SIZE,
flatten, dropout RATE, softmax. Weights come from the safetensors files that the benchmark writes."""
import json
import os

import numpy as np

NETWORKS = {
    "tiny": ((8,), "dense 16, relu, dense 16, relu, dense 1"),
    "mlp-small": ((784,), "dense 128, relu, dropout 0.5, dense 64, relu, dropout 0.5, dense 10, softmax"),
    "mlp-1024": ((784,), "dropout 0.2, dense 1024, relu, dropout 0.5, dense 1024, relu, dropout 0.5, "
                         "dense 1024, relu, dropout 0.5, dense 10, softmax"),
    "lenet": ((1, 28, 28), "conv 6 5 2, relu, pool 2, conv 16 5 0, relu, pool 2, flatten, "
                           "dense 120, relu, dense 84, relu, dense 10, softmax"),
    "keras-cnn": ((1, 28, 28), "conv 32 3 0, relu, pool 2, conv 64 3 0, relu, pool 2, flatten, dropout 0.5, dense 10, softmax"),
    "vgg-small": ((3, 32, 32), "conv 32 3 1, relu, conv 32 3 1, relu, pool 2, dropout 0.25, "
                               "conv 64 3 1, relu, conv 64 3 1, relu, pool 2, dropout 0.25, "
                               "flatten, dense 512, relu, dropout 0.5, dense 10, softmax"),
}


def layers(network):
    """The layers as (kind, parameter name or None, numbers)."""
    counts, result = {}, []
    for text in NETWORKS[network][1].split(", "):
        kind, *numbers = text.split()
        name = None
        if kind in ("conv", "dense"):
            counts[kind] = counts.get(kind, 0) + 1
            name = f"{kind}{counts[kind]}"
        result.append((kind, name, [float(n) if "." in n else int(n) for n in numbers]))
    return result


def weights(folder, network):
    """The tensors of a network, by name."""
    with open(os.path.join(folder, network + ".safetensors"), "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
        for name, entry in header.items()
    }


def inputs(folder, network):
    """The samples by which outputs are compared, channels first."""
    shape = NETWORKS[network][0]
    values = np.fromfile(os.path.join(folder, network + ".inputs"), np.float32)
    if len(shape) == 1:
        return values.reshape(-1, *shape)
    channels, height, width = shape
    return np.ascontiguousarray(values.reshape(-1, height, width, channels).transpose(0, 3, 1, 2))
