#!/usr/bin/env python3
"""PyTorch as a server over stdin and stdout: one JSON object a line asks, one answers.

Usage: torch_peer.py FOLDER THREADS      (FOLDER: weights and inputs that the benchmark wrote)

{"op": "variants", "mode": "infer" | "train" | "train-nodrop", "net": NAME}      -> {"variants": [...]}
{"op": "turn", "net", "mode", "batch", "variant", "blocks", "block_time", "warm_up_time"} -> {"seconds": median of the blocks}
{"op": "outputs", "net", "variant"}                                                -> {"outputs": [...]}
"""
import json
import os
import statistics
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = sys.argv[2]

import torch
import torch.nn.functional as F
from torch import nn

import networks

FOLDER, THREADS = sys.argv[1], int(sys.argv[2])
TRAINING_BATCHES = 8


class Branched(nn.Module):
    """Layers of which some read, add or join the output of an earlier one."""

    def __init__(self, layers, modules):
        super().__init__()
        self.modules_in_order = nn.ModuleList(modules)
        self.wiring = [(layer.source, layer.added, layer.joined, layer.label) for layer in layers]

    def forward(self, x):
        labels = {}
        for module, (source, added, joined, label) in zip(self.modules_in_order, self.wiring):
            if source:
                x = labels[source]
            x = x + labels[added] if added else torch.cat([x, *(labels[name] for name in joined)], 1) if joined else module(x)
            if label:
                labels[label] = x
        return x


def build(network, dropout, head):
    modules, kept, tensors = [], [], networks.weights(FOLDER, network)
    shape = networks.NETWORKS[network][0]
    channels = shape[0]
    for layer in networks.layers(network):
        kind, name, numbers = layer[:3]
        before = len(modules)
        if kind == "norm":
            module = (nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d)(channels)
            with torch.no_grad():
                for part in ("weight", "bias", "running_mean", "running_var"):
                    getattr(module, part).copy_(torch.from_numpy(tensors[f"{name}.{part}"].copy()))
            modules.append(module)
        elif name:
            weight = torch.from_numpy(tensors[name + ".weight"].copy())
            if kind != "dense":
                # A shortcut reads another layer than the one before: the weight knows how many channels that has.
                begin, end = layer.pads
                groups = numbers[0] if kind == "depthwise" else 1
                module = (nn.Conv1d if len(shape) == 2 else nn.Conv2d)(
                    groups * weight.shape[1], numbers[0], numbers[1], stride=layer.stride, padding=begin if begin == end else 0, groups=groups)
            else:
                module = nn.Linear(weight.shape[1], numbers[0])
            channels = numbers[0]
            with torch.no_grad():
                module.weight.copy_(weight)
                module.bias.copy_(torch.from_numpy(tensors[name + ".bias"].copy()))
            if kind != "dense" and begin != end:
                module = nn.Sequential(nn.ZeroPad2d((begin, end, begin, end)), module)
            modules.append(module)
        elif kind == "relu":
            modules.append(nn.ReLU())
        elif kind == "selu":
            modules.append(nn.SELU())
        elif kind == "tanh":
            modules.append(nn.Tanh())
        elif kind == "pool":
            modules.append(nn.MaxPool2d(*layer.pool))
        elif kind == "global":
            modules.append(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()))
        elif kind == "average":
            modules.append(nn.AvgPool2d(numbers[0]))
        elif kind in ("add", "concat"):
            modules.append(nn.Identity())
        elif kind == "flatten":
            modules.append(nn.Flatten())
        elif kind == "dropout" and dropout:
            modules.append(nn.Dropout(numbers[0]))
        elif kind == "alphadropout" and dropout:
            modules.append(nn.AlphaDropout(numbers[0]))
        elif kind == "softmax" and head:
            modules.append(nn.Softmax(1))
        elif kind == "sigmoid" and head:
            modules.append(nn.Sigmoid())
        if len(modules) > before:
            kept.append(layer)
    return Branched(kept, modules) if any(layer.label for layer in kept) else nn.Sequential(*modules)


def variants(network, mode):
    names = ["eager", "jit"] if mode == "infer" else ["eager"]
    if len(networks.NETWORKS[network][0]) == 3:
        names.append("channels_last")
    return names


def prediction(network, variant, x):
    """A function without arguments that predicts x."""
    model = build(network, dropout=True, head=True).eval()
    if variant == "jit":
        with torch.no_grad():
            model = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, x)))
    elif variant == "channels_last":
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)

    def predict():
        with torch.inference_mode():
            return model(x)

    return predict


def training(network, variant, batch, dropout):
    """A function without arguments that does one step on the next of eight batches."""
    model = build(network, dropout, head=False).train()
    classes = "softmax" in networks.NETWORKS[network][1]
    inputs = [torch.rand(batch, *networks.NETWORKS[network][0]) * 2 - 1 for _ in range(TRAINING_BATCHES)]
    if variant == "channels_last":
        model = model.to(memory_format=torch.channels_last)
        inputs = [x.to(memory_format=torch.channels_last) for x in inputs]
    binary = networks.NETWORKS[network][1].endswith("sigmoid")
    outputs = next(layer.numbers[0] for layer in reversed(networks.layers(network)) if layer.kind == "dense")
    targets = [torch.randint(0, outputs, (batch,)) if classes else torch.rand(batch, outputs) * (1 if binary else 2) - (0 if binary else 1)
               for _ in range(TRAINING_BATCHES)]
    loss_function = F.cross_entropy if classes else F.binary_cross_entropy_with_logits if binary else F.mse_loss
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)
    count = 0

    def step():
        nonlocal count
        x, y = inputs[count % TRAINING_BATCHES], targets[count % TRAINING_BATCHES]
        count += 1
        optimizer.zero_grad(set_to_none=True)
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()

    return step


def turn(work, blocks, block_time, warm_up_time):
    clock, warmed, start = time.perf_counter, 0, time.perf_counter()
    while warmed == 0 or clock() - start < warm_up_time:
        work()
        warmed += 1
    count = max(1, int(block_time * warmed / (clock() - start)) + 1)
    seconds = []
    for _ in range(blocks):
        start = clock()
        for _ in range(count):
            work()
        seconds.append((clock() - start) / count)
    return statistics.median(seconds)


class Server:
    """Keeps what the current case needs; a new case lets go of the old one."""

    def __init__(self):
        self.case, self.work = None, {}

    def answer(self, request):
        op, network = request["op"], request["net"]
        if op == "variants":
            return {"variants": variants(network, request["mode"])}
        if op == "outputs":
            x = torch.from_numpy(networks.inputs(FOLDER, network))
            return {"outputs": prediction(network, request["variant"], x)().flatten().tolist()}
        case = network, request["batch"]
        if case != self.case:
            self.case, self.work = case, {}
        key = request["mode"], request["variant"]
        if key not in self.work:
            self.work[key] = self.prepare(*case, *key)
        return {"seconds": turn(self.work[key], request["blocks"], request["block_time"], request["warm_up_time"])}

    @staticmethod
    def prepare(network, batch, mode, variant):
        if mode != "infer":
            return training(network, variant, batch, dropout=mode == "train")
        work = prediction(network, variant, torch.rand(batch, *networks.NETWORKS[network][0]) * 2 - 1)
        for _ in range(3):  # the JIT specialises in the first calls
            work()
        return work


def main():
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    server = Server()
    print(json.dumps({"name": "PyTorch " + torch.__version__.replace("a0", "")}), flush=True)
    for line in sys.stdin:
        try:
            answer = server.answer(json.loads(line))
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
