#!/usr/bin/env python3
"""Writes the fixtures of this directory with NumPy and Pillow (numpy 2.4, pillow 12).

Every array holds the same formula, which the tests know: entry (i, j) of an m x n array is
((7 i + 3 j) % 11) - 4 for signed and floating types, without the - 4 for unsigned ones, and (i + j) % 3 == 0
for booleans.  Pictures hold (37 row + 11 column + 5 channel) % levels.
"""
import io
import os
import struct
import zipfile

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, COLUMNS = 5, 3


def path(name):
    return os.path.join(HERE, name)


def values(dtype, shape=(ROWS, COLUMNS)):
    dtype = np.dtype(dtype)
    rest = int(np.prod(shape[1:])) if len(shape) > 1 else 1
    i, j = np.indices((shape[0], rest))
    if dtype.kind == "b":
        table = (i + j) % 3 == 0
    else:
        table = (7 * i + 3 * j) % 11 - (0 if dtype.kind == "u" else 4)
    return table.reshape(shape).astype(dtype)


def npy(name, array, version=(1, 0)):
    with open(path(name), "wb") as file:
        np.lib.format.write_array(file, array, version=version, allow_pickle=True)


def arrays():
    for code in ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
        for order in ["C", "F"]:
            for byte, end in [("<", "le"), (">", "be")]:
                if end == "be" and code in ("b1", "i1", "u1"):
                    continue
                npy(f"{code}-{order}-{end}.npy", np.array(values(byte + code), order=order))
    for version in (2, 3):
        npy(f"version{version}.npy", values("<f8"), version=(version, 0))
    npy("axes1.npy", values("<f4", (6,)))
    npy("axes3-C.npy", values("<f8", (3, 2, 4)))
    npy("axes3-F.npy", np.asfortranarray(values("<f8", (3, 2, 4))))
    npy("axes0.npy", np.array(3.5))
    npy("empty.npy", np.zeros((0, 4)))
    npy("halves.npy", np.arange(65536, dtype=np.uint16)[:0x7C00].view(np.float16).reshape(256, 124)[::8])
    npy("wide-i8.npy", np.array([[2**53 + 1, 1], [-(2**62) - 1, 2**53]], dtype=np.int64))
    table = values("<f8")
    table[1, 2], table[3, 0] = np.nan, np.inf
    npy("nan-C.npy", table)
    npy("nan-F.npy", np.asfortranarray(table))
    # Refused, each with a sentence of its own.
    npy("complex.npy", values("<f8").astype("<c16"))
    npy("object.npy", np.array([[1, "a"]], dtype=object))
    npy("structured.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i2")]))
    npy("string.npy", np.array([["a", "bc"]]))
    npy("date.npy", np.array(["2020-01-01"], dtype="M8[D]"))
    npy("longdouble.npy", np.zeros((2, 2), dtype=np.longdouble))
    # What Python 2 wrote, with other quotes, order and blanks.
    header = b"{\"shape\": (5L, 3L),'fortran_order' :False, 'descr': \"<f8\"}"
    header += b" " * (64 - (10 + len(header) + 1) % 64) + b"\n"
    with open(path("python2.npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + values("<f8").tobytes())


def archives():
    a, b = values("<f8"), values("<f4")
    np.savez(path("stored.npz"), weights=a, bias=b)
    np.savez_compressed(path("deflated.npz"), weights=np.tile(a, (8, 8)), bias=b)
    np.savez(path("single.npz"), only=np.asfortranarray(a), count=np.array(3), label=np.array(["x"]))
    # ZIP64 in the directory and in the end records, as archives of more than 4 GiB have them.
    raw = io.BytesIO()
    np.save(raw, a)
    limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 10
    with zipfile.ZipFile(path("zip64.npz"), "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr("a.npy", raw.getvalue())
        archive.writestr("b.npy", raw.getvalue())
    zipfile.ZIP64_LIMIT = limit
    with zipfile.ZipFile(path("office.zip"), "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")


def pixels(rows, columns, channels, levels):
    r, c, k = np.indices((rows, columns, channels))
    return (37 * r + 11 * c + 5 * k) % levels


def pictures():
    rows, columns = 7, 9

    def grey(levels):
        return pixels(rows, columns, 1, levels)[:, :, 0]

    def png(name, array, colour, depth, extra=b"", interlaced=False):
        write_png(path(name), array, colour, depth, extra)

    for depth in (1, 2, 4, 8, 16):
        png(f"grey{depth}.png", grey(2**depth), 0, depth)
    rgb = pixels(rows, columns, 3, 256).astype(np.uint8)
    Image.fromarray(rgb).save(path("rgb8.png"))
    Image.fromarray(pixels(rows, columns, 4, 256).astype(np.uint8)).save(path("rgba8.png"))
    Image.fromarray(pixels(rows, columns, 2, 256).astype(np.uint8), "LA").save(path("greyalpha8.png"))
    palette = Image.fromarray(grey(8).astype(np.uint8), "P")
    palette.putpalette([(31 * i) % 256 for i in range(24)])
    palette.save(path("palette.png"), bits=4)
    Image.fromarray(grey(256).astype(np.uint8)).save(path("pillow-grey8.png"))
    Image.fromarray(grey(65536).astype(np.uint16)).save(path("pillow-grey16.png"))
    png("rgb16.png", pixels(rows, columns, 3, 65536), 2, 16)
    png("rgba16.png", pixels(rows, columns, 4, 65536), 6, 16)
    # A gamma of 1 must not change the numbers.
    png("gamma.png", grey(256), 0, 8, chunk(b"gAMA", struct.pack(">I", 100000)))
    png("gamma16.png", grey(65536), 0, 16, chunk(b"gAMA", struct.pack(">I", 45455)))
    png("transparent.png", grey(256), 0, 8, chunk(b"tRNS", struct.pack(">H", 37)))
    write_png(path("interlaced.png"), grey(256), 0, 8, interlaced=True)
    write_png(path("interlaced-rgb.png"), rgb, 2, 8, interlaced=True)
    # A header of 30000 x 30000 pixels, and next to no data.
    write_png(path("bomb.png"), grey(256), 0, 8, size=(30000, 30000))
    write_png(path("hollow.png"), grey(256), 0, 8, size=(8000, 8000))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zip_crc(kind + data))


def zip_crc(data):
    import zlib

    return zlib.crc32(data)


def scan_lines(array, depth):
    out = b""
    for row in array:
        if depth == 16:
            line = row.astype(">u2").tobytes()
        else:
            bits = ((row.reshape(-1, 1).astype(np.uint8) >> np.arange(depth - 1, -1, -1)) & 1).reshape(-1)
            line = np.packbits(bits.astype(np.uint8)).tobytes()
        out += b"\0" + line
    return out


def write_png(name, array, colour, depth, extra=b"", interlaced=False, size=None):
    import zlib

    height, width = size or array.shape[:2]
    if interlaced:
        passes = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)]
        data = b"".join(
            scan_lines(part, depth)
            for r, rs, c, cs in passes
            for part in [array[r::rs, c::cs]]
            if part.size
        )
    else:
        data = scan_lines(array, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra)
        file.write(chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def texts():
    table = values("<f8") / 8
    np.savetxt(path("savetxt.txt"), table)
    np.savetxt(path("savetxt.csv"), table, delimiter=",", header="a,b,c")
    rng = np.random.default_rng(0)
    # Every bit pattern of a finite double is a fair question to a parser.
    bits = rng.integers(0, 2**64, size=400, dtype=np.uint64)
    bits = bits[(bits >> 52) & 0x7FF != 0x7FF][:360].reshape(60, 6)
    doubles = bits.view(np.float64)
    np.save(path("doubles.npy"), doubles)
    with open(path("doubles.csv"), "w") as file:
        for row in doubles:
            file.write(",".join(repr(float(x)) for x in row) + "\n")


def matrix_market():
    """What SciPy writes, and beside it the same matrix from NumPy."""
    import scipy.io
    import scipy.sparse

    table = values("<f8") / 8
    square = np.array([[2.0, -1.5, 0.0, 7.25], [-1.5, 4.0, 0.5, 0.0], [0.0, 0.5, 0.0, -3.0], [7.25, 0.0, -3.0, 1e-5]])
    skew = np.triu(square, 1) - np.triu(square, 1).T
    sparse = scipy.sparse.coo_array(np.where(table > 0, table, 0))
    cases = {
        "array-real": (table, {}),
        "array-integer": (values("<i4"), {"field": "integer"}),
        "array-symmetric": (square, {"symmetry": "symmetric"}),
        "array-skew": (skew, {"symmetry": "skew-symmetric"}),
        "coordinate-real": (sparse, {}),
        "coordinate-symmetric": (scipy.sparse.coo_array(square), {"symmetry": "symmetric"}),
        "coordinate-skew": (scipy.sparse.coo_array(skew), {"symmetry": "skew-symmetric"}),
        "coordinate-pattern": (sparse, {"field": "pattern"}),
    }
    for name, (matrix, options) in cases.items():
        scipy.io.mmwrite(path(f"{name}.mtx"), matrix, precision=17, **options)
        read = scipy.io.mmread(path(f"{name}.mtx"))
        np.save(path(f"{name}.mtx.npy"), np.asarray(read.todense() if scipy.sparse.issparse(read) else read, dtype="f8"))


def netpbm():
    """What Pillow writes, raw; and the same samples as plain text."""
    rng = np.random.default_rng(1)
    grey = rng.integers(0, 256, (5, 7), dtype=np.uint8)
    colour = rng.integers(0, 256, (5, 7, 3), dtype=np.uint8)
    wide = rng.integers(0, 65536, (5, 7), dtype=np.uint16)
    Image.fromarray(grey).save(path("grey.pgm"))
    Image.fromarray(colour).save(path("colour.ppm"))
    Image.fromarray(wide).save(path("grey16.pgm"))
    for name, samples in (("grey-plain.pgm", grey), ("colour-plain.ppm", colour)):
        with open(path(name), "w") as file:
            file.write(f"P{3 if samples.ndim == 3 else 2}\n# a comment\n7 5 # another\n255\n")
            for row in samples.reshape(5, -1):
                file.write(" ".join(map(str, row)) + "\n")
    np.save(path("grey.pgm.npy"), grey)
    np.save(path("grey16.pgm.npy"), wide)
    np.save(path("colour.ppm.npy"), colour @ np.array([0.299, 0.587, 0.114]))


def packed():
    """gzip members of other fixtures, one after the other, twice over, and a bomb."""
    import gzip

    def pack(data):
        return gzip.compress(data, mtime=0)

    with open(path("savetxt.csv"), "rb") as file:
        text = file.read()
    with open(path("f8-C-le.npy"), "rb") as file:
        array = file.read()
    half = text.index(b"\n", len(text) // 2) + 1
    files = {
        "savetxt.csv.gz": pack(text),
        "two-members.csv.gz": pack(text[:half]) + pack(text[half:]),
        "f8-C-le.npy.gz": pack(array),
        "twice.gz": pack(pack(text)),
        "zeros.gz": pack(bytes(1 << 24)),
    }
    for name, data in files.items():
        with open(path(name), "wb") as file:
            file.write(data)


def photographs():
    """What Pillow writes as JPEG, and beside each the samples that Pillow reads back."""
    rng = np.random.default_rng(2)
    r, c = np.indices((21, 27))
    smooth = 128 + 90 * np.sin(r / 5) * np.cos(c / 7)
    grey = np.clip(smooth + rng.normal(0, 6, r.shape), 0, 255).astype(np.uint8)
    colour = np.stack([grey, np.clip(255 - smooth, 0, 255).astype(np.uint8), (3 * r + 5 * c).astype(np.uint8)], axis=2)
    exif = Image.Exif()
    exif[0x0112] = 6
    cases = {
        "grey": (grey, {}),
        "rgb444": (colour, {"subsampling": 0}),
        "rgb422": (colour, {"subsampling": 1}),
        "rgb420": (colour, {"subsampling": 2}),
        "rgb-progressive": (colour, {"progressive": True}),
        "rgb-stored": (colour, {"keep_rgb": True}),
        "rgb-turned": (colour, {"exif": exif}),
    }
    for name, (samples, options) in cases.items():
        Image.fromarray(samples).save(path(f"{name}.jpg"), quality=80, **options)
        np.save(path(f"{name}.jpg.npy"), np.asarray(Image.open(path(f"{name}.jpg"))))
    # grey-arithmetic.jpg is what `jpegtran -arithmetic grey.jpg` made: the same picture, coded another way.
    Image.fromarray(colour).convert("CMYK").save(path("cmyk.jpg"))


def brain_floats():
    """bfloat16 as ml_dtypes has NumPy write it, both orders; as other writers name it; and the same as f32."""
    import ml_dtypes

    bits = np.concatenate([np.arange(0, 0x7F80, 251), np.arange(0x8000, 0xFF80, 257)]).astype(np.uint16)
    values = bits[:240].view(ml_dtypes.bfloat16).reshape(24, 10)
    np.save(path("bf16-C.npy"), values)
    np.save(path("bf16-F.npy"), np.asfortranarray(values))
    np.save(path("bf16.f32.npy"), values.astype(np.float32))
    with open(path("bf16-C.npy"), "rb") as file:
        data = file.read()
    with open(path("bf16-named.npy"), "wb") as file:
        # The name is five characters longer than the two raw bytes.
        file.write(data.replace(b"'<V2'", b"'bfloat16'").replace(b" " * 5 + b"\n", b"\n"))


def views():
    """A tensor of four axes in both orders, and what NumPy makes of it: folds and slices."""
    tensor = np.arange(3 * 4 * 5 * 6, dtype=np.int16).reshape(3, 4, 5, 6)
    np.save(path("axes4-C.npy"), tensor)
    np.save(path("axes4-F.npy"), np.asfortranarray(tensor))
    np.savez_compressed(path("axes4.npz"), tensor=tensor)
    made = {}
    for rows in ([0], [1], [2], [3], [0, 1], [1, 0], [3, 0], [0, 2], [2, 1, 0], [0, 1, 2], [0, 1, 2, 3]):
        columns = [axis for axis in range(4) if axis not in rows]
        shape = int(np.prod([tensor.shape[axis] for axis in rows])), -1
        made[f"fold={','.join(map(str, rows))}"] = tensor.transpose(rows + columns).reshape(shape)
    slices = {"2": tensor[2], ":,:,:,5": tensor[:, :, :, 5], ":,3,:,0": tensor[:, 3, :, 0]}
    slices |= {"1,:,4": tensor[1, :, 4], "0,1,:,2": tensor[0, 1, :, 2], ":": tensor}
    for name, part in slices.items():
        made[f"slice={name}"] = part.reshape(part.shape[0], -1)
    np.savez_compressed(path("axes4-views.npz"), **made)


if __name__ == "__main__":
    arrays()
    archives()
    pictures()
    texts()
    matrix_market()
    netpbm()
    packed()
    photographs()
    brain_floats()
    views()
