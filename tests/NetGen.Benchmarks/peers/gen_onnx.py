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
    value, labels = "x", {}
    for index, layer in enumerate(networks.layers(network)):
        kind, name, numbers = layer[:3]
        if kind in ("dropout", "alphadropout"):
            continue
        inputs, result = [labels.get(layer.source, value)], f"value{index}"
        if kind == "norm":
            inputs += [f"{name}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
        elif kind == "add":
            inputs.append(labels[layer.added])
        elif kind == "concat":
            inputs += [labels[name] for name in layer.joined]
        elif name:
            inputs += [name + ".weight", name + ".bias"]
        if kind == "dense":
            node = helper.make_node("Gemm", inputs, [result], transB=1)
        elif kind in ("conv", "depthwise"):
            directions = len(networks.NETWORKS[network][0]) - 1
            node = helper.make_node("Conv", inputs, [result], kernel_shape=[numbers[1]] * directions, strides=[layer.stride] * directions,
                                    pads=[layer.pads[0]] * directions + [layer.pads[1]] * directions, group=numbers[0] if kind == "depthwise" else 1)
        elif kind == "norm":
            node = helper.make_node("BatchNormalization", inputs, [result], epsilon=1e-5)
        elif kind == "add":
            node = helper.make_node("Add", inputs, [result])
        elif kind == "average":
            node = helper.make_node("AveragePool", inputs, [result], kernel_shape=numbers * 2, strides=numbers * 2)
        elif kind == "pool":
            size, stride, padding = layer.pool
            node = helper.make_node("MaxPool", inputs, [result], kernel_shape=[size] * 2, strides=[stride] * 2, pads=[padding] * 4)
        elif kind == "concat":
            node = helper.make_node("Concat", inputs, [result], axis=1)
        elif kind == "global":
            nodes.append(helper.make_node("GlobalAveragePool", inputs, [result + "image"]))
            node = helper.make_node("Flatten", [result + "image"], [result], axis=1)
        elif kind in ("relu", "selu", "tanh", "sigmoid"):
            node = helper.make_node({"relu": "Relu", "selu": "Selu", "tanh": "Tanh", "sigmoid": "Sigmoid"}[kind], inputs, [result])
        elif kind == "flatten":
            node = helper.make_node("Flatten", inputs, [result], axis=1)
        else:
            node = helper.make_node("Softmax", inputs, [result], axis=1)
        nodes.append(node)
        value = result
        if layer.label:
            labels[layer.label] = value
    nodes[-1].output[0] = "y"
    outputs = next(layer.numbers[0] for layer in reversed(networks.layers(network)) if layer.kind == "dense")
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
