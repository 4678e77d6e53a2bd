#!/usr/bin/env python3
"""Plots how wide the certified intervals of a preview are, and checks that they contain the exact values.

    plot-intervals.py PROGRAM OUT.svg FILE [FILE …]      files, or gallery:NAME,key=value

Each file is solved exactly and as previews that follow 1, 256 and 512 leading triplets (`--rank`). A curve is
(upper − lower)/lower of σ_i against i, both logarithmic. Needs only Python's standard library.
"""

import html
import json
import math
import subprocess
import sys

STAGES = [1, 256, 512]
COLORS = ["#c8743c", "#4c8c5a", "#5878a8"]
WIDTH, HEIGHT, LEFT, TOP = 420, 260, 64, 34
LOWEST, HIGHEST = -6.0, 2.0


def report(program, file, *options):
    answer = subprocess.run(
        [program, "spectrum", file, "--json", *options], capture_output=True, text=True, check=True).stdout
    return json.loads(answer)


def stage(program, file, rank, exact):
    """The intervals of one preview, or None where the program finds the exact values sooner."""
    rank = min(rank, len(exact))
    preview = report(program, file, "--accuracy", "preview", "--rank", str(rank))
    if preview["exact"]:
        return None
    intervals = list(zip(preview["singular_values"], preview["singular_values_upper"]))
    # What the exact solver itself rounds.
    slack = 4 * exact[0] * preview["precision_floor"] / math.sqrt(max(preview["rows"], preview["columns"]))
    missed = sum(not low - slack <= value <= high + slack for value, (low, high) in zip(exact, intervals))
    return intervals, missed


def place(i, count, width):
    x = LEFT + WIDTH * math.log(i) / math.log(max(2, count))
    share = (min(HIGHEST, max(LOWEST, math.log10(max(width, 1e-300)))) - LOWEST) / (HIGHEST - LOWEST)
    return x, TOP + HEIGHT * (1 - share)


def panel(program, file, number, out):
    exact = report(program, file)["singular_values"]
    count = len(exact)
    out.append(f'<g transform="translate(0,{number * (HEIGHT + 84)})">')
    out.append(f'<text x="{LEFT}" y="20" font-size="14">{html.escape(file)}: p = {count}</text>')
    for decade in range(int(LOWEST), int(HIGHEST) + 1, 2):
        _, y = place(1, count, 10.0 ** decade)
        out.append(f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d8d8d8"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">1e{decade}</text>')
    for index in [1, 10, 100, 1000, 10000]:
        if index <= count:
            x, _ = place(index, count, 1)
            out.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{index}</text>')
    missed_in_all = 0
    for rank, color in zip(STAGES, COLORS):
        found = stage(program, file, rank, exact)
        if found is None:
            continue
        intervals, missed = found
        missed_in_all += missed
        known = [(i, (high - low) / low) for i, (low, high) in enumerate(intervals, 1) if low > 0]
        points = " ".join("{:.1f},{:.1f}".format(*place(i, count, width)) for i, width in known)
        out.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="1.6"/>')
        leading = max(width for _, width in known[:10])
        out.append(
            f'<text x="{LEFT + WIDTH + 10}" y="{TOP + 14 + 18 * STAGES.index(rank)}" fill="{color}">{len(known)} columns</text>')
        print(f"| {file} | {count} | {len(known)} | {100 * leading:.2g} % | {missed} of {count} |")
    out.append("</g>")
    return missed_in_all


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, picture, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    print("| matrix | p | columns | widest of the leading ten | exact values outside |\n|---|---|---|---|---|")
    out = []
    missed = sum(panel(program, file, number, out) for number, file in enumerate(files))
    height = len(files) * (HEIGHT + 84)
    with open(picture, "w") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 130} {height}" font-family="sans-serif" '
            f'font-size="12"><rect width="100%" height="100%" fill="#ffffff"/>' + "\n".join(out) + "</svg>\n")
    sys.exit(missed > 0)


main()
