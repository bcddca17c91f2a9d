"""What training is needed, by course, site and month, and what is planned for it already (D4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SITE = "site"
"""Under this key a draft that has no venue yet says in its metadata for which site it is."""


@dataclass(frozen=True, slots=True)
class DemandCell:
    """One month: `people` who need a place by its end, `planned` places that serve them, `sessions` to add."""

    people: int = 0
    planned: int = 0
    sessions: int = 0

    @property
    def short(self) -> int:
        """How many people no planned place serves."""
        return self.people - self.planned


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A course at a site (empty: people without one), by month; a session of it usually seats `size`."""

    course_id: int
    course_code: str
    title: str
    site: str
    size: int
    cells: tuple[DemandCell, ...]

    @property
    def people(self) -> int:
        """How many people need a place in all months."""
        return sum(cell.people for cell in self.cells)

    @property
    def sessions(self) -> int:
        """How many sessions are to be added in all months."""
        return sum(cell.sessions for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Demand:
    """As of `today`: `months` are their first days; whoever is not compliant today is needed in the first of them."""

    today: date
    months: tuple[date, ...]
    lines: tuple[DemandLine, ...]


@dataclass(frozen=True, slots=True)
class RunWish:
    """A run of drafts to make: so many sessions of a course that seat `size` each, for a site, within some days."""

    course_id: int
    course_code: str
    title: str
    site: str
    size: int
    sessions: int
    first: date
    last: date


Places = Sequence[tuple[str | None, int, int]]
"""Planned sessions of a course: the site (None: any), the place of the month, free places."""
