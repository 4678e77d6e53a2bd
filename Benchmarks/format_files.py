"""The files of compare-formats.py: written by NumPy, SciPy, pandas and Pillow, or shipped with scikit-learn and
scikit-image; each with the matrix that the library reads from it.
"""
import gzip
import itertools
import os
import struct
import warnings
import zlib
from dataclasses import dataclass

import ml_dtypes
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse
import skimage
import sklearn.datasets
from PIL import Image

LUMA = [0.299, 0.587, 0.114]


@dataclass
class Case:
    """A file, what stands after its name on the command line, and the matrix that a library reads from it.

    `expected` is m × n, or None where the file must be refused. `exact` is false where single columns say something
    else than the whole, as rows are dropped that lack an entry in another column.
    """

    path: str
    by: str
    expected: np.ndarray | None
    words: tuple = ()
    exact: bool = True

    @property
    def name(self):
        return os.path.basename(self.path)


def cases(directory):
    """All of them, written to `directory` one after the other."""
    sources = (npy, npz, png, jpeg, netpbm, market, text, tables, learned, photographs, stacks)
    return itertools.chain.from_iterable(source(lambda name: os.path.join(directory, name)) for source in sources)


def random(seed=1):
    return np.random.default_rng(seed)


# NumPy's own files.


def npy(at):
    normals = random().standard_normal((23, 11))
    for dtype in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"):
        for order, turned in (("C", normals), ("F", np.asfortranarray(normals))):
            for endian in "<>" if order == "C" and dtype not in ("i1", "u1", "b1") else "<":
                path = at(f"{dtype}-{order}-{'be' if endian == '>' else 'le'}.npy")
                np.save(path, whole(turned, dtype).astype(np.dtype(dtype).newbyteorder(endian), order="K"))
                yield Case(path, "numpy.save", np.load(path))
    path = at("bfloat16.npy")
    array = normals.astype(ml_dtypes.bfloat16)
    np.save(path, array)
    yield Case(path, "numpy.save, ml_dtypes", np.load(path).view(ml_dtypes.bfloat16).astype(np.float32))
    for version in ((1, 0), (2, 0), (3, 0)):
        path = at(f"version{version[0]}.npy")
        with open(path, "wb") as file, warnings.catch_warnings(action="ignore"):
            np.lib.format.write_array(file, normals, version)
        yield Case(path, "numpy.lib.format", np.load(path))
    for name, array in (("axes0.npy", np.float64(3)), ("strings.npy", np.array([["a", "b"]])),
                        ("complex.npy", normals + 1j), ("object.npy", np.array([[1, "b"]], object))):
        np.save(at(name), array)
        yield Case(at(name), "numpy.save", None)
    np.save(at("axes1.npy"), normals[:, 0])
    yield Case(at("axes1.npy"), "numpy.save", np.load(at("axes1.npy"))[:, None])
    for dtype in (np.int64, np.uint64):
        path = at(f"beyond-2-53-{np.dtype(dtype).name}.npy")
        np.save(path, random().integers(2**53, 2**63 - 1, (7, 5), dtype))
        yield Case(path, "numpy.save", np.load(path).astype(np.float64))
    np.save(at("tiny.npy"), np.array([[5e-324, 2.2e-308], [1e-310, -4e-309]]))
    yield Case(at("tiny.npy"), "numpy.save", np.load(at("tiny.npy")))
    with gzip.open(at("packed.npy.gz"), "wb") as file:
        np.save(file, normals)
    yield Case(at("packed.npy.gz"), "numpy.save, gzip", normals)


def whole(normals, dtype):
    """Values over the range of a type, few enough digits for f64."""
    if dtype == "b1":
        return normals > 0
    if dtype[0] == "f":
        return normals
    bits = min(8 * int(dtype[1:]), 53) - 4
    values = normals * 2.0**bits
    return np.trunc(np.abs(values) if dtype[0] == "u" else values / 4)


def npz(at):
    arrays = {"layer.0/weight": random().standard_normal((9, 7)), "bias": random().integers(-9, 9, (4, 3)),
              "half": random().standard_normal((6, 8)).astype(np.float16)}
    for name, save in (("stored.npz", np.savez), ("deflated.npz", np.savez_compressed)):
        save(at(name), **arrays)
        for key in arrays:
            yield Case(at(name), f"numpy.{save.__name__}", np.load(at(name))[key], (key,))
    matrix = scipy.sparse.random(12, 9, 0.3, rng=random(), format="csr")
    scipy.sparse.save_npz(at("sparse.npz"), matrix)
    yield Case(at("sparse.npz"), "scipy.sparse.save_npz", None)


# Pictures.


def png(at):
    generator = random()
    photograph = np.asarray(Image.fromarray(skimage.data.astronaut()).resize((37, 29)))
    grey = np.asarray(Image.fromarray(photograph).convert("L"))
    Image.fromarray(grey).save(at("grey8.png"))
    yield Case(at("grey8.png"), "Pillow", np.asarray(Image.open(at("grey8.png"))))
    Image.fromarray(grey > 99).save(at("grey1.png"))
    yield Case(at("grey1.png"), "Pillow", np.asarray(Image.open(at("grey1.png")).convert("L")))
    for bits in (1, 2, 4):
        path = at(f"palette{bits}.png")
        Image.fromarray(photograph).quantize(2**bits).save(path, bits=bits)
        yield from channels(path, "Pillow", Image.open(path).convert("RGB"))
    for bits in (2, 4):
        path = at(f"grey{bits}.png")
        write_png(path, bits, grey >> (8 - bits))
        yield Case(path, "zlib by hand", np.asarray(Image.open(path).convert("L")))
    Image.fromarray(generator.integers(0, 65536, (19, 31), np.uint16)).save(at("grey16.png"))
    yield Case(at("grey16.png"), "Pillow", np.asarray(Image.open(at("grey16.png"))))
    colour = Image.fromarray(photograph)
    colour.save(at("rgb8.png"))
    yield from channels(at("rgb8.png"), "Pillow", Image.open(at("rgb8.png")))
    transparent = colour.copy()
    transparent.putalpha(Image.fromarray(generator.integers(0, 256, grey.shape, np.uint8)))
    transparent.save(at("rgba8.png"))
    yield from channels(at("rgba8.png"), "Pillow", Image.fromarray(np.asarray(Image.open(at("rgba8.png")))[..., :3]))
    deeper = generator.integers(0, 65536, (15, 22, 3))
    write_png(at("rgb16.png"), 16, deeper, colour=True)
    yield from channels(at("rgb16.png"), "zlib by hand", deeper)
    Image.fromarray(np.dstack([grey, 255 - grey])).save(at("greyalpha8.png"))
    yield Case(at("greyalpha8.png"), "Pillow", np.asarray(Image.open(at("greyalpha8.png")))[..., 0])
    colour.save(at("trns.png"), transparency=tuple(int(v) for v in photograph[0, 0]))
    yield from channels(at("trns.png"), "Pillow", Image.fromarray(np.asarray(Image.open(at("trns.png")))))
    colour.save(at("gamma.png"), pnginfo=gamma(), dpi=(72, 72), optimize=True)
    yield from channels(at("gamma.png"), "Pillow", Image.open(at("gamma.png")))
    write_png(at("interlaced.png"), 8, grey, interlaced=True)
    yield Case(at("interlaced.png"), "zlib by hand", np.asarray(Image.open(at("interlaced.png"))))


def gamma():
    from PIL import PngImagePlugin

    chunks = PngImagePlugin.PngInfo()
    chunks.add(b"gAMA", (45455).to_bytes(4, "big"))
    chunks.add_text("Comment", "a comment")
    return chunks


def write_png(path, bits, samples, interlaced=False, colour=False):
    """A PNG of `bits` a sample; Pillow writes neither grey of 2 and 4 bits, nor colour of 16, nor Adam7."""
    steps = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    lines = bytearray()
    for top, left, down, across in steps if interlaced else [(0, 0, 1, 1)]:
        for row in samples[top::down, left::across]:
            if row.size:
                digits = ((row.reshape(-1, 1) >> np.arange(bits - 1, -1, -1)) & 1).astype(np.uint8)
                lines += b"\0" + np.packbits(digits.ravel()).tobytes()
    height, width = samples.shape[:2]
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, data in ((b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 2 * colour, 0, 0, interlaced)),
                           (b"IDAT", zlib.compress(bytes(lines))), (b"IEND", b"")):
            file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))


def channels(path, by, image, names=("luma", "red", "green", "blue", "colour")):
    """A colour picture as each of the matrices that can be made of it."""
    pixels = np.asarray(image, np.float64)
    same = (pixels[..., :1] == pixels).all(axis=2)
    red, green, blue = (pixels[..., i] for i in range(3))
    luma = np.where(same, red, LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue)
    matrices = dict(luma=luma, red=red, green=green, blue=blue, colour=np.hstack([red, green, blue]))
    for name in names:
        yield Case(path, by, matrices[name], ("--channel", name))


def jpeg(at):
    photograph = Image.fromarray(skimage.data.astronaut()[40:141, 150:283])
    for quality in (30, 95):
        path = at(f"grey-q{quality}.jpg")
        photograph.convert("L").save(path, quality=quality)
        yield Case(path, "Pillow", np.asarray(Image.open(path)))
        for sampling, name in ((0, "444"), (1, "422"), (2, "420")):
            path = at(f"rgb{name}-q{quality}.jpg")
            photograph.save(path, quality=quality, subsampling=sampling)
            yield from channels(path, "Pillow", Image.open(path), ("luma", "colour"))
    for name, extras in (("progressive", dict(progressive=True)), ("optimised", dict(optimize=True)),
                         ("restarts", dict(restart_marker_rows=1)), ("rgb-stored", dict(keep_rgb=True))):
        photograph.save(at(name + ".jpg"), quality=80, **extras)
        yield from channels(at(name + ".jpg"), "Pillow", Image.open(at(name + ".jpg")), ("red", "colour"))
    for orientation in (3, 6, 8):
        exif = Image.Exif()
        exif[0x0112] = orientation
        path = at(f"turned{orientation}.jpg")
        photograph.save(path, quality=90, exif=exif)
        # Like Pillow, as stored: it is not turned.
        yield from channels(path, "Pillow", Image.open(path), ("green",))
    photograph.convert("CMYK").save(at("cmyk.jpg"))
    yield Case(at("cmyk.jpg"), "Pillow", None)


def netpbm(at):
    photograph = np.asarray(Image.fromarray(skimage.data.astronaut()).resize((21, 17)))
    grey = photograph[..., 0]
    Image.fromarray(grey).save(at("raw.pgm"))
    yield Case(at("raw.pgm"), "Pillow", np.asarray(Image.open(at("raw.pgm"))))
    Image.fromarray(photograph).save(at("raw.ppm"))
    yield from channels(at("raw.ppm"), "Pillow", Image.open(at("raw.ppm")))
    Image.fromarray(grey.astype(np.uint16) * 257 - 3).save(at("raw16.pgm"))
    yield Case(at("raw16.pgm"), "Pillow", np.asarray(Image.open(at("raw16.pgm"))))
    for name, magic, samples, limit in (("plain.pgm", "P2", grey, 255), ("plain16.pgm", "P2", grey * 200.0, 65535)):
        with open(at(name), "w") as file:
            file.write(f"{magic}\n# by hand\n21 17 # size\n{limit}\n")
            np.savetxt(file, samples, fmt="%d")
        yield Case(at(name), "numpy.savetxt", samples if limit == 65535 else np.asarray(Image.open(at(name))))
    with open(at("plain.ppm"), "w") as file:
        file.write("P3 21 17 255\n")
        np.savetxt(file, photograph.reshape(17, -1), fmt="%d")
    yield from channels(at("plain.ppm"), "numpy.savetxt", Image.open(at("plain.ppm")), ("luma", "colour"))


# Matrix Market.


def market(at):
    generator = random()
    square, signed = generator.standard_normal((9, 9)), generator.integers(-99, 99, (9, 9))
    dense = {"real-general": square, "real-symmetric": square + square.T, "real-skew-symmetric": square - square.T,
             "integer-general": signed, "integer-symmetric": signed + signed.T,
             "integer-skew-symmetric": signed - signed.T}
    for kind, matrix in dense.items():
        field, symmetry = kind.split("-", 1)
        for layout in ("array", "coordinate"):
            path = at(f"{layout}-{kind}.mtx")
            stored = matrix if layout == "array" else scipy.sparse.coo_matrix(np.where(np.abs(matrix) > 0.8, matrix, 0))
            scipy.io.mmwrite(path, stored, field=field, symmetry=symmetry, comment="written by SciPy\nin two lines")
            yield Case(path, "scipy.io.mmwrite", opened(path))
    pattern = scipy.sparse.random(13, 8, 0.3, rng=generator)
    scipy.io.mmwrite(at("pattern.mtx"), pattern, field="pattern")
    yield Case(at("pattern.mtx"), "scipy.io.mmwrite", opened(at("pattern.mtx")))
    scipy.io.mmwrite(at("packed.mtx"), pattern)
    with open(at("packed.mtx"), "rb") as plain, gzip.open(at("packed.mtx.gz"), "wb") as packed:
        packed.write(plain.read())
    yield Case(at("packed.mtx.gz"), "scipy.io.mmwrite, gzip", opened(at("packed.mtx.gz")))
    with open(at("by-hand.mtx"), "w", newline="") as file:
        file.write("%%MatrixMarket MATRIX Coordinate Real General\r\n% one\r\n%\r\n% two\r\n\r\n 3  4 4\r\n"
                   "1 1  1.5e+00\r\n2 3 -.5\r\n 3 4 7.\r\n3 1 1e-3\r\n")
    yield Case(at("by-hand.mtx"), "by hand", opened(at("by-hand.mtx")))
    scipy.io.mmwrite(at("complex.mtx"), square + 1j)
    yield Case(at("complex.mtx"), "scipy.io.mmwrite", None)


def opened(path):
    matrix = scipy.io.mmread(path)
    return matrix.toarray() if scipy.sparse.issparse(matrix) else matrix


# Text.


def text(at):
    normals = random().standard_normal((31, 7)) * 10.0 ** random(2).integers(-300, 300, (31, 7))
    for name, by, extras in (
        ("savetxt.txt", "numpy.savetxt", dict(fmt="%.18e")), ("savetxt.csv", "numpy.savetxt", dict(delimiter=",")),
        ("savetxt17.tsv", "numpy.savetxt", dict(delimiter="\t", fmt="%.17g")),
        ("header.csv", "numpy.savetxt", dict(delimiter=",", header="a,b,c,d,e,f,g", comments="")),
        ("hash.csv", "numpy.savetxt", dict(delimiter=",", header="a comment\nand another")),
        ("crlf.csv", "numpy.savetxt", dict(delimiter=",", newline="\r\n")),
        ("bom.csv", "numpy.savetxt", dict(delimiter=",", encoding="utf-8-sig", header="ä,b,c,d,e,f,g", comments="")),
        ("savetxt.csv.gz", "numpy.savetxt", dict(delimiter=","))):
        np.savetxt(at(name), normals, **extras)
        skip = 1 if name in ("header.csv", "bom.csv") else 0
        delimiter = {"t": "\t" if "tsv" in name else None}.get(name.split(".")[1][0], ",")
        yield Case(at(name), by, np.loadtxt(at(name), delimiter=delimiter, skiprows=skip, encoding="utf-8-sig"))
    np.savetxt(at("vector.csv"), normals[:, 0])
    yield Case(at("vector.csv"), "numpy.savetxt", np.loadtxt(at("vector.csv"), ndmin=2))


def tables(at):
    frame = pd.DataFrame(random().standard_normal((29, 5)), columns=["width", "height, m", 'the "best"', "été", "n"])
    counts = pd.DataFrame(random().integers(-500, 5000, (29, 5)), columns=list("abcde"))
    for name, written, extras, reading in (
        ("table.csv", frame, dict(index=False), {}),
        ("no-header.csv", frame, dict(index=False, header=False), dict(header=None)),
        ("comma.csv", frame, dict(index=False, sep=";", decimal=","), dict(sep=";", decimal=",")),
        ("semicolon.csv", frame, dict(index=False, sep=";"), dict(sep=";")),
        ("tab.tsv", frame, dict(index=False, sep="\t"), dict(sep="\t")),
        ("quoted.csv", counts, dict(index=False, quoting=1), {}),
        ("crlf-table.csv", frame, dict(index=False, lineterminator="\r\n"), {}),
        ("bom-table.csv", frame, dict(index=False, encoding="utf-8-sig"), {}),
        ("table.csv.gz", frame, dict(index=False), {}),
        ("%.3f.csv", frame, dict(index=False, float_format="%.3f"), {}),
        ("named-rows.csv", frame.set_axis([f"row {i}" for i in range(29)]), {}, dict(index_col=0)),
        ("named-index.csv", frame.set_axis([f"r{i}" for i in range(29)]), dict(index_label="id"), dict(index_col=0)),
        ("numbered-rows.csv", frame, {}, dict(index_col=0))):
        written.to_csv(at(name), **extras)
        read = pd.read_csv(at(name), float_precision="round_trip", **reading).to_numpy()
        yield Case(at(name), "pandas.to_csv", read)
    holes = counts.astype(float).mask(random(3).random(counts.shape) < 0.1)
    for name, extras in (("empty-cells.csv", {}), ("na.csv", dict(na_rep="NA")), ("nan.csv", dict(na_rep="NaN"))):
        holes.to_csv(at(name), index=False, **extras)
        read = pd.read_csv(at(name), float_precision="round_trip")
        yield Case(at(name), "pandas.to_csv", None)
        yield Case(at(name), "pandas.to_csv", read.fillna(0).to_numpy(), ("--missing", "zero"))
        yield Case(at(name), "pandas.to_csv", read.dropna().to_numpy(), ("--missing", "drop-rows"), exact=False)
        yield Case(at(name), "pandas.to_csv", read.fillna(read.mean()).to_numpy(), ("--missing", "column-mean"), exact=False)


# What the libraries ship.


def learned(at):
    del at
    data = os.path.join(os.path.dirname(sklearn.datasets.__file__), "data")
    by = "scikit-learn's data"
    for name in ("iris.csv", "wine_data.csv", "breast_cancer.csv"):
        # The first line says how many rows and features there are; the class, in the last column, is no feature.
        table = np.loadtxt(os.path.join(data, name), delimiter=",", skiprows=1)
        yield Case(os.path.join(data, name), by, table[:, :-1])
    yield Case(os.path.join(data, "digits.csv.gz"), by, np.loadtxt(os.path.join(data, "digits.csv.gz"), delimiter=","))
    for name in ("diabetes_data_raw.csv.gz", "diabetes_target.csv.gz"):
        yield Case(os.path.join(data, name), by, np.loadtxt(os.path.join(data, name), ndmin=2).reshape(442, -1))
    for name in ("linnerud_exercise.csv", "linnerud_physiological.csv"):
        yield Case(os.path.join(data, name), by, np.loadtxt(os.path.join(data, name), skiprows=1))


def photographs(at):
    del at
    data = os.path.join(os.path.dirname(skimage.__file__), "data")
    for name in sorted(os.listdir(data)):
        path = os.path.join(data, name)
        if not name.endswith((".png", ".jpg")):
            continue
        image = Image.open(path)
        if image.mode in ("L", "1", "I;16", "I"):
            yield Case(path, "scikit-image's data", np.asarray(image.convert("L") if image.mode == "1" else image))
        elif deep(path):
            yield from channels(path, "scikit-image's data, unpacked by zlib", deep_pixels(path), ("luma", "blue"))
        else:
            pixels = image.convert("RGB") if image.mode == "P" else Image.fromarray(np.asarray(image)[..., :3])
            yield from channels(path, "scikit-image's data", pixels, ("luma",))


def deep(path):
    """Whether a file is a colour PNG of 16 bits, of which Pillow hands out eight."""
    with open(path, "rb") as file:
        head = file.read(26)
    return head[1:4] == b"PNG" and head[24:26] == b"\x10\x02"


def deep_pixels(path):
    """The samples of such a PNG that is not interlaced, m × n × 3."""
    with open(path, "rb") as file:
        data = file.read()
    height, width = (int.from_bytes(data[at : at + 4], "big") for at in (20, 16))
    packed, at = b"", 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        packed += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 6 * width)
    above, out = [0] * (6 * width), []
    for line in lines:
        row = []
        for index, byte in enumerate(line[1:].tolist()):
            left, corner = (row[index - 6], above[index - 6]) if index >= 6 else (0, 0)
            guess = left + above[index] - corner
            paeth = min((abs(guess - value), order, value) for order, value in enumerate((left, above[index], corner)))[2]
            row.append((byte + (0, left, above[index], (left + above[index]) // 2, paeth)[line[0]]) % 256)
        above = row
        out.append(row)
    return np.array(out, np.uint8).view(">u2").reshape(height, width, 3)


def stacks(at):
    """Tensors of three axes and their views."""
    data = os.path.join(os.path.dirname(skimage.__file__), "data")
    motorcycle = os.path.join(data, "motorcycle_disp.npz")
    disparities = next(iter(np.load(motorcycle).values()))
    yield Case(motorcycle, "scikit-image's data", None)
    known = np.where(np.isfinite(disparities), disparities, 0)
    yield Case(motorcycle, "scikit-image's data", known, ("--missing", "zero"))
    faces = np.load(os.path.join(data, "lfw_subset.npy"))
    yield from views(os.path.join(data, "lfw_subset.npy"), "scikit-image's data", faces)
    np.save(at("faces-last.npy"), np.ascontiguousarray(np.moveaxis(faces, 0, 2)))
    yield from views(at("faces-last.npy"), "numpy.save", np.load(at("faces-last.npy")))
    np.save(at("faces-fortran.npy"), np.asfortranarray(faces.astype(np.float32)))
    yield from views(at("faces-fortran.npy"), "numpy.save", np.load(at("faces-fortran.npy")))
    digits = sklearn.datasets.load_digits().images[:100].astype(np.uint8)
    np.savez_compressed(at("digits.npz"), images=digits)
    yield from views(at("digits.npz"), "scikit-learn's data, numpy.savez_compressed", digits)


def views(path, by, tensor):
    a, b, c = tensor.shape
    yield Case(path, by, tensor.reshape(a, -1))
    yield Case(path, by, np.moveaxis(tensor, 1, 0).reshape(b, -1), ("--view", "fold=1"))
    yield Case(path, by, np.moveaxis(tensor, 2, 0).reshape(c, -1), ("--view", "fold=2"))
    yield Case(path, by, tensor.reshape(a * b, c), ("--view", "fold=0,1"))
    yield Case(path, by, tensor[3], ("--view", "slice=3"))
    yield Case(path, by, tensor[:, :, c - 1], ("--view", f"slice=:,:,{c - 1}"))
