"""The arithmetic of an axis: round steps, and where labels go that must not overlap; no Qt."""

from collections.abc import Sequence
from math import ceil, floor, log10

HOUR = 60


def ticks(top: float, most: int = 5, *, of_minutes: bool = False) -> list[float]:
    """Return round values from 0 to the first that is not below `top`, in `most` steps at most; minutes in hours."""
    unit = HOUR if of_minutes else 1
    wanted = max(top / unit, 1e-9) / most
    power = 10 ** floor(log10(wanted))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= wanted * (1 - 1e-9))
    count = max(1, ceil(top / unit / step - 1e-9))
    return [number * step * unit for number in range(count + 1)]


def whole_ticks(top: float, most: int = 5) -> list[float]:
    """Return the same of what is counted: never a part of one."""
    found = ticks(top, most)
    return found if found[1] >= 1 and found[1] == int(found[1]) else [float(n) for n in range(max(1, ceil(top)) + 1)]


def every(width: float, count: int, widest: float) -> int:
    """Return every how manieth of `count` labels on a width can be shown without touching the next."""
    return max(1, ceil(widest * count / width)) if width > 0 else count


def spread(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Return places for labels of a height as near as can be to those wanted, each below the one before it."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = list(wanted)
    least = top
    for place in order:
        found[place] = max(wanted[place], least)
        least = found[place] + height
    most = bottom
    for place in reversed(order):
        found[place] = min(found[place], most)
        most = found[place] - height
    return found
