"""Reads `perf script` on standard input, writes a flame graph as SVG and the busiest functions as a Markdown table.

    perf script | python3 flame_graph.py flame.svg
"""

import collections
import html
import re
import subprocess
import sys

WIDTH, ROW, NARROWEST = 1200, 18, 0.4


def stacks(lines):
    """Every sample's functions, outermost first."""
    frames = []
    for line in lines:
        if not line.strip():
            if frames:
                yield list(reversed(frames))
            frames = []
        elif line[0] in " \t":
            match = re.match(r"\s+([0-9a-f]+) (.*) \(([^)]*)\)\s*$", line)
            if match:
                name = re.sub(r"\+0x[0-9a-f]+$", "", match[2])
                home = match[3].rsplit("/", 1)[-1]
                frames.append(f"in {home}" if name == "[unknown]" else name)
    if frames:
        yield list(reversed(frames))


def readable(names):
    """Swift's mangled names in words, as far as the toolchain can."""
    mangled = [name for name in names if name.startswith(("$s", "$S"))]
    if not mangled:
        return {}
    try:
        answer = subprocess.run(
            ["swift", "demangle", "--compact", "--simplified"], input="\n".join(mangled), text=True,
            capture_output=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return {}
    return dict(zip(mangled, answer))


class Node:
    def __init__(self):
        self.count = 0
        self.children = {}


def tree(samples):
    root = Node()
    for sample in samples:
        node = root
        node.count += 1
        for name in sample:
            node = node.children.setdefault(name, Node())
            node.count += 1
    return root


def color(name):
    if name.startswith(("sgemm", "dgemm", "strmm", "dtrmm", "ssyrk", "dsyrk")):
        return "#4c8c5a"
    if name.startswith("lowrank_"):
        return "#c8743c"
    if name.startswith(("s", "d")) and name.endswith("_") or name.startswith("dlas"):
        return "#5878a8"
    return "#8a8f98"


def draw(root, words, path):
    depth = 0
    boxes = []

    def place(node, left, level):
        nonlocal depth
        depth = max(depth, level)
        for name, child in sorted(node.children.items(), key=lambda item: -item[1].count):
            width = WIDTH * child.count / root.count
            if width >= NARROWEST:
                boxes.append((left, level, width, name, child.count))
                place(child, left, level + 1)
            left += width

    place(root, 0, 0)
    height = (depth + 1) * ROW + 8
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" '
           f'font-size="11"><rect width="100%" height="100%" fill="#ffffff"/>']
    for left, level, width, name, count in boxes:
        y = height - (level + 1) * ROW - 4
        label = words.get(name, name)
        share = f"{100 * count / root.count:.1f} %"
        out.append(f'<g><title>{html.escape(label)}: {share}</title><rect x="{left:.2f}" y="{y}" width="{width:.2f}" '
                   f'height="{ROW - 1}" fill="{color(name)}"/>')
        room = int(width / 6.7)
        if room > 3:
            out.append(f'<text x="{left + 3:.2f}" y="{y + 13}" fill="#ffffff">{html.escape(label[:room])}</text>')
        out.append("</g>")
    out.append("</svg>\n")
    with open(path, "w") as file:
        file.write("\n".join(out))


def main():
    samples = [sample for sample in stacks(sys.stdin) if sample]
    if not samples:
        sys.exit("no samples: does perf work here?")
    words = readable({name for sample in samples for name in sample})
    draw(tree(samples), words, sys.argv[1])
    leaves = collections.Counter(sample[-1] for sample in samples)
    print("| function | share of samples |\n|---|---|")
    for name, count in leaves.most_common(15):
        print(f"| `{words.get(name, name)[:90]}` | {100 * count / len(samples):.1f} % |")


main()
