#!/usr/bin/env python3
"""Cuts real files to seeds of 4 KiB at most, one directory a reader, in the form that Disguise.swift undresses.

    Fuzzing/make-seeds.py OUTPUT FILE_OR_DIRECTORY...

Needs Python 3 alone. Where a reader puts what it is given into an archive or behind a header, the first byte of a seed
says so: 0 as it is, 1 dressed.
"""
import json
import os
import re
import struct
import sys
import zipfile
import zlib

LIMIT = 4096
SUFFIXES = {
    ".npy": "npy", ".npz": "npz", ".gz": "gzip", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".pgm": "pnm",
    ".ppm": "pnm", ".mtx": "mtx", ".csv": "csv", ".txt": "csv", ".gguf": "gguf", ".onnx": "onnx",
    ".safetensors": "safetensors", ".pt": "pytorch", ".pth": "pytorch", ".bin": "pytorch", ".jit": "pytorch",
}
CHOOSES = {"npz", "onnx", "safetensors", "pytorch", "pytorch-legacy"}
LEGACY = bytes.fromhex("80028a0a6cfc9c46f9206aa850192e")


def smaller(header):
    """The first tensors of a safetensors header, made so small that they fit into 256 bytes, and nothing else."""
    kept, at = {}, 0
    for name, tensor in header.items():
        if name == "__metadata__":
            kept[name] = {key: value for key, value in list(tensor.items())[:2]} if isinstance(tensor, dict) else tensor
            continue
        if not isinstance(tensor, dict) or len(kept) > 7:
            continue
        elements = 1
        for axis in tensor["shape"]:
            elements *= axis
        start, end = tensor["data_offsets"]
        width = (end - start) // elements if elements else 1
        shape = [1] * len(tensor["shape"])
        kept[name] = {"dtype": tensor["dtype"], "shape": shape, "data_offsets": [at, at + width]}
        at += width
    return json.dumps(kept).encode(), at


def seeds(path):
    """What `path` gives: reader and bytes."""
    with open(path, "rb") as file:
        start = file.read(1 << 20)
        if not start:
            return
        name = os.path.basename(path)
        reader = SUFFIXES.get(os.path.splitext(name)[1])
        if name.endswith(".index.json"):
            yield "shard-index", start[:LIMIT]
        if start.startswith(LEGACY):
            # The object follows the magic number, the version and the sizes of the system; then keys and storages.
            at = re.search(rb"\x80\x02}.*?\.\x80\x02", start, re.S)
            yield "pytorch-legacy", b"\0" + start[: LIMIT - 1]
            if at:
                yield "pytorch-legacy", b"\1" + start[at.end() - 2 :][: LIMIT - 1]
            return
        if reader == "pytorch" and not start.startswith(b"PK"):
            return
        if reader == "safetensors" and len(start) > 8:
            length = struct.unpack("<Q", start[:8])[0]
            if length <= len(start) - 8:
                try:
                    header, size = smaller(json.loads(start[8 : 8 + length]))
                except (ValueError, KeyError, TypeError):
                    header, size = b"", 0
                if 0 < len(header) < LIMIT - 400:
                    yield reader, b"\0" + struct.pack("<Q", len(header)) + header + bytes(size)
                    yield reader, b"\1" + header
        if start.startswith(b"PK") and reader in ("npz", "pytorch"):
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist()[:400]:
                    if member.filename.endswith((".npy", "data.pkl")):
                        kind = "npz" if member.filename.endswith(".npy") else "pytorch"
                        data = archive.open(member).read(1 << 20)
                        yield kind, b"\1" + data[: LIMIT - 1]
                        if kind == "npz" and len(data) < 60_000:
                            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
                            packed = packer.compress(data) + packer.flush()
                            yield kind, b"\3" + packed[: LIMIT - 1]
                            yield "npy", data[:LIMIT]
        if reader:
            whole = (b"\0" if reader in CHOOSES else b"") + start
            yield reader, whole[:LIMIT]
            if len(whole) < 16384:
                yield "any", start[:LIMIT]


def made():
    """A seed of each reader of names and numbers in JSON, whatever files there are."""
    types = [("F32", 4), ("BF16", 2), ("F8_E4M3", 1), ("I64", 8), ("BOOL", 1), ("C64", 8)]
    header, at = {"__metadata__": {"format": "pt"}}, 0
    for name, size in types:
        header[f"layer.{name}.weight"] = {"dtype": name, "shape": [2, 3], "data_offsets": [at, at + 6 * size]}
        at += 6 * size
    text = json.dumps(header).encode()
    yield "safetensors", b"\1" + text
    yield "safetensors", b"\0" + struct.pack("<Q", len(text)) + text + bytes(at)
    parts = {f"layer.{i}.weight": f"model-{i + 1:05}-of-00003.safetensors" for i in range(3)}
    yield "shard-index", json.dumps({"metadata": {"total_size": 24}, "weight_map": parts}).encode()


def main():
    output, sources = sys.argv[1], sys.argv[2:]
    count, paths = {}, []
    for source in sources:
        if os.path.isdir(source):
            for root, _, names in os.walk(source):
                paths += [os.path.join(root, name) for name in sorted(names)]
        else:
            paths.append(source)
    found = list(made())
    for path in paths:
        if not os.path.isfile(path):
            continue
        try:
            found += list(seeds(path))
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            continue
    for reader, data in found:
        number = count.get(reader, 0)
        if number >= 400:
            continue
        count[reader] = number + 1
        directory = os.path.join(output, reader)
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, f"{number:04}"), "wb") as file:
            file.write(data)
    print(" ".join(f"{reader} {number}" for reader, number in sorted(count.items())))


main()
