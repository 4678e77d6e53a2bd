"""Measures `lowrank` against its promises of speed and memory; prints a Markdown table.

Usage: measure.py PROGRAM
"""

import array
import math
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

from terminal import Terminal

PRESSES = 500
MOVES = 200


def write_matrix(path, size, seed=1):
    """Normally distributed f32 entries, size × size: the slowest case, for nothing can be skipped."""
    normal = statistics.NormalDist()
    table = [normal.inv_cdf((i + 0.5) / 65536) for i in range(65536)]
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({size}, {size}), }}"
    header += " " * (64 - (len(header) + 11) % 64) + "\n"
    generator = random.Random(seed)
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode())
        for _ in range(size):
            picks = array.array("H", generator.randbytes(2 * size))
            array.array("f", map(table.__getitem__, picks)).tofile(file)


def rank(screen):
    """k as the report shows it; None before there is one."""
    found = re.search(r"rank k +([0-9,]+) of", screen.text)
    return int(found.group(1).replace(",", "")) if found else None


def percentile(values, share):
    """The smallest value that at least `share` of them do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def milliseconds(seconds):
    return f"{seconds * 1000:.1f} ms"


def version(program):
    times = []
    for _ in range(40):
        start = time.perf_counter()
        subprocess.run([program, "--version"], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    yield "`lowrank --version`, wall time, 40 runs", f"{milliseconds(statistics.median(times))} (worst {milliseconds(max(times))})", "≤ 30 ms"


def first_frame(program, matrix):
    times = []
    for _ in range(15):
        terminal = Terminal([program, matrix])
        name = os.path.basename(matrix)
        times.append(terminal.frame(lambda s: name in s.lines[0] and "quit" in s.lines[-1]) - terminal.started)
        terminal.close()
    yield "start → first frame, 4096 × 4096 f32 `.npy`, 15 runs", f"{milliseconds(statistics.median(times))} (worst {milliseconds(max(times))})", "≤ 100 ms"


class CoreClock:
    """How many cores the program kept busy since the clock was made."""

    def __init__(self, terminal):
        self.terminal, self.wall, self.cpu = terminal, time.perf_counter(), terminal.seconds()

    def cores(self):
        return (self.terminal.seconds() - self.cpu) / (time.perf_counter() - self.wall)


def key_to_frame(program, matrix):
    """Presses keys while the singular values, then while the vectors are computed, which takes every core. The program is
    started again until there are enough presses of both."""
    early, late, cores = [], [], {"values": [], "vectors": []}
    while min(len(early), len(late)) < PRESSES:
        press_keys(program, matrix, early, late, cores)
    busy = [statistics.mean(cores[name]) for name in ("values", "vectors")]
    for name, latencies, cores in (("values", early, busy[0]), ("vectors", late, busy[1])):
        what = f"key press → frame while the singular {name} of 4096 × 4096 are computed on {cores:.1f} cores, {len(latencies)} presses"
        yield what + ": p50", milliseconds(percentile(latencies, 0.5)), "≤ 16 ms"
        yield "… p99", f"{milliseconds(percentile(latencies, 0.99))} (worst {milliseconds(max(latencies))})", "≤ 50 ms"


def press_keys(program, matrix, early, late, cores):
    terminal = Terminal([program, matrix])
    generator = random.Random(len(early))
    phase = lambda words: words in terminal.screen.lines[0]

    def press(keys, shows):
        # Not in step with anything: the next press comes when it comes.
        pause = time.perf_counter() + generator.uniform(0.002, 0.030)
        while (left := pause - time.perf_counter()) > 0:
            terminal.read(left)
        pressed = time.perf_counter()
        terminal.send(keys)
        return terminal.frame(shows) - pressed

    # While the exact values are computed the slider moves over what the preview knows, and past it.
    terminal.frame(lambda s: phase("preview") and phase("exact in") and rank(s) is not None, timeout=60)
    current = rank(terminal.screen)
    clock = CoreClock(terminal)
    while phase("exact in") or phase("exact soon"):
        key, step = generator.choice([("\x1bOC", 1), ("\x1bOD", -1)])
        current += step
        early.append(press(key, lambda s: rank(s) == current))
    cores["values"].append(clock.cores())
    terminal.frame(lambda s: phase("singular vectors"), timeout=60)
    terminal.send("2000\r")
    terminal.frame(lambda s: rank(s) == 2000)
    current = 2000
    clock = CoreClock(terminal)
    while phase("singular vectors"):
        key, step = generator.choice([("\x1bOC", 1), ("\x1bOD", -1)])
        current += step
        late.append(press(key, lambda s: rank(s) == current))
    cores["vectors"].append(clock.cores())
    terminal.close()


def slider_move(program, matrices):
    """CPU time that a move costs the screen's thread, the figures and pictures that arrive later included."""
    for size, matrix in matrices.items():
        terminal = Terminal([program, matrix])
        terminal.frame(lambda s: "exact" in s.lines[0] and "vectors" not in s.lines[0] and "preview" not in s.lines[0] and "%" in "".join(l for l in s.lines if " measured" in l), timeout=900)
        middle = size // 2
        terminal.send(f"{middle}\r")
        terminal.frame(lambda s: rank(s) == middle)
        terminal.settle(1.5)
        before = terminal.main_thread_seconds()
        for step in range(MOVES):
            wanted = middle + (step + 1) % 2
            terminal.send("\x1bOC" if wanted > middle else "\x1bOD")
            terminal.frame(lambda s: rank(s) == wanted)
        terminal.settle(1.5)
        cost = (terminal.main_thread_seconds() - before) / MOVES
        terminal.close()
        yield f"CPU time of a slider move, {size} × {size} f32, mean of {MOVES}", milliseconds(cost), "the same for all three"


def peak_memory(program, matrices):
    for size, matrix in matrices.items():
        with open(os.devnull, "w") as nowhere:
            child = subprocess.Popen([program, "spectrum", matrix, "--json"], stdout=nowhere)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"spectrum failed with {child.returncode}")
        limit = 4 * size * size * 4 + 60_000_000
        peak = usage.ru_maxrss * 1024
        yield f"peak memory of `spectrum`, {size} × {size} f32", f"{peak / 1e6:.0f} MB", f"≤ {limit / 1e6:.0f} MB (4·m·n·4 bytes + 60 MB)"


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal: +(\d+)", file.read()).group(1)) / 1024 / 1024
    with open("/etc/os-release") as file:
        system = re.search(r'PRETTY_NAME="(.*)"', file.read()).group(1)
    cores = len(os.sched_getaffinity(0))
    name = model.group(1).strip() if model else platform.machine()
    load = os.getloadavg()[0]
    return f"{name}, {cores} cores, {memory:.0f} GiB; {system}, Linux {platform.release()}; load before: {load:.1f}"


def main():
    program = os.path.abspath(sys.argv[1])
    description = machine()
    with tempfile.TemporaryDirectory() as directory:
        matrices = {size: os.path.join(directory, f"normal-{size}.npy") for size in (512, 2048, 4096)}
        for size, path in matrices.items():
            write_matrix(path, size)
        print(f"Machine: {description}.\n\n| what | measured | promised |\n|---|---|---|")
        largest = matrices[4096]
        for measure in (
            version(program), first_frame(program, largest), key_to_frame(program, largest),
            slider_move(program, matrices), peak_memory(program, matrices),
        ):
            for row in measure:
                print("| " + " | ".join(row) + " |", flush=True)
    print(
        "\nA frame has arrived when the screen shows what the key asked for and nothing has followed for 4 ms; its time "
        "is that of its last byte.")


if __name__ == "__main__":
    main()
