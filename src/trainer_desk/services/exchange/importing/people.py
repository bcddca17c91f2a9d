"""Imports people: 100,000 at once as easily as one, with their emergency contacts and all derived sort keys."""

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, chunks, complete
from trainer_desk.services.exchange.importing.kept import ROWS_IN_MEMORY, Kept
from trainer_desk.services.orchestration.retiring import give_up_places
from trainer_desk.services.people.compliance import recompute_many
from trainer_desk.services.people.contacts import differing
from trainer_desk.services.people.intakes import follow_people
from trainer_desk.services.people.search_index import search_index_at_once
from trainer_desk.services.rules.names import person_keys
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.bulk import stored_form, upsert
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

LAYOUT = Layout(
    (
        Column("employee_no", cells.code, required=True),
        Column("name", cells.name, required=True),
        Column("department", cells.line, ""),
        Column("site", cells.line, ""),
        Column("job_role", cells.line, ""),
        Column("manager_no", cells.code),
        Column("email", cells.line),
        Column("phone", cells.line),
        Column("active", cells.flag, True),
        Column("emergency_contact_name", cells.line),
        Column("emergency_contact_phone", cells.line),
        Column("intake_on", cells.day),
    ),
    key=("employee_no",),
)

PEOPLE = Base.metadata.tables["people"]
_CONTACTS = Base.metadata.tables["contacts"]
_PLAIN = (
    "employee_no", "name", "department", "site", "job_role", "manager_no", "email", "phone", "intake_on", "active",
)  # fmt: skip
_STORED = (*_PLAIN, "placed_on")
_WRITTEN = (*_STORED, "search", "sort_name", "created_at", "updated_at")
_CONVERTED = (_PLAIN.index("active"), _PLAIN.index("intake_on"))
"""Where the values stand that the driver stores in another form."""
_INTAKE = _PLAIN.index("intake_on")
_NAME, _ACTIVE = _PLAIN.index("name"), _PLAIN.index("active")
_PLACE = tuple(_PLAIN.index(name) for name in ("department", "site", "job_role"))
_FOLLOWED = (_NAME, _ACTIVE, *_PLACE)
"""Where the values stand by which rules ask for courses, and all that compliance follows (N1)."""
_NEW = {"department": "", "site": "", "job_role": "", "active": True}
_CONTACT_COLUMNS = {"emergency_contact_name": "name", "emergency_contact_phone": "phone"}

AT_ONCE = 5_000
"""So many rows are written with one statement; of a longer file no more are in memory."""
_BY_NUMBER = sa.select(*(PEOPLE.c[name] for name in _STORED)).where(Among(PEOPLE.c.employee_no, "numbers"))
_IDS = sa.select(PEOPLE.c.employee_no, PEOPLE.c.id).where(Among(PEOPLE.c.employee_no, "numbers"))

Stored = dict[str, tuple[Any, ...]]
"""What is stored of people, in the order of `_STORED` and in the driver's form, by number."""

Leaver = tuple[int, int, str]
"""Somebody who is not active any longer: the id, the line of the file and the number."""


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change people; only what differs is written, some thousand with one statement.

    Compliance follows for whoever starts, comes back, leaves, takes another place or has another name. Whoever leaves
    gives up every coming place (N3).
    """
    moved, leavers = array("q"), Kept[Leaver](ROWS_IN_MEMORY)
    with search_index_at_once(db, len(rows)):
        for number, chunk in enumerate(chunks(rows, AT_ONCE)):
            some = replace(job, step=partial(_step_on, job.step, number * AT_ONCE))
            ids, leaving = _write_some(db, chunk, some)
            moved.extend(ids)
            for one in leaving:
                leavers.append(one)
    recompute_many(db, moved)
    _let_go(db, leavers, job)


def _step_on(step: Callable[[int], None], before: int, done: int) -> None:
    step(before + done)


def _write_some(db: DbSession, rows: Sequence[Row], job: Job) -> tuple[list[int], list[Leaver]]:
    """Write some of the rows; return the ids of those whose compliance may change, and who leaves."""
    stored = _stored(db, rows)
    rows = [row for row in rows if row.key in stored or complete(row, job)]
    contacts = _changed_contacts(db, rows)
    waiting, moved = _differing(db, rows, stored, job)
    upsert(db, PEOPLE, _WRITTEN, ("employee_no",), waiting, job.step)
    _write_contacts(db, rows, contacts)
    _file_intakes(db, waiting, stored, job)
    written = {values[0] for values in waiting}
    touched = {*written, *contacts}
    job.report.added += len(written - stored.keys())
    job.report.updated += len(touched & stored.keys())
    job.report.unchanged += len(rows) - len(touched)
    return list(people_ids(db, moved).values()), _leavers(db, rows, stored)


def _differing(db: DbSession, rows: Sequence[Row], stored: Stored, job: Job) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Return the rows to write, in the order of `_WRITTEN`, and the numbers of those whose compliance may change."""
    form = stored_form(db)
    blank = tuple(form(_NEW.get(name)) for name in _STORED)
    at, today = form(job.now), form(local(job.now, job.zone).date())
    waiting: list[tuple[Any, ...]] = []
    moved: list[str] = []
    for row in rows:
        known = stored.get(row.key)
        given = row.values
        taken: list[Any] = list(map(given.get, _PLAIN, known or blank))
        for place in _CONVERTED:
            taken[place] = form(taken[place])
        values = tuple(taken)
        if known and values == known[:-1]:
            continue
        placed_on = today if _is_placed_anew(values, known) else known and known[-1]
        search, sorted_by = person_keys(values[0], values[1], values[2])
        waiting.append((*values, placed_on, search, sorted_by, at, at))
        if not known or placed_on != known[-1] or any(values[n] != known[n] for n in _FOLLOWED):
            moved.append(row.key)
    return waiting, moved


def _file_intakes(db: DbSession, written: Sequence[tuple[Any, ...]], stored: Stored, job: Job) -> None:
    """Make the intakes of those people agree for whom another day of an intake was told (K12)."""
    told = [row[0] for row in written if row[_INTAKE] != (stored[row[0]][_INTAKE] if row[0] in stored else None)]
    if told:
        ids = people_ids(db, told).values()
        follow_people(db, list(ids), actor=job.actor, now=job.now)


def _leavers(db: DbSession, rows: Sequence[Row], stored: Stored) -> list[Leaver]:
    leaving = [row for row in rows if row.get("active") is False and row.key in stored and stored[row.key][_ACTIVE]]
    ids = people_ids(db, [row.key for row in leaving])
    return [(ids[row.key], row.line, row.key) for row in leaving]


def _let_go(db: DbSession, leavers: Sequence[Leaver], job: Job) -> None:
    """Let whoever leaves give up every coming place; all of them at once, so that no seat goes on to one of them."""
    ids = array("q", (person_id for person_id, _line, _number in leavers))
    given_up = give_up_places(db, ids, actor=job.actor, now=job.now) if ids else {}
    for person_id, line, number in leavers if given_up else ():
        refs = given_up.get(person_id, ())
        if refs:
            job.report.warn("places_given_up", row=line, ref=number, n=len(refs), sessions=", ".join(refs))


def _is_placed_anew(values: tuple[Any, ...], known: tuple[Any, ...] | None) -> bool:
    """Whether somebody takes up a place: new, back again, or with another job role, department or site."""
    if not values[_ACTIVE]:
        return False
    return known is None or not known[_ACTIVE] or any(values[n] != known[n] for n in _PLACE)


def _stored(db: DbSession, rows: Sequence[Row]) -> Stored:
    form = stored_form(db)
    found = plain(db).execute(_BY_NUMBER, {"numbers": [row.key for row in rows]})
    return {row[0]: tuple([form(value) for value in row]) for row in found}


def people_ids(db: Db, numbers: Collection[str]) -> dict[str, int]:
    """Return the ids of those of these numbers who are there."""
    found: dict[str, int] = {}
    for some in chunks(list(numbers), AT_ONCE):
        found.update(plain(db).execute(_IDS, {"numbers": some}).all())
    return found


def _changed_contacts(db: DbSession, rows: Sequence[Row]) -> set[str]:
    """Return the numbers of those whose emergency contact differs from what is stored, in a column that is given."""
    changed: set[str] = set()
    for column, name in _given_contacts(rows):
        changed |= differing(db, name, {row.key: row.values[column] for row in rows})
    return changed


def _given_contacts(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the columns of contacts that the file has, with what they are called here; all rows have the same."""
    return [(column, name) for column, name in _CONTACT_COLUMNS.items() if rows and column in rows[0].values]


def _write_contacts(db: DbSession, rows: Sequence[Row], changed: Collection[str]) -> None:
    """Write the given columns of those contacts; what is not given stays."""
    ids = people_ids(db, changed)
    given = _given_contacts(rows)
    values = [(ids[row.key], *(row.values[column] for column, _name in given)) for row in rows if row.key in changed]
    columns = ("person_id", *(name for _column, name in given))
    upsert(db, _CONTACTS, columns, ("person_id",), values, is_readable=False)
