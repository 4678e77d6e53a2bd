"""What the project wants of its solvers, and whether a measured cell reaches it.

Ratios are peer / ours, medians of pairs: more is better. "best" is the soonest of NumPy's, SciPy's and PyTorch's SVD,
"gram" NumPy's eigvalsh of the Gram matrix, "peak" the share of gemm's speed by the flops of a bidiagonalization. Of
seconds, width (of the leading ten certified intervals, relative) and error (max |Δσ| / σ₁) less is better.
"""

from dataclasses import dataclass, field
from typing import Optional

LESS_IS_BETTER = {"seconds", "width", "error"}


@dataclass
class Goal:
    text: str
    work: str
    must: dict
    stretch: dict = field(default_factory=dict)
    precision: Optional[str] = None
    threads: Optional[str] = None  # "one" or "all"
    shape: Optional[tuple] = None
    kind: Optional[str] = None
    # The least and the first too large long/short.
    aspects: tuple = (1, float("inf"))

    def applies(self, cell):
        aspect = max(cell["shape"]) / min(cell["shape"])
        return (
            self.work == cell["work"]
            and self.precision in (None, cell["precision"])
            and (self.threads is None or (self.threads == "one") == (cell["threads"] == 1))
            and self.shape in (None, tuple(cell["shape"]))
            and self.kind in (None, cell["kind"])
            and self.aspects[0] <= aspect < self.aspects[1]
        )


LARGEST = (4096, 4096)
GOALS = [
    Goal("values, f32, one thread, every shape", "values", precision="f32", threads="one",
         must={"numpy": 2.5, "torch": 1.7, "scipy": 1.25, "gram": 1 / 1.1}, stretch={"scipy": 1.5, "gram": 1}),
    Goal("values, f32, one thread, 4096²", "values", precision="f32", threads="one", shape=LARGEST,
         must={"numpy": 6, "torch": 3.5, "scipy": 2.5}, stretch={"numpy": 8, "torch": 5, "scipy": 3.5, "peak": 0.6}),
    Goal("values, f32, all cores, 4096²", "values", precision="f32", threads="all", shape=LARGEST,
         must={"numpy": 5, "torch": 2.5, "scipy": 2.2}, stretch={"numpy": 8, "torch": 4, "scipy": 3.5}),
    Goal("values, f64, every shape", "values", precision="f64", must={"best": 1.1}, stretch={"best": 1.5}),
    Goal("values, f64, 4096²", "values", precision="f64", shape=LARGEST, must={"numpy": 3}),
    Goal("thin SVD, f32, long/short ≥ 1.5", "thinSVD", precision="f32", aspects=(1.5, float("inf")),
         must={"best": 1.5}),
    Goal("thin SVD, f32, long/short < 1.5", "thinSVD", precision="f32", aspects=(1, 1.5), must={"best": 1},
         stretch={"best": 1.5}),
    Goal("first certified spectrum, f32, one thread, 4096², k = 64", "leading", precision="f32", threads="one",
         shape=LARGEST, must={"seconds": 0.8}, stretch={"seconds": 0.4}),
    Goal("… leading ten, decaying", "leading", precision="f32", shape=LARGEST, kind="decaying", must={"width": 0.01}),
    Goal("… leading ten, flat", "leading", precision="f32", shape=LARGEST, kind="flat", must={"width": 0.05}),
    Goal("accuracy of values, f32", "values", precision="f32", must={"error": 4e-7}),
]


def reaches(limits, measures):
    """None where nothing of it was measured, else the list of what misses its limit."""
    known = {name: limit for name, limit in limits.items() if measures.get(name) is not None}
    if not known:
        return None
    return [
        f"{name} {measures[name]:.3g} {'>' if name in LESS_IS_BETTER else '<'} {limit:.3g}"
        for name, limit in known.items()
        if (measures[name] > limit if name in LESS_IS_BETTER else measures[name] < limit)
    ]


def verdict(cell, measures):
    """One word on a cell: stretch, met, or what was missed; empty where there is no goal for it."""
    goals = [goal for goal in GOALS if goal.applies(cell)]
    judged = [missed for goal in goals if (missed := reaches(goal.must, measures)) is not None]
    if not judged:
        return "–"
    missed = [text for one in judged for text in one]
    if missed:
        return "**missed**: " + ", ".join(missed)
    stretch = [missed for goal in goals if goal.stretch and (missed := reaches(goal.stretch, measures)) is not None]
    return "stretch" if stretch and not any(stretch) else "met"
