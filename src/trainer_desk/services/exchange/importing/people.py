"""Imports people: 100,000 at once as easily as one, with their emergency contacts and all derived sort keys."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import FEW, Job, complete, ids_of
from trainer_desk.services.orchestration.retiring import give_up_places
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.contacts import differing
from trainer_desk.services.people.intakes import follow_people
from trainer_desk.services.people.search_index import search_index_at_once
from trainer_desk.services.rules.names import person_keys
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.bulk import stored_form, upsert

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

Stored = dict[str, tuple[Any, ...]]
"""What is stored of people, in the order of `_STORED` and in the driver's form, by number."""


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change people; only what differs is written, all of it with one statement.

    Compliance follows for whoever starts, comes back, leaves, takes another place or has another name. Whoever leaves
    gives up every coming place (N3).
    """
    stored = _stored(db, rows)
    rows = [row for row in rows if row.key in stored or complete(row, job)]
    contacts = _changed_contacts(db, rows)
    waiting, moved = _differing(db, rows, stored, job)
    with search_index_at_once(db, len(waiting)):
        upsert(db, PEOPLE, _WRITTEN, ("employee_no",), waiting, job.step)
    _write_contacts(db, rows, contacts)
    _file_intakes(db, waiting, stored, job)
    recompute(db, people=set(ids_of(db, PEOPLE.c.employee_no, PEOPLE.c.id, moved).values()))
    _let_go(db, [row for row in rows if row.key in stored and _leaves(row, stored[row.key])], job)
    written = {values[0] for values in waiting}
    touched = {*written, *contacts}
    job.report.added += len(written - stored.keys())
    job.report.updated += len(touched & stored.keys())
    job.report.unchanged += len(rows) - len(touched)


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
        ids = ids_of(db, PEOPLE.c.employee_no, PEOPLE.c.id, told).values()
        follow_people(db, list(ids), actor=job.actor, now=job.now)


def _leaves(row: Row, known: tuple[Any, ...]) -> bool:
    return bool(known[_ACTIVE]) and row.get("active") is False


def _let_go(db: DbSession, leavers: Sequence[Row], job: Job) -> None:
    ids = ids_of(db, PEOPLE.c.employee_no, PEOPLE.c.id, {row.key for row in leavers}) if leavers else {}
    given_up = give_up_places(db, ids.values(), actor=job.actor, now=job.now) if ids else {}
    for row in leavers:
        refs = given_up.get(ids[row.key], ())
        if refs:
            job.warn("places_given_up", row, n=len(refs), sessions=", ".join(refs))


def _is_placed_anew(values: tuple[Any, ...], known: tuple[Any, ...] | None) -> bool:
    """Whether somebody takes up a place: new, back again, or with another job role, department or site."""
    if not values[_ACTIVE]:
        return False
    return known is None or not known[_ACTIVE] or any(values[n] != known[n] for n in _PLACE)


def _stored(db: DbSession, rows: Sequence[Row]) -> Stored:
    query = sa.select(*(PEOPLE.c[name] for name in _STORED))
    if len(rows) <= FEW:
        query = query.where(PEOPLE.c.employee_no.in_([row.key for row in rows]))
        form = stored_form(db)
        return {found[0]: tuple(form(value) for value in found) for found in db.execute(query)}
    # Straight from the driver: a hundred thousand rows need no converting to be compared.
    found = db.connection().exec_driver_sql(f"SELECT {', '.join(_STORED)} FROM people")
    return {row[0]: tuple(row) for row in found}


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
    ids = ids_of(db, PEOPLE.c.employee_no, PEOPLE.c.id, changed)
    given = _given_contacts(rows)
    values = [(ids[row.key], *(row.values[column] for column, _name in given)) for row in rows if row.key in changed]
    columns = ("person_id", *(name for _column, name in given))
    upsert(db, _CONTACTS, columns, ("person_id",), values, is_readable=False)
