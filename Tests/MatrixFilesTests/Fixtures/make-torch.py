#!/usr/bin/env python3
"""Writes the PyTorch fixtures of this directory (torch 2.15).

Entry (i, j) of an m x n tensor is ((7 i + 3 j) % 11) - 4, as in make.py; more axes are those of a 2-axis tensor reshaped.
"""
import io
import os
import warnings
import zipfile

import torch

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def formula(rows, columns, dtype=torch.float32):
    i = torch.arange(rows).reshape(-1, 1)
    j = torch.arange(columns).reshape(1, -1)
    return ((7 * i + 3 * j) % 11 - 4).to(dtype)


def every_type():
    names = ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8"]
    return {name: formula(5, 3, getattr(torch, name)) for name in names} | {
        "uint8": formula(5, 3).add(4).to(torch.uint8),
        "bool": (formula(5, 3) > 0),
        "uint16": formula(5, 3).add(4).to(torch.uint16),
    }


def eight_bits():
    names = ["float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz"]
    return {name: formula(5, 3, getattr(torch, name)) for name in names}


def views():
    base = formula(6, 8)
    flat = torch.arange(24, dtype=torch.float32)
    return {
        "plain": base,
        "transposed": base.t(),
        "part": base[1:5:2, 2:7],
        "column": base[:, 3],
        "permuted": flat.reshape(2, 3, 4).permute(2, 0, 1),
        "expanded": base[:1].expand(4, 8),
        "windows": flat.unfold(0, 6, 3),
        "row": flat[:5].reshape(1, 5),
        "late": flat[10:22].reshape(3, 4),
        "empty": torch.empty(0, 7),
    }


class Tied(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.Linear(3, 5)
        self.inner = torch.nn.Sequential(torch.nn.Conv2d(2, 4, 3), torch.nn.BatchNorm2d(4))
        self.decoder = torch.nn.Linear(3, 5)
        self.decoder.weight = self.encoder.weight
        with torch.no_grad():
            self.encoder.weight.copy_(formula(5, 3))
            self.inner[0].weight.copy_(formula(4, 18).reshape(4, 2, 3, 3))

    def forward(self, x):
        return self.decoder(x) + self.encoder(x)


class Small(torch.nn.Module):
    """A module that is pickled whole, with its code."""

    def __init__(self, inner=None):
        super().__init__()
        self.weight = torch.nn.Parameter(formula(5, 3))
        self.register_buffer("mean", formula(3, 2))
        self.inner = inner
        self.again = inner


def training():
    torch.manual_seed(1)
    model = Tied()
    optimiser = torch.optim.Adam(model.parameters())
    model(formula(2, 3)).sum().backward()
    optimiser.step()
    with torch.no_grad():
        model.encoder.weight.copy_(formula(5, 3))
    return {
        "epoch": 3,
        "model": model.state_dict(),
        "optimizer": optimiser.state_dict(),
        "parameter": torch.nn.Parameter(formula(5, 3)),
        "list": [formula(2, 2), ("text", formula(3, 2))],
        "device": torch.device("cpu"),
        "dtype": torch.float16,
        "size": torch.Size([1, 2]),
    }


def odd():
    return {
        "plain": formula(5, 3),
        "complex": torch.complex(formula(2, 2), formula(2, 2)),
        "quantised": torch.quantize_per_tensor(formula(5, 3), 0.5, 3, torch.qint8),
        "sparse": formula(5, 3).to_sparse(),
        "meta": torch.empty(5, 3, device="meta"),
        "scalar": torch.tensor(7.5),
        "negative": torch.complex(formula(2, 2), formula(2, 2)).conj().imag,
    }


def repack(name, target, method, checksum=True):
    """The same archive, written by another program: compressed, or without checksums."""
    with zipfile.ZipFile(path(name)) as source, zipfile.ZipFile(path(target), "w", method) as out:
        for entry in source.infolist():
            out.writestr(zipfile.ZipInfo(entry.filename), source.read(entry), method)
    if not checksum:
        data = bytearray(open(path(target), "rb").read())
        position = data.index(b"PK\1\2")
        while data[position:position + 4] == b"PK\1\2":
            data[position + 16:position + 20] = bytes(4)
            lengths = [int.from_bytes(data[position + at:position + at + 2], "little") for at in (28, 30, 32)]
            position += 46 + sum(lengths)
        open(path(target), "wb").write(data)


def legacy(value, name):
    torch.save(value, path(name), _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.save(every_type(), path("torch-types.pt"))
    torch.save(eight_bits(), path("torch-eight-bits.pt"))
    torch.save(views(), path("torch-views.pt"))
    torch.save(training(), path("torch-training.pt"))
    torch.save(odd(), path("torch-odd.pt"))
    torch.save(formula(5, 3), path("torch-single.pt"))
    torch.save(formula(5, 3), path("torch-protocol4.pt"), pickle_protocol=4)
    repack("torch-single.pt", "torch-deflated.pt", zipfile.ZIP_DEFLATED)
    repack("torch-single.pt", "torch-no-crc.pt", zipfile.ZIP_STORED, checksum=False)
    script = torch.jit.script(Tied().eval())
    script.save(path("torch-script.pt"))
    torch.jit.freeze(torch.jit.script(torch.nn.Sequential(torch.nn.Linear(3, 5, bias=False)).eval())).save(
        path("torch-frozen.pt"))
    legacy({k: v for k, v in every_type().items() if k != "uint16"}, "torch-legacy-types.pt")
    legacy(views(), "torch-legacy-views.pt")
    legacy(Small(Small()).half(), "torch-legacy-module.pt")
    legacy(formula(5, 3), "torch-legacy-single.pt")
