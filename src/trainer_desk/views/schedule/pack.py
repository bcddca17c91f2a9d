"""Side-by-side placing of overlapping intervals: clusters, first-fit columns, widening to the right."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = tuple[float, float, Key]
"""Start, end (half-open, any unit) and key."""


class Slot(NamedTuple):
    """`column` of `columns`, widened over `span` columns."""

    column: int
    span: int
    columns: int


@dataclass(frozen=True, slots=True)
class Hidden(Generic[Key]):
    """Items that found no room: they share one tile from `start` to `end` in the last column."""

    keys: tuple[Key, ...]
    start: float
    end: float
    slot: Slot


def pack(items: Iterable[Item[Key]]) -> dict[Key, Slot]:
    """Place every item beside those that it overlaps; no two overlapping items share a column."""
    return pack_limited(items, None)[0]


def pack_limited(items: Iterable[Item[Key]], limit: int | None) -> tuple[dict[Key, Slot], list[Hidden[Key]]]:
    """Place items in at most `limit` columns (None: as many as it takes).

    A cluster that needs more keeps `limit` columns, the last of which holds tiles for the items left over.
    """
    slots: dict[Key, Slot] = {}
    hidden: list[Hidden[Key]] = []
    for cluster in clusters(items):
        columns = _first_fit(cluster)
        if limit is None or len(columns) <= limit:
            slots.update(_widened(columns, len(columns)))
            continue
        left_over = sorted((item for column in columns[limit - 1 :] for item in column), key=_order)
        groups = list(clusters(left_over))
        tiles: list[Item[Key]] = [(group[0][0], max(i[1] for i in group), group[0][2]) for group in groups]
        placed = _widened([*columns[: limit - 1], tiles], limit)
        for tile, group in zip(tiles, groups, strict=True):
            hidden.append(Hidden(tuple(item[2] for item in group), tile[0], tile[1], placed.pop(tile[2])))
        slots.update(placed)
    return slots, hidden


def widest(items: Iterable[Item[Key]]) -> int:
    """Return how many columns the busiest cluster needs; 0 without items."""
    return max((len(_first_fit(cluster)) for cluster in clusters(items)), default=0)


def clusters(items: Iterable[Item[Key]]) -> Iterable[list[Item[Key]]]:
    """Yield the groups of transitively overlapping items, each sorted by start, the longest first."""
    group: list[Item[Key]] = []
    last = 0.0
    for item in sorted(items, key=_order):
        if group and item[0] >= last:
            yield group
            group = []
        last = max(last, item[1]) if group else item[1]
        group.append(item)
    if group:
        yield group


def _order(item: Item[Key]) -> tuple[float, float, int]:
    return item[0], -item[1], hash(item[2])


def _first_fit(cluster: Sequence[Item[Key]]) -> list[list[Item[Key]]]:
    columns: list[list[Item[Key]]] = []
    for item in cluster:
        free = next((column for column in columns if column[-1][1] <= item[0]), None)
        if free is None:
            columns.append([item])
        else:
            free.append(item)
    return columns


def _widened(columns: Sequence[list[Item[Key]]], total: int) -> dict[Key, Slot]:
    """Let every item grow to the right over the columns that are free for its whole length."""
    slots: dict[Key, Slot] = {}
    for index, column in enumerate(columns):
        for start, end, key in column:
            span = 1
            for other in columns[index + 1 :]:
                if any(a < end and start < b for a, b, _ in other):
                    break
                span += 1
            slots[key] = Slot(index, span, total)
    return slots
