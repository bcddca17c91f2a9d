"""Matches a pasted list of names and numbers with people, for a session that they are to be added to (K11)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.seats import Candidate
from trainer_desk.services.rules.names import sort_name
from trainer_desk.services.rules.pasting import MOST_ENTRIES, Entry, Listed, Neighbours, entries_of, surely
from trainer_desk.services.seats.picker import pick_these
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

PEOPLE, ENROLLMENTS = (Base.metadata.tables[name] for name in ("people", "enrollments"))
IS_HERE = sa.exists().where(
    ENROLLMENTS.c.session_id == sa.bindparam("session_id"),
    ENROLLMENTS.c.person_id == PEOPLE.c.id,
    sa.text("enrollments.state <> 'withdrawn'"),
)
LISTED = sa.select(
    PEOPLE.c.id, PEOPLE.c.employee_no, PEOPLE.c.name, PEOPLE.c.department, PEOPLE.c.active, IS_HERE.label("is_here")
)
NAMED = sa.union(
    LISTED.where(Among(PEOPLE.c.employee_no, "numbers")),
    LISTED.where(Among(PEOPLE.c.sort_name, "names")),
)
"""Two walks along an index each; with OR the database would read everybody."""

EVERYBODY = LISTED.where(PEOPLE.c.active.is_(sa.true()))


class Meant(StrEnum):
    """What is known of an entry of a list."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    HERE = "here"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it was pasted, what is known of it, and who is or may be meant, the likeliest first."""

    text: str
    meant: Meant
    people: tuple[Listed, ...] = ()


def match_pasted(db: Db, session_id: int, text: str) -> list[Line]:
    """Return the entries of a pasted text in their order, each with whom it means (K11).

    Sure are a number, and the exact name of one person. A name that several share and one that is only near are
    doubtful. Whoever is named twice counts once. Raises BadValue `too_many_entries`.
    """
    entries = entries_of(text)
    if len(entries) > MOST_ENTRIES:
        raise BadValue(field="people", value=len(entries), why="too_many_entries", limit=MOST_ENTRIES)
    by_number, by_name = _named(db, session_id, entries)
    found = {entry: surely(entry, by_number, by_name) for entry in entries}
    if not all(found.values()):
        everybody = Neighbours(map(_listed, plain(db).execute(EVERYBODY, {"session_id": session_id})))
    lines, seen = [], set[int]()
    for entry in entries:
        line = _line(entry, found[entry]) if found[entry] else _doubtful(entry, everybody.near(entry))
        if line.meant is Meant.DOUBTFUL or not line.people or line.people[0].person_id not in seen:
            lines.append(line)
        seen.update(one.person_id for one in line.people if line.meant is not Meant.DOUBTFUL)
    return lines


def candidates(db: Db, session_id: int, person_ids: Collection[int], *, now: dt.datetime) -> list[Candidate]:
    """Return people as the picker offers them, in the order given; who has a place meanwhile is left out."""
    found = {one.person_id: one for one in pick_these(db, session_id, person_ids, now=now)}
    return [found[person] for person in person_ids if person in found]


def _named(db: Db, session_id: int, entries: Collection[Entry]) -> tuple[dict[str, Listed], dict[str, list[Listed]]]:
    """Return everybody who is named by number or by exact name, by both."""
    cells = {cell for entry in entries for cell in entry.cells}
    numbers = {form for cell in cells for form in (cell, cell.upper(), cell.lower())}
    names = {name for entry in entries for name in entry.names()}
    asked = {"numbers": sorted(numbers), "names": sorted(names), "session_id": session_id}
    by_number: dict[str, Listed] = {}
    by_name: dict[str, list[Listed]] = defaultdict(list)
    for row in plain(db).execute(NAMED, asked):
        one = _listed(row)
        by_number[one.employee_no.casefold()] = one
        by_name[sort_name(one.name)].append(one)
    return by_number, by_name


def _listed(row: Any) -> Listed:
    return Listed(row.id, row.employee_no, row.name, row.department, bool(row.active), bool(row.is_here))


def _line(entry: Entry, people: list[Listed]) -> Line:
    if len(people) > 1:
        return Line(entry.text, Meant.DOUBTFUL, tuple(people))
    (one,) = people
    if one.is_here:
        return Line(entry.text, Meant.HERE, (one,))
    return Line(entry.text, Meant.SURE if one.active else Meant.INACTIVE, (one,))


def _doubtful(entry: Entry, near: list[Listed]) -> Line:
    return Line(entry.text, Meant.DOUBTFUL if near else Meant.UNKNOWN, tuple(near))
