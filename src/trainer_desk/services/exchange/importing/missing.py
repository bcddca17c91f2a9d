"""Whoever is not in a file of the whole staff has left: deactivated, with every coming place given up (X2, N3)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.errors import BadValue, Stale
from trainer_desk.services.exchange.importing.columns import ReadRows
from trainer_desk.services.exchange.importing.job import Job
from trainer_desk.services.exchange.importing.report import Missing
from trainer_desk.services.orchestration.retiring import give_up_places
from trainer_desk.services.people.compliance import recompute_many
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

_PEOPLE = Base.metadata.tables["people"]
_IN_USE = (
    sa.select(_PEOPLE.c.id, _PEOPLE.c.employee_no, _PEOPLE.c.name)
    .where(_PEOPLE.c.active.is_(sa.true()), _PEOPLE.c.id > sa.bindparam("after"))
    .order_by(_PEOPLE.c.id)
    .limit(5_000)
)
Who = tuple[int, str, str]
"""Id, number and name."""


def deactivate_missing(db: DbSession, read: ReadRows, agreement: str | None, job: Job) -> None:
    """Deactivate everybody in use whose number does not stand in the file; a refused row keeps its person.

    Raises BadValue where the file has no rows, or rows without a number, so that nobody can tell who is missing, and
    Stale if these are other people than those that were agreed to.
    """
    report = job.report
    if not report.rows:
        raise BadValue(field="file", value="", why="staff_is_empty")
    if read.nameless:
        raise BadValue(field="file", value=str(read.nameless), why="staff_without_numbers")
    missing = [who for who in _in_use(db) if (who[1],) not in read.keys]
    report.agreement = sha256("\n".join(sorted(number for _id, number, _name in missing)).encode()).hexdigest()
    if agreement is not None and agreement != report.agreement:
        raise Stale(why="changed_since", by=None, at=None)
    ids = [who[0] for who in missing]
    places = give_up_places(db, ids, actor=job.actor, now=job.now) if ids else {}
    for person_id, number, name in missing:
        report.missing.append(Missing(number, name, places.get(person_id, ())))
    _take_out_of_use(db, ids, job.now)


def _in_use(db: Db) -> Iterator[Who]:
    after = 0
    while rows := plain(db).execute(_IN_USE, {"after": after}).all():
        yield from ((row.id, row.employee_no, row.name) for row in rows)
        after = rows[-1].id


def _take_out_of_use(db: DbSession, ids: Sequence[int], now: dt.datetime) -> None:
    statement = sa.update(_PEOPLE).where(Among(_PEOPLE.c.id, "ids"))
    statement = statement.values(active=False, version=_PEOPLE.c.version + 1, updated_at=now)
    if ids:
        db.connection().execute(statement, {"ids": list(ids)})
        recompute_many(db, ids)
