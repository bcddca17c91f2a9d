"""Things by name that are made when they are first asked for."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class WhenWanted(dict[str, T]):
    """Holds what was made already; `[name]` makes what was not."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> T:
        made = self[name] = self._make(name)
        return made
