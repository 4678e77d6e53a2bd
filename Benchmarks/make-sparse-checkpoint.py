#!/usr/bin/env python3
"""Makes a checkpoint of 10 GB and 2,000 tensors in 8 safetensors files whose data are holes: they take no room on the
disk. With it the listing of a large model is measured:

    Benchmarks/make-sparse-checkpoint.py /tmp/sparse
    perf stat -r 20 lowrank info /tmp/sparse > /dev/null
"""

import json
import os
import struct
import sys

SHARDS, TENSORS, TOTAL = 8, 2000, 10_000_000_000


def shapes():
    """The names and shapes of 2,000 weights in bf16 that take 10 GB together."""
    parts = [
        ("self_attn.q_proj.weight", [2048, 2048]), ("self_attn.k_proj.weight", [512, 2048]),
        ("self_attn.v_proj.weight", [512, 2048]), ("self_attn.o_proj.weight", [2048, 2048]),
        ("mlp.gate_proj.weight", None), ("mlp.up_proj.weight", None), ("mlp.down_proj.weight", None),
        ("input_layernorm.weight", [2048]), ("post_attention_layernorm.weight", [2048]), ("self_attn.q_norm.weight", [128]),
    ]
    layers = TENSORS // len(parts)
    fixed = sum(2 * product(shape) for _, shape in parts if shape)
    width = (TOTAL // layers - fixed) // (3 * 2 * 2048)
    for layer in range(layers):
        for name, shape in parts:
            if shape is None:
                shape = [2048, width] if name.startswith("mlp.down") else [width, 2048]
            yield f"model.layers.{layer}.{name}", shape


def product(shape):
    total = 1
    for axis in shape:
        total *= axis
    return total


def main(directory):
    os.makedirs(directory, exist_ok=True)
    tensors, weight_map, written = list(shapes()), {}, 0
    for shard in range(SHARDS):
        file = f"model-{shard + 1:05}-of-{SHARDS:05}.safetensors"
        header, position = {"__metadata__": {"format": "pt"}}, 0
        for name, shape in tensors[shard * TENSORS // SHARDS:(shard + 1) * TENSORS // SHARDS]:
            size = 2 * product(shape)
            header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [position, position + size]}
            weight_map[name] = file
            position += size
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        with open(os.path.join(directory, file), "wb") as out:
            out.write(struct.pack("<Q", len(text)) + text)
            out.truncate(8 + len(text) + position)
        written += position
    with open(os.path.join(directory, "model.safetensors.index.json"), "w") as out:
        json.dump({"metadata": {"total_size": written}, "weight_map": weight_map}, out, indent=2, sort_keys=True)
    with open(os.path.join(directory, "config.json"), "w") as out:
        json.dump({"architectures": ["LlamaForCausalLM"], "model_type": "llama"}, out)
    print(f"{len(weight_map)} tensors, {written / 1e9:.2f} GB in {SHARDS} files in {directory}")


main(sys.argv[1])
