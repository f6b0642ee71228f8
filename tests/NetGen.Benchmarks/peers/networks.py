"""The reference networks as the peers build them; NetGen's own declarations are in Networks/Networks.cs.

A network is its input shape (channels first) and its layers: conv FILTERS KERNEL PADDING [STRIDE], in one dimension if the input is a sequence,
depthwise FILTERS KERNEL PADDING [STRIDE], whose filters are as many as the channels, dense UNITS, norm, relu, selu, tanh,
pool SIZE [STRIDE PADDING], average SIZE, add LABEL, concat LABEL..., global (the mean of each channel, flat), flatten, dropout RATE,
alphadropout RATE, sigmoid, softmax. "=LABEL" behind a layer names its output, "<LABEL" what it reads instead of the layer
before. Padding "same2" is that of NetGen for a stride of 2 on an even image, one row and column at the end. Weights come from the safetensors
files that the benchmark writes."""
import json
import os
from typing import NamedTuple, Optional

import numpy as np

NETWORKS = {
    "tiny": ((8,), "dense 16, relu, dense 16, relu, dense 1"),
    "mlp-small": ((784,), "dense 128, relu, dropout 0.5, dense 64, relu, dropout 0.5, dense 10, softmax"),
    "snn": ((784,), "dense 128, selu, alphadropout 0.1, dense 64, selu, alphadropout 0.1, dense 10, softmax"),
    "autoencoder": ((784,), "dense 128, tanh, dense 32, tanh, dense 128, tanh, dense 784, sigmoid"),
    "mlp-1024": ((784,), "dropout 0.2, dense 1024, relu, dropout 0.5, dense 1024, relu, dropout 0.5, "
                         "dense 1024, relu, dropout 0.5, dense 10, softmax"),
    "lenet": ((1, 28, 28), "conv 6 5 2, relu, pool 2, conv 16 5 0, relu, pool 2, flatten, "
                           "dense 120, relu, dense 84, relu, dense 10, softmax"),
    "keras-cnn": ((1, 28, 28), "conv 32 3 0, relu, pool 2, conv 64 3 0, relu, pool 2, flatten, dropout 0.5, dense 10, softmax"),
    "vgg-small": ((3, 32, 32), "conv 32 3 1, relu, conv 32 3 1, relu, pool 2, dropout 0.25, "
                               "conv 64 3 1, relu, conv 64 3 1, relu, pool 2, dropout 0.25, "
                               "flatten, dense 512, relu, dropout 0.5, dense 10, softmax"),
    "resnet-8": ((3, 32, 32), "conv 16 3 1, norm, relu =stem, conv 16 3 1, norm, relu, conv 16 3 1, norm, add stem, relu =stage1, "
                              "conv 32 3 same2 2, norm, relu, conv 32 3 1, norm =block2, conv 32 1 0 2 <stage1, add block2, relu =stage2, "
                              "conv 64 3 same2 2, norm, relu, conv 64 3 1, norm =block3, conv 64 1 0 2 <stage2, add block3, relu, "
                              "average 8, flatten, dense 10, softmax"),
    "inception-small": ((3, 32, 32), "conv 16 3 1, relu, pool 2 =stem, conv 16 1 0, relu =narrow1, conv 16 1 0 <stem, relu, conv 24 3 1, relu =middle1, "
                                     "conv 8 1 0 <stem, relu, conv 8 5 2, relu =wide1, pool 3 1 1 <stem, conv 8 1 0, relu, "
                                     "concat narrow1 middle1 wide1, pool 2 =joined1, conv 32 1 0, relu =narrow2, conv 32 1 0 <joined1, relu, "
                                     "conv 48 3 1, relu =middle2, conv 8 1 0 <joined1, relu, conv 16 5 2, relu =wide2, "
                                     "pool 3 1 1 <joined1, conv 16 1 0, relu, concat narrow2 middle2 wide2, global, dense 10, softmax"),
    "signal": ((2, 1024), "conv 64 7 3 2, norm, relu, conv 64 5 2 2, norm, relu, conv 64 5 2 2, norm, relu, "
                          "conv 64 3 1 2, norm, relu, conv 64 3 1 2, norm, relu, flatten, dense 128, relu, dropout 0.5, dense 11, softmax"),
    "mobile-small": ((3, 32, 32), "conv 32 3 1, norm, relu, depthwise 32 3 1, norm, relu, conv 64 1 0, norm, relu, "
                                  "depthwise 64 3 1 2, norm, relu, conv 128 1 0, norm, relu, depthwise 128 3 1, norm, relu, conv 128 1 0, norm, relu, "
                                  "depthwise 128 3 1 2, norm, relu, conv 256 1 0, norm, relu, depthwise 256 3 1, norm, relu, conv 256 1 0, norm, relu, "
                                  "average 8, flatten, dense 10, softmax"),
}


class Layer(NamedTuple):
    kind: str
    name: Optional[str]  # of its parameters
    numbers: list
    label: Optional[str]
    source: Optional[str]
    added: Optional[str]
    joined: list  # the layers whose channels come behind

    @property
    def pool(self):
        """Size, stride and padding of a maximum."""
        return self.numbers if len(self.numbers) > 1 else [self.numbers[0], self.numbers[0], 0]

    @property
    def stride(self):
        return self.numbers[3] if len(self.numbers) > 3 else 1

    @property
    def pads(self):
        """Rows before and after the image."""
        return (0, 1) if self.numbers[2] == "same2" else (self.numbers[2],) * 2


def layers(network):
    """The layers in order."""
    counts, result = {}, []
    for text in NETWORKS[network][1].split(", "):
        kind, *words = text.split()
        label, source = (next((word[1:] for word in words if word[0] == mark), None) for mark in "=<")
        words = [word for word in words if word[0] not in "=<"]
        name = None
        if kind in ("conv", "depthwise", "dense", "norm"):
            counts[kind] = counts.get(kind, 0) + 1
            name = label if kind == "norm" and label else f"{'batchnorm' if kind == 'norm' else kind}{counts[kind]}"
        added = words.pop() if kind == "add" else None
        joined, words = (words, []) if kind == "concat" else ([], words)
        result.append(Layer(kind, name, [n if n == "same2" else float(n) if "." in n else int(n) for n in words], label, source, added, joined))
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
    return np.ascontiguousarray(np.moveaxis(values.reshape(-1, *shape[1:], shape[0]), -1, 1))
