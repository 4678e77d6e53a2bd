"""Solves by NumPy, SciPy, PyTorch or scikit-learn what the lines on standard input ask; answers in JSON, as solver-bench does.

    load PATH ROWS COLUMNS f32|f64      a file of bare entries, column by column
    solve METHOD THREADS K FILE         FILE receives σ in f64
    machine                             versions and the BLAS in use

One library a process, so that no two thread pools meet.
"""

import ctypes
import gc
import json
import os
import re
import sys
import time

LIBRARY = sys.argv[1]

import numpy as np
import threadpoolctl


class Numpy:
    module = np

    def prepare(self, a):
        return a

    def values(self, a, k):
        return np.linalg.svd(a, compute_uv=False)

    def gram(self, a, k):
        """√ of the eigenvalues of the short side's Gram matrix in f64."""
        b = a.astype(np.float64, copy=False)
        eigenvalues = np.linalg.eigvalsh(b @ b.T if b.shape[0] <= b.shape[1] else b.T @ b)
        return np.sqrt(np.maximum(eigenvalues[::-1], 0))

    def thin(self, a, k):
        return np.linalg.svd(a, full_matrices=False)[1]


class Scipy:
    def __init__(self):
        import scipy.linalg
        import scipy.sparse.linalg
        self.module, self.linalg, self.sparse = scipy, scipy.linalg, scipy.sparse.linalg

    def prepare(self, a):
        return a

    def reference(self, a, k):
        return self.linalg.svdvals(a.astype(np.float64))

    def values(self, a, k):
        return self.linalg.svdvals(a)

    def thin(self, a, k):
        return self.linalg.svd(a, full_matrices=False, lapack_driver="gesdd")[1]

    def leading(self, a, k):
        return self.sparse.svds(a, k=k, rng=np.random.default_rng(1))[1][::-1]


class Torch:
    def __init__(self):
        import torch
        self.module = torch

    def prepare(self, a):
        return self.module.from_numpy(a)

    def values(self, a, k):
        return self.module.linalg.svdvals(a).numpy()

    def thin(self, a, k):
        return self.module.linalg.svd(a, full_matrices=False)[1].numpy()

    def leading(self, a, k):
        self.module.manual_seed(1)
        return self.module.svd_lowrank(a, q=k)[1].numpy()


class Sklearn:
    def __init__(self):
        import sklearn
        from sklearn.utils.extmath import randomized_svd
        self.module, self.randomized_svd = sklearn, randomized_svd

    def prepare(self, a):
        return a

    def leading(self, a, k):
        return self.randomized_svd(a, n_components=k, random_state=1)[1]


class PeakMemory:
    """The resident bytes that work took beside those before it."""

    def __init__(self):
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        self.before = self.status("VmRSS")

    @staticmethod
    def status(label):
        with open("/proc/self/status") as file:
            return int(re.search(label + r":\s+(\d+)", file.read()).group(1)) * 1024

    def read(self):
        peak = self.status("VmHWM")
        return {"extraBytes": max(0, peak - self.before), "totalBytes": peak}


def use_threads(library, count):
    threadpoolctl.threadpool_limits(limits=count)
    if LIBRARY == "torch":
        library.module.set_num_threads(count)


def blas(library):
    """Which BLAS the library calls."""
    found = [
        f"{pool['internal_api']} {pool['version']} ({pool.get('architecture', '?')}, {pool.get('threading_layer', '?')})"
        for pool in threadpoolctl.threadpool_info()
        # Of the two that SciPy's process holds, its own.
        if pool["user_api"] == "blas" and (LIBRARY != "scipy" or "scipy.libs" in pool["filepath"])
    ]
    if LIBRARY == "torch":
        mkl = re.search(r"(oneAPI )?Math Kernel Library Version [\d.]+", library.module.__config__.show())
        found = [mkl.group(0)] if mkl else found
    return ", ".join(found)


def answer(library, state, command, words):
    if command == "machine":
        return {"version": library.module.__version__, "blas": blas(library)}
    if command == "load":
        path, rows, columns, precision = words
        dtype = np.float32 if precision == "f32" else np.float64
        state.clear()
        entries = np.fromfile(path, dtype).reshape((int(rows), int(columns)), order="F")
        state["a"] = library.prepare(entries)
        return {"rows": int(rows)}
    if command == "solve":
        method, threads, k, file = words
        use_threads(library, int(threads))
        solve = getattr(library, method)
        memory = PeakMemory()
        start = time.perf_counter()
        values = solve(state["a"], int(k))
        seconds = time.perf_counter() - start
        peak = memory.read()
        np.asarray(values, np.float64).tofile(file)
        return {"seconds": seconds, **peak}
    raise ValueError(f"“{command}” is no command")


def main():
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    library = {"numpy": Numpy, "scipy": Scipy, "torch": Torch, "sklearn": Sklearn}[LIBRARY]()
    state = {}
    for line in sys.stdin:
        command, *words = line.split()
        try:
            print(json.dumps(answer(library, state, command, words)), file=answers)
        except (ArithmeticError, MemoryError, RuntimeError, ValueError, AttributeError, KeyError, OSError,
                np.linalg.LinAlgError) as error:
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), file=answers)


main()
