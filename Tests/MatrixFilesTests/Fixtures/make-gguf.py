#!/usr/bin/env python3
"""Writes blocks.gguf and blocks.npz with PyPI's gguf 0.19 and NumPy 2.4.

blocks.gguf holds one 2 x 64 (blocks of 32) or 1 x 512 (blocks of 256) tensor of each block type that is read, random
bytes with finite scales, and one that is listed only; blocks.npz holds what gguf's own dequantisation makes of them.
"""
import os

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

HERE = os.path.dirname(os.path.abspath(__file__))
# Where the 16-bit scales of a block lie.
HALVES = {
    Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0], Type.Q2_K: [80, 82],
    Type.Q3_K: [108], Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208], Type.IQ4_NL: [0], Type.IQ4_XS: [0],
    Type.MXFP4: [], Type.IQ2_XXS: [0],
}


def blocks(kind, random):
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    rows, across = (2, 2) if elements == 32 else (1, 2)
    data = random.integers(0, 256, (rows, across, size), dtype=np.uint8)
    for place in HALVES[kind]:
        scales = random.normal(0, 0.02, (rows, across)).astype("<f2")
        data[:, :, place:place + 2] = scales[:, :, None].view(np.uint8)
    if kind == Type.MXFP4:
        # Ordinary exponents, and the two whose scale is subnormal.
        data[:, :, 0] = [[120, 0], [1, 131]]
    return data.reshape(rows, across * size)


def main():
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(os.path.join(HERE, "blocks.gguf"), "test")
    writer.add_string("test.long", "x" * 500)
    writer.add_bool("test.flag", True)
    writer.add_float32("test.third", 0.25)
    writer.add_int64("test.low", -(2**40))
    writer.add_array("test.tokens", ["a", "bc", "", "def"])
    writer.add_array("test.scores", [0.5, 1.5])
    values = {}
    for kind in HALVES:
        data = blocks(kind, random)
        writer.add_tensor(kind.name.lower(), data, raw_dtype=kind)
        if kind != Type.IQ2_XXS:
            values[kind.name.lower()] = gguf.quants.dequantize(data, kind).astype("<f4")
    plain = np.arange(6, dtype="<f4").reshape(2, 3) - 2.5
    writer.add_tensor("plain", plain)
    writer.add_tensor("half", plain.astype("<f2"))
    writer.add_tensor("cube", np.arange(24, dtype="<i4").reshape(2, 3, 4))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    np.savez_compressed(os.path.join(HERE, "blocks.npz"), **values)


main()
