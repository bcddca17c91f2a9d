"""What lists and panels of the catalogue are made of: things with their values, the question of a list, its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Thing:
    """One person, course, trainer or venue; `key` is its code or number.

    `values` go by the columns of its import, other things by their codes; `notes` hold what is only shown.
    """

    id: int
    key: str
    name: str
    version: int
    active: bool
    values: Mapping[str, Any]
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows and in which order; `chosen` narrows it to values of columns.

    `after` continues a list that came in pages by what its last page said; `day` is the one that people are judged on.
    """

    search: str = ""
    sort: str = ""
    descending: bool = False
    retired: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    after: Any = None
    day: date | None = None
    at: datetime | None = None
    """The instant (UTC) as of which what is still to come is counted; None: it is not."""


@dataclass(frozen=True, slots=True)
class Found:
    """The things that a list shows; `after` asks for the next page, None at the end.

    `total` counts all that pass, on every page; None: not counted.
    """

    things: tuple[Thing, ...]
    total: int | None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that can be referred to: its code, what it is called, and whether it is still in use."""

    code: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A qualification of a trainer: the course by code and title, the first and the last valid day (None: open).

    Without an `id` it is not given yet.
    """

    code: str
    title: str
    valid_from: date | None = None
    valid_until: date | None = None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ToSee:
    """Something on the checklist of a course, due so many days before each session's start (S12)."""

    id: int
    words: str
    days_before: int
