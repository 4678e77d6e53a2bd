"""Checkpoints as other readers see them: for each format, a generator of (name, element type as `lowrank` calls it, shape,
values in the working precision, or None where the reader itself has no values)."""
import numpy as np

NAMES = {
    "bool": "bool", "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64", "int8": "i8", "int16": "i16",
    "int32": "i32", "int64": "i64", "float16": "f16", "bfloat16": "bf16", "float32": "f32", "float64": "f64",
    "float8_e4m3fn": "f8_e4m3", "float8_e5m2": "f8_e5m2", "float8_e4m3fnuz": "f8_e4m3fnuz",
    "float8_e5m2fnuz": "f8_e5m2fnuz", "float8_e8m0fnu": "f8_e8m0",
}
# Tensors of silero's script that are plain attributes, which belong to no state and cannot be listed.
SCRIPT_ATTRIBUTES = ["_state", "_context"]
FLOATS = {"f16", "bf16", "f32", "f8_e4m3", "f8_e5m2", "f8_e4m3fnuz", "f8_e5m2fnuz", "f8_e8m0"}


def working(array, kind):
    """NumPy values as f32 for floats of at most 32 bits, as f64 otherwise."""
    return np.ascontiguousarray(array.astype(np.float32 if kind in FLOATS else np.float64))


def of_torch(tensor):
    """(type, shape, values) of a torch tensor."""
    import torch

    kind = NAMES.get(str(tensor.dtype).removeprefix("torch."))
    if kind is None:
        return str(tensor.dtype), list(tensor.shape), None
    tensor = tensor.detach().cpu()
    values = tensor.to(torch.float32) if kind in FLOATS else tensor.to(torch.float64)
    return kind, list(tensor.shape), np.ascontiguousarray(values.numpy())


def read_safetensors(path):
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        for name in file.keys():
            yield name, *of_torch(file.get_tensor(name))


def flattened(value, prefix=""):
    """The tensors of nested dictionaries, lists and modules, under dotted names."""
    import torch

    if isinstance(value, torch.Tensor):
        yield prefix, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from flattened(item, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from flattened(item, f"{prefix}.{index}" if prefix else str(index))


def read_torch(path):
    import torch

    try:
        value = torch.load(path, map_location="cpu", weights_only=True)
    except Exception:
        value = torch.jit.load(path, map_location="cpu")
    if isinstance(value, torch.jit.ScriptModule):
        attributes = {name: getattr(value, name) for name in SCRIPT_ATTRIBUTES if hasattr(value, name)}
        value = value.state_dict() | attributes
    for name, tensor in flattened(value):
        yield name, *of_torch(tensor)


def onnx_tensors(graph):
    """Initializers and constants of a graph and of the graphs within it."""
    import onnx

    yield from ((tensor.name, tensor) for tensor in graph.initializer)
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.TENSOR and node.op_type == "Constant":
                yield node.output[0], attribute.t
            elif attribute.type == onnx.AttributeProto.GRAPH:
                yield from onnx_tensors(attribute.g)
            elif attribute.type == onnx.AttributeProto.GRAPHS:
                for inner in attribute.graphs:
                    yield from onnx_tensors(inner)


def read_onnx(path):
    import onnx

    for name, tensor in onnx_tensors(onnx.load(path).graph):
        array = onnx.numpy_helper.to_array(tensor)
        kind = NAMES.get(array.dtype.name)
        yield name, kind or array.dtype.name, list(tensor.dims), working(array, kind) if kind else None


def read_npz(path):
    with np.load(path) as file:
        for name in file.files:
            array = file[name]
            kind = NAMES.get(array.dtype.name)
            yield name, kind or array.dtype.name, list(array.shape), working(array, kind) if kind else None


def read_gguf(path):
    import gguf

    for tensor in gguf.GGUFReader(path).tensors:
        kind = tensor.tensor_type.name.lower()
        shape = [int(length) for length in reversed(tensor.shape)]
        if kind in ("i8", "i16", "i32", "i64", "f64"):
            values = np.array(tensor.data, dtype=np.float64)
        else:
            values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        yield tensor.name, kind, shape, np.ascontiguousarray(values).reshape(shape)


READERS = {
    ".safetensors": read_safetensors, ".pth": read_torch, ".pt": read_torch, ".bin": read_torch, ".jit": read_torch,
    ".onnx": read_onnx, ".npz": read_npz, ".gguf": read_gguf,
}
