"""Times key press → frame in the views of experiments, on a 2048 × 2048 f32 matrix; prints a Markdown table.

Usage: view-keys.py PROGRAM [PRESSES]

Presses → and ← while the view's experiment works and after it, at random times, and waits for the frame that names the new
rank. Exit code 1 where 99 of 100 presses take longer than 50 ms.
"""

import random
import re
import sys
import tempfile
import time

from measure import milliseconds, percentile, write_matrix
from terminal import Terminal

VIEWS = [("Validation", "\x1b[19~"), ("Court", "\x1b[20~"), ("Speed", "\x1b[21~"), ("Projection", "\x1b[23~"), ("Race", "\x1b[24~")]
SIZE = 2048


def names(screen, rank):
    return re.search(rf"\bk\s*=?\s*{rank:,}\b", screen.text) is not None


def main():
    program = sys.argv[1]
    presses = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    generator = random.Random(0)
    isMissed = False
    print("| view, 2048 × 2048 | presses | of them while it worked | p50 | p99 | worst |\n|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        matrix = f"{scratch}/noise.npy"
        write_matrix(matrix, SIZE)
        terminal = Terminal([program, matrix, "--theme", "dark"], rows=36, columns=120)
        terminal.frame(lambda s: "exact ·" in s.lines[0] and "measured" in s.text)
        terminal.settle(1.0)
        for view, key in VIEWS:
            rank = generator.randint(200, 400)
            terminal.send("\x1bOQ")
            terminal.settle(0.2)
            terminal.send(f"{rank}\r")
            terminal.settle(0.1)
            terminal.send(key)
            terminal.frame(lambda s: names(s, rank))
            times, working = [], 0
            for _ in range(presses):
                pause = time.perf_counter() + generator.uniform(0.002, 0.030)
                while (left := pause - time.perf_counter()) > 0:
                    terminal.read(left)
                step = generator.choice([1, -1])
                rank += step
                working += "working" in terminal.screen.text
                pressed = time.perf_counter()
                terminal.send("\x1bOC" if step > 0 else "\x1bOD")
                times.append(terminal.frame(lambda s: names(s, rank)) - pressed)
            isMissed |= percentile(times, 0.99) > 0.05
            print(
                f"| {view} | {presses} | {working} | {milliseconds(percentile(times, 0.5))} | "
                f"{milliseconds(percentile(times, 0.99))} | {milliseconds(max(times))} |", flush=True)
        terminal.close()
    sys.exit(1 if isMissed else 0)


if __name__ == "__main__":
    main()
