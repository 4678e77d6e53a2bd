"""Compares every tensor of every checkpoint in a directory with what the format's own reader says of it.

Usage: compare-checkpoints.py DUMP-TENSORS DIRECTORY SCRATCH

Names, shapes and element types must be equal, and all values, bit by bit. A tensor that is listed but not read – no number,
no matrix, not finite – is counted and its reason printed once. Beside the files found, GGUF files of a dozen block types are
made: of the first safetensors file's matrices by gguf's own quantiser, and of random blocks where it only decodes.

Prints tables in Markdown, "N of N equal" as the last line. Exit code 1 if anything differs.
"""
import collections
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import reference_readers as reference

# Of a block: its bytes and where its f16 scales lie. The quantiser has no such blocks, so random ones are decoded.
SCALES = {"Q2_K": (84, [80, 82]), "Q3_K": (110, [108]), "Q4_K": (144, [0, 2]), "Q5_K": (176, [0, 2]), "Q6_K": (210, [208]),
          "IQ4_NL": (18, [0]), "IQ4_XS": (136, [0])}
QUANTISED = ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "MXFP4"]


class Refused(Exception):
    """The program reads nothing of a file."""


@contextlib.contextmanager
def dump(program, path):
    """What `lowrank` reads: the index and a function from a tensor's entry to its values."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as directory:
        child = subprocess.run([program, path, directory], capture_output=True, text=True)
        if child.returncode != 0:
            raise Refused(child.stderr.strip())
        with open(os.path.join(directory, "index.json")) as file:
            index = json.load(file)
        yield index, lambda entry: np.load(os.path.join(directory, entry["file"])).reshape(entry["shape"])


def bits(array):
    return array.view(np.uint32 if array.dtype == np.float32 else np.uint64)


def difference(entry, values, kind, shape, expected):
    """What differs between ours and the reference's, or nothing."""
    if entry["dtype"] != kind:
        return f"type {entry['dtype']}, not {kind}"
    if entry["shape"] != shape:
        return f"shape {entry['shape']}, not {shape}"
    expected = expected.reshape(shape)
    if values.dtype != expected.dtype:
        return f"precision {values.dtype}, not {expected.dtype}"
    unequal = np.flatnonzero(bits(np.ascontiguousarray(values)).ravel() != bits(np.ascontiguousarray(expected)).ravel())
    if len(unequal):
        at = np.unravel_index(unequal[0], shape)
        return f"{len(unequal)} values, the first at {at}: {values[at]!r}, not {expected[at]!r}"
    return None


def compare(program, path, reader):
    """(tensors, values compared, reasons of what is not read, differences) of one file."""
    try:
        with dump(program, path) as (index, values):
            return compare_tensors(index, values, reader(path))
    except Refused as refusal:
        # Right where none of its tensors holds numbers.
        tensors = list(reader(path))
        others = [f"{name}: {refusal}" for name, _, _, expected in tensors if expected is not None]
        return len(tensors), 0, [str(refusal)] * len(tensors), others


def compare_tensors(index, values, expectations):
    """``compare`` of what was read and what the reference says."""
    entries = {name: entry for entry in index["tensors"] for name in [entry.get("name"), *entry["aliases"]]}
    refused = {entry["name"]: entry["reason"] for entry in index["unreadable"]}
    tensors, compared, reasons, differences = 0, 0, [], []
    seen = set()
    for name, kind, shape, expected in expectations:
        tensors += 1
        seen.add(name)
        if name not in entries:
            if name in refused:
                reasons.append(refused[name])
            else:
                differences.append(f"{name}: not listed")
            continue
        entry = entries[name]
        if "file" not in entry:
            # Only what is no matrix of finite numbers may be refused.
            if expected is None or expected.ndim == 0 or expected.size == 0 or not np.isfinite(expected).all():
                reasons.append(entry["refused"])
                if entry["shape"] != shape or (expected is not None and entry["dtype"] != kind):
                    differences.append(f"{name}: {entry['dtype']} {entry['shape']}, not {kind} {shape}")
            else:
                differences.append(f"{name}: refused: {entry['refused']}")
            continue
        if expected is None:
            differences.append(f"{name}: read as {entry['dtype']}, though it is {kind}")
            continue
        found = difference(entry, values(entry), kind, shape, expected)
        if found:
            differences.append(f"{name}: {found}")
        compared += expected.size
    for name in list(entries) + list(refused):
        # Constants of a script's code are tensors of the archive, but of no state.
        if name not in seen and not (name or "").startswith("CONSTANTS."):
            differences.append(f"{name}: unknown to the reference")
    return tensors, compared, reasons, differences


def make_gguf(checkpoints):
    """GGUF files of every block type that gguf encodes or decodes."""
    import gguf

    found = [path for path in files(checkpoints, (".safetensors",)) if os.path.getsize(path) > 1 << 20]
    matrices = {}
    if found:
        for name, kind, shape, values in reference.read_safetensors(max(found, key=os.path.getsize)):
            if kind == "f32" and len(shape) == 2 and shape[1] % 32 == 0 and values.size < 1 << 21 and len(matrices) < 12:
                matrices[name] = values
    generator = np.random.default_rng(5)
    matrices = matrices or {"blocks.0.weight": generator.standard_normal((96, 256)).astype(np.float32)}
    for label in QUANTISED:
        kind = gguf.GGMLQuantizationType[label]
        path = os.path.join(SCRATCH, f"quantised-{label}.gguf")
        writer = gguf.GGUFWriter(path, "llama")
        for name, values in matrices.items():
            writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
        finish(writer)
        yield path
    for label, (size, scales) in SCALES.items():
        kind = gguf.GGMLQuantizationType[label]
        elements = gguf.GGML_QUANT_SIZES[kind][0]
        blocks = generator.integers(0, 256, (64, 1024 // elements, size), dtype=np.uint8)
        for offset in scales:
            halves = generator.normal(0, 0.01, blocks.shape[:2]).astype(np.float16)
            blocks[..., offset : offset + 2] = halves[..., None].view(np.uint8)
        path = os.path.join(SCRATCH, f"random-{label}.gguf")
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_tensor("blk.0.ffn_up.weight", blocks.reshape(64, -1), raw_dtype=kind)
        finish(writer)
        yield path


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def files(directory, endings):
    for folder, _, names in sorted(os.walk(directory)):
        for name in sorted(names):
            if name.endswith(endings):
                yield os.path.join(folder, name)


def agreement(program, checkpoints):
    """How many weights of one model `lowrank` reads alike from each pair of its containers; returns what is amiss.

    The names differ from container to container, so weights are told by their shape and bits. The safetensors file is of
    another training than the rest – by their own readers, too –: only the fixed Fourier basis is the same in all.
    """
    paths = [path for path in files(checkpoints, (".safetensors", ".onnx", ".jit")) if "silero" in path]
    held = {}
    for path in paths:
        with dump(program, path) as (index, values):
            held[path] = {
                (tuple(entry["shape"]), values(entry).astype(np.float32).tobytes())
                for entry in index["tensors"] if "file" in entry and entry["dtype"] == "f32" and len(entry["shape"]) > 1
            }
    bases = [path for path in paths if path.endswith((".safetensors", ".jit"))]
    if len(bases) < 2:
        return []
    titles = [f"of {os.path.basename(base)}'s {len(held[base])}" for base in bases]
    print("\n| container | matrices that it holds bit for bit: " + " | ".join(titles) + " |")
    print("|---" + "|---:" * len(bases) + "|")
    failures = []
    for path in paths:
        counts = [len(held[path] & held[base]) for base in bases]
        print(f"| {os.path.basename(path)} | " + " | ".join(map(str, counts)) + " |", flush=True)
        if not all(counts):
            failures.append(f"{path} shares no matrix with another container of its model")
    return failures


def main():
    program, checkpoints = os.path.abspath(sys.argv[1]), sys.argv[2]
    total, equal, failures = 0, 0, []
    print("| file | tensors | values | not read | differences |")
    print("|---|---:|---:|---:|---:|")
    found = list(files(checkpoints, tuple(reference.READERS)))
    for path in [*found, *make_gguf(checkpoints)]:
        label = os.path.relpath(path, checkpoints if path in found else SCRATCH)
        reader = reference.READERS[os.path.splitext(path)[1]]
        total += 1
        try:
            tensors, compared, reasons, differences = compare(program, path, reader)
        except Exception as error:  # A reader, ours or theirs, that refuses the whole file: the table says so.
            tensors, compared, reasons, differences = 0, 0, [], [f"{type(error).__name__}: {error}"]
        print(f"| {label} | {tensors} | {compared:,} | {len(reasons)} | {len(differences)} |", flush=True)
        kinds = collections.Counter(re.sub("“[^”]*”", "…", reason.replace(path, "the file")) for reason in reasons)
        for kind, count in kinds.most_common(4):
            print(f"|   {count} not read: {kind} | | | | |")
        failures += [f"{label}: {difference}" for difference in differences]
        equal += not differences
    failures += agreement(program, checkpoints)
    for failure in failures[:60]:
        print(f"\n{failure}")
    print(f"\n{equal} of {total} equal")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    SCRATCH = sys.argv[3]
    main()
