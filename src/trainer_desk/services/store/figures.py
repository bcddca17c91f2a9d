"""Counts how long questions and writes take, and tells the log now and then: what an operator asks first (O6)."""

import logging
import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOG = logging.getLogger(__name__)

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
"""Milliseconds: what took no longer than one of them, and longer than the one before, is counted there."""

EVERY = 600.0
"""Seconds between two lines of the log."""

WORD = "figures:"


class Figures:
    """How often what took how long, by kind (`read`, `write`, `refresh`); every thread may add to it."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._lock = threading.Lock()
        self._counts: dict[str, Counter[int]] = defaultdict(Counter)
        self._told = tick()

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """Count how long what is inside takes, whether it succeeds or not."""
        begun = self._tick()
        try:
            yield
        finally:
            self.add(kind, self._tick() - begun)

    def add(self, kind: str, seconds: float) -> None:
        """Count one more of a kind, and tell the log if it was told nothing for EVERY seconds."""
        step = STEPS[min(bisect_left(STEPS, seconds * 1000), len(STEPS) - 1)]
        with self._lock:
            self._counts[kind][step] += 1
            is_due = self._tick() - self._told > EVERY
        if is_due:
            self.tell()

    def tell(self) -> None:
        """Write into the log what was counted since it was told last, if there was anything."""
        with self._lock:
            counts, self._counts = self._counts, defaultdict(Counter)
            self._told = self._tick()
        if counts:
            LOG.info("%s %s", WORD, line_of(counts))


def line_of(counts: dict[str, Counter[int]]) -> str:
    """Return `read 1=50 2=3; write 20=4`: how many took no longer than so many milliseconds."""
    parts = (
        " ".join([kind, *(f"{step}={number}" for step, number in sorted(counted.items()))])
        for kind, counted in sorted(counts.items())
    )
    return "; ".join(parts)


def read_line(line: str) -> dict[str, Counter[int]]:
    """Return what such a line says. Raises ValueError for any other."""
    found: dict[str, Counter[int]] = {}
    for part in line.split("; "):
        kind, *steps = part.split()
        pairs = (step.split("=") for step in steps)
        found[kind] = Counter({int(step): int(number) for step, number in pairs})
    return found


def share(counted: Counter[int], part: float) -> int | None:
    """Return within how many milliseconds that part of all was done, None where nothing was."""
    wanted, done = part * counted.total(), 0
    for step in sorted(counted):
        done += counted[step]
        if done >= wanted:
            return step
    return None
