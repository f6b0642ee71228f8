#!/usr/bin/env python3
"""Writes NETWORK_bBATCH.onnx for networks and batch sizes, with the weights that the benchmark wrote.

Usage: gen_onnx.py FOLDER BATCHES NETWORK...      for example gen_onnx.py models 1,32,256 tiny lenet"""
import os
import sys

import onnx
from onnx import TensorProto, helper, numpy_helper

import networks


def build(folder, network, batch):
    tensors, nodes = networks.weights(folder, network), []
    value = "x"
    for index, (kind, name, numbers) in enumerate(networks.layers(network)):
        if kind == "dropout":
            continue
        inputs, result = [value], f"value{index}"
        if name:
            inputs += [name + ".weight", name + ".bias"]
        if kind == "dense":
            node = helper.make_node("Gemm", inputs, [result], transB=1)
        elif kind == "conv":
            node = helper.make_node("Conv", inputs, [result], kernel_shape=[numbers[1]] * 2, pads=[numbers[2]] * 4)
        elif kind == "pool":
            node = helper.make_node("MaxPool", inputs, [result], kernel_shape=numbers * 2, strides=numbers * 2)
        elif kind == "relu":
            node = helper.make_node("Relu", inputs, [result])
        elif kind == "flatten":
            node = helper.make_node("Flatten", inputs, [result], axis=1)
        else:
            node = helper.make_node("Softmax", inputs, [result], axis=1)
        nodes.append(node)
        value = result
    nodes[-1].output[0] = "y"
    outputs = next(numbers[0] for kind, _, numbers in reversed(networks.layers(network)) if kind == "dense")
    initial = [numpy_helper.from_array(tensor, name) for name, tensor in tensors.items()]
    save(folder, f"{network}_b{batch}", nodes, [batch, *networks.NETWORKS[network][0]], [batch, outputs], initial)


def save(folder, name, nodes, input_shape, output_shape, initial=()):
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, output_shape)],
        list(initial))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(folder, name + ".onnx"))


folder, batches = sys.argv[1], [int(b) for b in sys.argv[2].split(",")]
for network in sys.argv[3:]:
    for batch in batches:
        build(folder, network, batch)
