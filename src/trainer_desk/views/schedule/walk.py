"""Which session the arrow keys reach next, and the order in which sessions are read."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.layout import Box, Piece

SHIFTED, ASIDE = 0.2, 200.0
"""What a shifted start, and lying beside the way, count against a session."""


class Direction(Enum):
    """An arrow key as a step in x and y."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def reading_order(cards: Mapping[int, SessionCard], shown: Iterable[int]) -> list[int]:
    """Return the ids of the sessions shown by start, then by ref and id."""
    known = (cards[key] for key in shown)
    dated = [card for card in known if card.starts_at is not None]
    return [card.id for card in sorted(dated, key=lambda card: (card.starts_at, card.ref, card.id))]


def step(pieces: Mapping[int, Sequence[Piece]], current: int, direction: Direction) -> int | None:
    """Return the nearest session in a direction, straight ahead before beside. None at the edge."""
    here = pieces[current][0].box
    best: tuple[float, int] | None = None
    for session_id, found in pieces.items():
        if session_id == current:
            continue
        cost = _cost(here, found[0].box, direction)
        if cost is not None and (best is None or (cost, session_id) < best):
            best = (cost, session_id)
    return None if best is None else best[1]


def between(order: Sequence[int], anchor: int | None, target: int) -> list[int]:
    """Return the sessions from anchor to target in reading order, both included."""
    if anchor not in order or target not in order:
        return [target]
    first, last = sorted((order.index(anchor), order.index(target)))
    return list(order[first : last + 1])


def _cost(here: Box, there: Box, direction: Direction) -> float | None:
    """What begins further on that way is ahead; beside it lies what does not overlap crosswise."""
    x, y = direction.value
    ahead = (there.x - here.x) * x + (there.y - here.y) * y
    if ahead <= 1:
        return None
    if x:
        gap, shifted = max(there.y - here.bottom, here.y - there.bottom), abs(there.y - here.y)
    else:
        gap, shifted = max(there.x - here.right, here.x - there.right), abs(there.x - here.x)
    return ahead + SHIFTED * shifted + (ASIDE + 3 * gap if gap >= 0 else 0.0)
