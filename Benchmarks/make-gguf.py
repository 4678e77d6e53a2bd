#!/usr/bin/env python3
"""Makes a GGUF file of a safetensors file's tensors, for comparisons: make-gguf.py MODEL.safetensors TYPE OUT.gguf

TYPE is what gguf's Python package quantises to: F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, MXFP4.  Tensors with one
axis, or with rows that are no multiple of the block, stay F32; integers stay as they are.
Needs: pip install gguf safetensors numpy
"""
import sys

import gguf
import numpy as np
from safetensors import safe_open


def main():
    source, type_name, target = sys.argv[1:]
    kind = gguf.GGMLQuantizationType[type_name]
    block = gguf.GGML_QUANT_SIZES[kind][0]
    writer = gguf.GGUFWriter(target, "bert")
    with safe_open(source, framework="numpy") as model:
        for name in model.keys():
            array = model.get_tensor(name)
            if array.dtype.kind != "f":
                writer.add_tensor(name, array)
                continue
            array = array.astype(np.float32)
            if array.ndim < 2 or array.shape[-1] % block:
                writer.add_tensor(name, array)
            else:
                writer.add_tensor(name, gguf.quants.quantize(array, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main()
