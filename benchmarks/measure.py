"""Times contenders against each other in interleaved rounds, so that a busy machine slows all of them alike."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]
ROUND_SECONDS = 0.02
"""A contender is called as often as fits into this in each round, at least once."""

BUDGET_SECONDS = 6.0
MOST_ROUNDS, FEWEST_ROUNDS = 31, 5


@dataclass(frozen=True)
class Goal:
    """Something that we do and what it is held against: the same asked of the bare driver, window or painter.

    `at_most` is the ratio to the floor that is allowed, `grows` the ratio to a tenth of the size; None: only printed.
    """

    name: str
    ours: Work
    floor: Work
    at_most: float | None = None
    grows: float | None = None
    floor_is: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the table; milliseconds unless `unit` says otherwise."""

    name: str
    where: str
    ours: float
    floor: float
    ratio: float
    at_most: float | None
    growth: float | None = None
    grows: float | None = None
    floor_is: str = ""
    unit: str = "ms"

    @property
    def verdict(self) -> str:
        """`ok`, `MISSED`, or nothing where there is no goal."""
        if self.at_most is None and self.grows is None:
            return ""
        is_slow = self.at_most is not None and self.ratio > self.at_most
        is_growing = self.grows is not None and self.growth is not None and self.growth > self.grows
        return "MISSED" if is_slow or is_growing else "ok"


def race(works: Sequence[Work], rounds: int | None = None) -> list[list[float]]:
    """Return for each work its milliseconds per call in each round; every round runs all of them in turn."""
    calls = [_calls(work) for work in works]
    if rounds is None:
        slowest = sum(count * seconds for count, seconds in calls)
        rounds = max(FEWEST_ROUNDS, min(MOST_ROUNDS, math.floor(BUDGET_SECONDS / slowest)))
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, (count, _seconds), own in zip(works, calls, times, strict=True):
            begun = time.perf_counter()
            for _ in range(count):
                work()
            own.append((time.perf_counter() - begun) * 1000 / count)
    return times


def _calls(work: Work) -> tuple[int, float]:
    """Warm a work up; return how often to call it in a round, and the seconds of one call."""
    for _ in range(2):
        begun = time.perf_counter()
        work()
        seconds = time.perf_counter() - begun
    return max(1, math.floor(ROUND_SECONDS / max(seconds, 1e-6))), seconds


def line_of(goal: Goal, where: str, tenth: Goal | None = None, rounds: int | None = None) -> Line:
    """Race a goal with its floor, and with itself on a tenth of the size; medians, and the median of the ratios."""
    works = [goal.ours, goal.floor, *([tenth.ours] if tenth else [])]
    ours, floor, *small = race(works, rounds)
    return Line(
        name=goal.name,
        where=where,
        ours=statistics.median(ours),
        floor=statistics.median(floor),
        ratio=middle_ratio(ours, floor),
        at_most=goal.at_most,
        growth=middle_ratio(ours, small[0]) if small else None,
        grows=goal.grows,
        floor_is=goal.floor_is,
    )


def middle_ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """Return the median over the rounds of one's time by the other's."""
    return statistics.median(own / other for own, other in zip(ours, floor, strict=True))


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    head = ("goal", "on", "ours", "floor", "ratio", "goal ≤", "growth", "growth ≤", "", "floor is")
    rows = [head, tuple("-" if name in ("goal", "on", "", "floor is") else "-:" for name in head)]
    rows += [_cells(line) for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("| " + " | ".join(_fitted(cell, width) for cell, width in zip(row, widths, strict=True)) + " |"
                     for row in rows)  # fmt: skip


def _fitted(cell: str, width: int) -> str:
    filled = cell.replace("-:", "-" * (width - 1) + ":") if cell == "-:" else cell.ljust(width)
    return "-" * width if cell == "-" else filled


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.name,
        line.where,
        f"{_number(line.ours)} {line.unit}",
        f"{_number(line.floor)} {line.unit}",
        f"{line.ratio:.2f}",
        _limit(line.at_most),
        "" if line.growth is None else f"{line.growth:.2f}",
        _limit(line.grows),
        line.verdict,
        line.floor_is,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _limit(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
