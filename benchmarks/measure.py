"""Timing two things in turn, so that a machine whose speed drifts does not decide between them."""

import hashlib
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Beside:
    """What was measured: medians in seconds over `runs` pairs, and the median of the pairs' ratios."""

    name: str
    ours: float
    floor_name: str
    floor: float
    ratio: float
    runs: int

    def line(self) -> str:
        """One printed line."""
        return (
            f"{self.name:<58} {self.ours * 1000:9.1f} ms   {self.floor_name:<44} {self.floor * 1000:9.1f} ms   "
            f"ratio {self.ratio:6.2f}   ({self.runs} pairs)"
        )


def seconds(work: Work) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def beside(name: str, ours: Work, floor_name: str, floor: Work, *, runs: int = 7) -> Beside:
    """Measure ours and the floor in turn, after one call of each that is not counted."""
    ours(), floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    return Beside(
        name,
        statistics.median(mine for mine, _ in pairs),
        floor_name,
        statistics.median(bare for _, bare in pairs),
        statistics.median(mine / bare for mine, bare in pairs),
        runs,
    )


def reference_loop() -> None:
    """A fixed amount of work that says how fast the machine is: SHA-256 of 64 MiB."""
    digest, piece = hashlib.sha256(), bytes(1024 * 1024)
    for _ in range(64):
        digest.update(piece)
