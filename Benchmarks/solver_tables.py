"""Measured cells as one Markdown document."""

import statistics

from solver_goals import GOALS, reaches, verdict
from solver_workers import short_and_long

TITLES = {"values": "All singular values", "thinSVD": "Thin SVD", "leading": "Leading triplets"}
# The SVDs of which the best is "peer" in the goals.
SVD_PEERS = ("numpy", "scipy", "torch")


def quartiles(values):
    """The lower quartile, the median and the upper one."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    return tuple(statistics.quantiles(values, n=4, method="inclusive"))


def ratios(peer):
    return [theirs / ours for theirs, ours in zip(peer["seconds"], peer["ours"])]


def bidiagonalization_flops(shape):
    """4p²N − 4/3·p³, which is 8/3·p³ when square, or 2p²N + 2p³ after a QR factorization if that is less."""
    p, long = short_and_long(shape)
    return min(4 * p * p * long - 4 / 3 * p**3, 2 * p * p * long + 2 * p**3)


def own_seconds(cell):
    return statistics.median(cell["ours"]["seconds"])


def measures(cell):
    """What goals are judged by."""
    found = {name: quartiles(ratios(peer))[1] for name, peer in cell["peers"].items() if peer.get("seconds")}
    best = [found[name] for name in SVD_PEERS if name in found]
    # The best peer is only known when all of them ran.
    if len(best) == len(SVD_PEERS):
        found["best"] = min(best)
    found["seconds"] = own_seconds(cell)
    found["error"] = cell["ours"]["error"]
    found["width"] = cell["ours"].get("leadingWidth")
    if isinstance(found["width"], str):
        found["width"] = float(found["width"])
    if cell["work"] == "values":
        found["peak"] = bidiagonalization_flops(cell["shape"]) / own_seconds(cell) / cell["gemm"]
    return found


def seconds_text(seconds):
    if seconds < 0.1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s"


def spread(values, form):
    low, middle, high = quartiles(values)
    if len(values) == 1:
        return f"{form(middle)} (once)"
    return f"{form(middle)} ({form(low)}–{form(high)})"


def shape_text(shape):
    return f"{shape[0]}²" if shape[0] == shape[1] else f"{shape[0]} × {shape[1]}"


def megabytes(count):
    return f"{count / 1e6:.3g} MB"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def header(names):
    return row(names) + "\n" + "|---" * len(names) + "|"


def ratio_table(cells, names):
    """Ours, and how many times longer each peer took."""
    work = cells[0]["work"]
    extra = {"values": ["of gemm"], "thinSVD": ["residual, orthogonality"], "leading": ["leading ten"]}[work]
    lines = [header(
        ["matrix", "method", "ours", *names.values(), *extra, "max\\|Δσ\\|/σ₁", "memory", "goal"])]
    for cell in cells:
        ours, found = cell["ours"], measures(cell)
        if work == "values":
            extra = [f"{found['peak']:.0%}"]
        elif work == "thinSVD":
            check = ours.get("check")
            extra = ["–" if check is None else f"{check['residual']:.2g}, {max(check['left'], check['right']):.2g}"]
        else:
            extra = ["–" if found["width"] is None else f"{found['width']:.2%} wide"]
        peers = [
            spread(ratios(peer), lambda r: f"{r:.3g}") if (peer := cell["peers"].get(name, {})).get("seconds") else "–"
            for name in names]
        lines.append(row([
            f"{shape_text(cell['shape'])} {cell['kind']}", ours["method"], spread(ours["seconds"], seconds_text), *peers,
            *extra, f"{found['error']:.1e}", megabytes(ours["extraBytes"]), verdict(cell, found)]))
    return "\n".join(lines)


def peer_table(cells, names):
    """The peers' own medians, peak memory and errors."""
    lines = [header(["matrix", *names.values()])]
    for cell in cells:
        texts = []
        for name in names:
            peer = cell["peers"].get(name, {})
            if peer.get("seconds"):
                texts.append(
                    f"{seconds_text(statistics.median(peer['seconds']))}, {megabytes(peer['extraBytes'])}, "
                    f"{peer['error']:.1e}")
            else:
                texts.append(peer.get("failure", "–"))
        lines.append(row([f"{shape_text(cell['shape'])} {cell['kind']}", *texts]))
    return "\n".join(lines)


def planner_table(cells):
    """What the planner foretold, and what the methods that it did not take would have cost."""
    lines = [header(["work", "matrix", "threads allowed", "taken, threads", "foretold", "took", "memory foretold", "others, times as long"])]
    for cell in cells:
        ours = cell["ours"]
        if ours.get("estimatedSeconds") is None:
            continue
        others = [
            f"{name} {quartiles(ratios(peer))[1]:.3g}" for name, peer in cell["alternatives"].items()
            if peer.get("seconds")]
        lines.append(row([
            f"{cell['work']} {cell['precision']}", f"{shape_text(cell['shape'])} {cell['kind']}", str(cell["threads"]),
            f"{ours['method']}, {ours['threads']}", seconds_text(ours["estimatedSeconds"]), seconds_text(own_seconds(cell)),
            f"{megabytes(ours['estimatedBytes'])}, took {megabytes(ours['extraBytes'])}", ", ".join(others) or "–"]))
    return "\n".join(lines)


def goal_table(cells):
    """Each goal with its worst cell."""
    lines = [header(["goal", "must", "stretch", "worst measured", "verdict"])]
    for goal in GOALS:
        found = [(cell, measures(cell)) for cell in cells if goal.applies(cell)]
        judged = [(cell, one) for cell, one in found if reaches(goal.must, one) is not None]
        limits = {**goal.stretch, **goal.must}
        worst = []
        for name in limits:
            known = [(one[name], cell) for cell, one in judged if one.get(name) is not None]
            if known:
                pick = max if name in ("seconds", "width", "error") else min
                value, cell = pick(known, key=lambda pair: pair[0])
                worst.append(f"{name} {value:.3g} ({shape_text(cell['shape'])} {cell['kind']})")
        missed = [cell for cell, one in judged if reaches(goal.must, one)]
        if not judged:
            word = "not measured"
        elif missed:
            word = f"**missed** in {len(missed)} of {len(judged)}"
        else:
            stretched = goal.stretch and not any(reaches(goal.stretch, one) for _, one in judged)
            word = f"{'stretch' if stretched else 'met'} in all {len(judged)}"
        text = lambda some: ", ".join(f"{name} {limit:.3g}" for name, limit in some.items()) or "–"
        lines.append(row([goal.text, text(goal.must), text(goal.stretch), "; ".join(worst) or "–", word]))
    return "\n".join(lines)


def document(results, names):
    """All of it."""
    cells = list(results["cells"].values())
    parts = ["# Solvers beside their peers\n", "\n".join(results["machine"]) + "\n"]
    parts.append(
        "Every matrix is the same bytes in memory for all, column by column. Ours and a peer take turns; a figure beside a "
        "peer is how many times longer it took than ours beside it, the median of the pairs with its quartiles. Memory is "
        "the peak beside what was resident before, the matrix not counted. Errors are against LAPACK in f64 on the same "
        "entries; residual and orthogonality are LAPACK's test ratios, which should be below 50. “Of gemm”: the flops of "
        "a bidiagonalization (8/3·p³ when square) a second, as a share of a matrix product's measured at the same time.\n")
    if not cells:
        return "\n".join(parts)
    disturbed = max(cells, key=lambda cell: cell["bystanders"])
    parts.append(
        f"Other processes took {disturbed['bystanders']:.0%} of the machine at the worst, "
        f"{statistics.median(cell['bystanders'] for cell in cells):.0%} in the median cell.\n")
    parts.append("## Goals\n\n" + goal_table(cells) + "\n")
    for work, title in TITLES.items():
        for precision in ("f32", "f64"):
            for threads in sorted({cell["threads"] for cell in cells}):
                some = [c for c in cells if (c["work"], c["precision"], c["threads"]) == (work, precision, threads)]
                if not some:
                    continue
                count = "one thread" if threads == 1 else f"{threads} threads"
                peak = statistics.median(cell["gemm"] for cell in some) / 1e9
                rank = f", k = {some[0]['rank']}, ours from a subspace of {some[0]['subspace']}" if work == "leading" else ""
                shown = {n: names[work][n] for n in names[work] if any(n in cell["peers"] for cell in some)}
                parts.append(f"## {title}{rank}, {precision}, {count} (gemm {peak:.0f} GF/s)\n")
                parts.append(ratio_table(some, shown) + "\n")
                parts.append("The peers' medians, memory and errors:\n\n" + peer_table(some, shown) + "\n")
    parts.append("## The planner\n\n" + planner_table(cells) + "\n")
    return "\n".join(parts)
