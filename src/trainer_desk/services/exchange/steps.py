"""How a long work tells how far it is, and is stopped."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

Step = Callable[[int], object]
"""Hears how much is done; what it raises ends the work."""

AT_ONCE = 2_000
"""Rows between two steps."""


def unheard(done: int) -> None:
    """Say nothing: nobody waits for it."""


def portions(rows: Iterable[T], most: int = AT_ONCE) -> Iterator[list[T]]:
    """Yield the rows some thousand at a time."""
    left = iter(rows)
    while some := list(islice(left, most)):
        yield some
