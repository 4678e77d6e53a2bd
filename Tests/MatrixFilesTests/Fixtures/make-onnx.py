#!/usr/bin/env python3
"""Writes the .onnx fixtures of this directory with the onnx package (1.23).

Entry (i, j) of every matrix is ((7 i + 3 j) % 11) - 4, without the - 4 for unsigned types, as in make.py.
"""
import os

import numpy as np
import onnx
from onnx import TensorProto as T, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))


def values(shape=(5, 3), unsigned=False):
    i, j = np.indices((shape[0], int(np.prod(shape[1:]))))
    return ((7 * i + 3 * j) % 11 - (0 if unsigned else 4)).reshape(shape)


def save(name, initializers, nodes=(), functions=()):
    nodes = list(nodes) or [helper.make_node("Identity", ["x"], ["y"])]
    graph = helper.make_graph(
        nodes, "weights", [helper.make_tensor_value_info("x", T.FLOAT, [1])],
        [helper.make_tensor_value_info("y", T.FLOAT, None)], initializers)
    model = helper.make_model(graph, producer_name="make-onnx", producer_version="1", functions=list(functions))
    model.ir_version = 10
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(model.SerializeToString(deterministic=True))


def typed(name, code, unsigned=False):
    """A tensor whose numbers stand in a typed field."""
    return helper.make_tensor(name, code, [5, 3], values(unsigned=unsigned).reshape(-1).tolist())


def raw(name, dtype, shape=(5, 3), unsigned=False):
    return numpy_helper.from_array(values(shape, unsigned).astype(dtype), name)


TYPES = [
    ("f32", T.FLOAT, False), ("f64", T.DOUBLE, False), ("f16", T.FLOAT16, False), ("bf16", T.BFLOAT16, False),
    ("i8", T.INT8, False), ("i16", T.INT16, False), ("i32", T.INT32, False), ("i64", T.INT64, False),
    ("u8", T.UINT8, True), ("u16", T.UINT16, True), ("u32", T.UINT32, True), ("u64", T.UINT64, True),
]


def main():
    save("typed.onnx", [typed("typed." + name, code, unsigned) for name, code, unsigned in TYPES])
    raws = [raw("raw." + n, helper.tensor_dtype_to_np_dtype(c), unsigned=u) for n, c, u in TYPES if n != "bf16"]
    half = values().astype(np.float32).view(np.uint32) >> 16
    raws.append(helper.make_tensor("raw.bf16", T.BFLOAT16, [5, 3], half.astype("<u2").tobytes(), raw=True))
    raws.append(raw("conv", np.float32, (3, 2, 2, 2)))
    raws.append(numpy_helper.from_array(np.float32(7), "scalar"))
    save("raw.onnx", raws)
    small = [("f8_e4m3", T.FLOAT8E4M3FN), ("f8_e4m3fnuz", T.FLOAT8E4M3FNUZ), ("f8_e5m2", T.FLOAT8E5M2),
             ("f8_e5m2fnuz", T.FLOAT8E5M2FNUZ)]
    save("narrow.onnx", [typed(name, code) for name, code in small] + [
        helper.make_tensor("int4", T.INT4, [5, 3], (values() % 8).reshape(-1).tolist()),
        helper.make_tensor("uint4", T.UINT4, [5, 3], values(unsigned=True).reshape(-1).tolist()),
        helper.make_tensor("text", T.STRING, [2], ["a", "b"]),
        raw("plain", np.float32)])

    # Constants: at the top, in both branches of an If, within a Loop's body, in a function.
    def constant(output, dtype=np.float32):
        return helper.make_node("Constant", [], [output], value=raw("ignored", dtype))

    def branch(name, output, extra=()):
        return helper.make_graph([constant(output), *extra], name, [], [helper.make_tensor_value_info(output, T.FLOAT, None)])

    body = branch("body", "loop.weight")
    inner = helper.make_node("Loop", ["x"], ["z"], body=body)
    choose = helper.make_node(
        "If", ["x"], ["y"], then_branch=branch("then", "then.weight", [inner]), else_branch=branch("else", "else.weight"))
    function = helper.make_function(
        "own", "Twice", ["a"], ["function.weight"], [constant("function.weight", np.float64)],
        [helper.make_opsetid("", 20)])
    save("constants.onnx", [], [constant("top.weight"), choose], [function])

    # Data beside the model: two tensors in one file, the second at an offset.
    first, second = values().astype("<f4"), (values() * 2).astype("<f4")
    with open(os.path.join(HERE, "external.onnx.data"), "wb") as file:
        file.write(first.tobytes().ljust(64, b"\0") + second.tobytes())
    tensors = []
    for name, offset in [("first", None), ("second", 64)]:
        tensor = T(name=name, data_type=T.FLOAT, dims=[5, 3], data_location=T.EXTERNAL)
        entries = {"location": "external.onnx.data", "length": "60"}
        if offset is not None:
            entries["offset"] = str(offset)
        for key, value in entries.items():
            tensor.external_data.add(key=key, value=value)
        tensors.append(tensor)
    save("external.onnx", tensors)


main()
