"""Marks on their way: kept on this computer first, then sent in order, each exactly once (A2, ADR 14)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session
from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DatabaseTrouble, DeskError, NotFound
from trainer_desk.services.orchestration import attending
from trainer_desk.services.people.numbers import find_person, person_ids
from trainer_desk.services.rows.attendance import Deed, Mark
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.outbox import Entry, Outbox

BY_UUID = sa.select(Session.id).where(Session.uuid == sa.bindparam("uuid"))
FOR_GOOD = frozenset({"not_allowed"})
"""Troubles of the database that no waiting ends, by `why`."""

READERS = {"attendance": Attendance, "result": Result}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of the entry that was sent: the change that it became, or why it was set aside.

    `mark` is how a single person is marked now; None for several, and for what had arrived before.
    """

    entry: Entry
    change_id: int | None = None
    mark: Mark | None = None
    refusal: DeskError | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why marks were set aside; of a clash what somebody else marked, who that was and when (UTC)."""

    code: str
    why: str | None = None
    by: str | None = None
    at: dt.datetime | None = None
    mark: Mark | None = None


def carry_out(db: DbSession, deed: Deed, *, actor: str, now: dt.datetime) -> Mark | None:
    """Mark what a deed says; of several people nobody who is marked by now. Raises as `attending.mark` (A2)."""
    session_id = find_by_uuid(db, deed.session)
    if session_id is None:
        raise NotFound(kind="session", key=deed.title or deed.session)
    if deed.seen is None:
        only = set(person_ids(db, deed.people).values())
        attending.mark_rest(db, session_id, deed.fields["attendance"], only=only, actor=actor, now=now)
        return None
    person_id = find_person(db, deed.people[0])
    return attending.mark(db, session_id, person_id, seen=deed.seen, actor=actor, now=now, **deed.fields)


def find_by_uuid(db: Db, uuid: str) -> int | None:
    """Return the id of the session with that uuid, None if this database has none."""
    found = db.execute(BY_UUID, {"uuid": uuid}).scalar_one_or_none()
    return None if found is None else int(found)


def send_next(store: Store, outbox: Outbox, *, actor: str | None = None) -> Written[Sent | None]:
    """Send what waits longest; the value is None when nothing does.

    What is refused is set aside with the reason. Raises DatabaseTrouble when the database cannot take it now: then it
    goes on waiting, under the same key, whether it arrived or not.
    """
    entry = outbox.first()
    if entry is None:
        return Written(None, Changes())
    try:
        done = store.write(entry.label, carry_out, read_deed(entry.payload), actor=actor, key=entry.key)
    except DeskError as error:
        if isinstance(error, DatabaseTrouble) and error.facts.get("why") not in FOR_GOOD:
            raise
        refusal = refusal_of(error)
        outbox.set_aside(entry.id, refusal)
        aside = Entry(entry.id, entry.key, entry.label, entry.payload, refusal)
        return Written(Sent(aside, refusal=error), Changes())
    outbox.remove([entry.id])
    return Written(Sent(entry, done.changes.change_id, done.value), done.changes)


def payload_of(deed: Deed) -> dict[str, Any]:
    """Return a deed as plain JSON values."""
    return asdict(deed)


def read_deed(payload: Mapping[str, Any]) -> Deed:
    """Return the deed that was kept."""
    seen = payload["seen"]
    return Deed(
        session=payload["session"],
        people=tuple(payload["people"]),
        fields=_values(payload["fields"]),
        seen=None if seen is None else Mark(**_values(seen)),
        names=tuple(payload["names"]),
        title=payload["title"],
    )


def refusal_of(error: DeskError) -> dict[str, Any]:
    """Return why something was set aside as plain JSON values: the code, and of a clash by whom, when and what."""
    facts = error.facts
    at, mark, why = facts.get("at"), facts.get("mark"), facts.get("why")
    told: dict[str, Any] = {"code": error.code, "why": why if isinstance(why, str) else None}
    if isinstance(mark, Mark):
        told |= {"by": facts.get("by"), "at": at.isoformat() if isinstance(at, dt.datetime) else None}
        told["mark"] = asdict(mark)
    return told


def read_refusal(plain: Mapping[str, Any]) -> Refusal:
    """Return why something was set aside."""
    at, mark = plain.get("at"), plain.get("mark")
    return Refusal(
        code=plain["code"],
        why=plain.get("why"),
        by=plain.get("by"),
        at=None if at is None else dt.datetime.fromisoformat(at),
        mark=None if mark is None else Mark(**_values(mark)),
    )


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: READERS[name](value) if name in READERS and value is not None else value for name, value in plain.items()
    }
