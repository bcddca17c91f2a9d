"""Hours that stretch where words need room: the time axis of a week plan, so that nothing in it is cut; no Qt."""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

Need = tuple[float, float, float]
"""From minute to minute, and the height that must lie between them."""
TRIES = 24


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the minutes of a day lie: between two of `minutes` they lie evenly."""

    minutes: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def height(self) -> float:
        """How high it is."""
        return self.places[-1]

    def y_of(self, minute: float) -> float:
        """Return where a minute lies; what is outside of the axis lies at its end."""
        minute = min(max(minute, self.minutes[0]), self.minutes[-1])
        place = max(1, bisect_left(self.minutes, minute))
        first, last = self.minutes[place - 1], self.minutes[place]
        top, bottom = self.places[place - 1], self.places[place]
        return top + (bottom - top) * (minute - first) / (last - first)


def fitted(opens: int, closes: int, needs: Sequence[Need], *, least: float, room: float) -> Axis:
    """Return the axis from `opens` to `closes` (minutes) that fills `room`, or the lowest one, which is higher.

    An hour is never lower than `least`; every need is met.
    """
    low, high = least / 60, room / (closes - opens)
    best = stretched(opens, closes, needs, max(low, min(low, high)))
    if best.height >= room:
        return best
    for _try in range(TRIES):
        middle = (low + high) / 2
        tried = stretched(opens, closes, needs, middle)
        if tried.height <= room:
            best, low = tried, middle
        else:
            high = middle
    return best


def stretched(opens: int, closes: int, needs: Sequence[Need], minute: float) -> Axis:
    """Return the axis on which a minute is at least so high, and every need is met, the shortest first."""
    marks = sorted({opens, closes, *range(-(-opens // 60) * 60, closes, 60), *_ends(needs, opens, closes)})
    heights = [(last - first) * minute for first, last in itertools.pairwise(marks)]
    index = {mark: place for place, mark in enumerate(marks)}
    for start, end, wanted in sorted(needs, key=lambda need: (need[1] - need[0], need)):
        first, last = index[max(start, opens)], index[min(end, closes)]
        lacking = wanted - sum(heights[first:last])
        if lacking > 0:
            whole = marks[last] - marks[first]
            for place in range(first, last):
                heights[place] += lacking * (marks[place + 1] - marks[place]) / whole
    places = [0.0]
    for height in heights:
        places.append(places[-1] + height)
    return Axis(tuple(float(mark) for mark in marks), tuple(places))


def _ends(needs: Sequence[Need], opens: int, closes: int) -> set[float]:
    return {min(max(minute, opens), closes) for start, end, _height in needs for minute in (start, end)}
