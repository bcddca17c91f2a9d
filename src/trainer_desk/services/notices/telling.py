"""Keeps that people were told of a place, and what; another fact, and they have to be told anew (D7)."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.tellings import PlaceFacts
from trainer_desk.services.store.bulk import stored_form, upsert
from trainer_desk.services.store.lists import Among

TELLINGS = Base.metadata.tables["tellings"]
COLUMNS = (
    "enrollment_id", "state", "status", "starts_at", "ends_at", "venue_id", "told_at", "told_by", "deleted_at",
    "created_at", "updated_at",
)  # fmt: skip
KNOWN = sa.select(Enrollment.id).where(Among(Enrollment.id, "ids"))
PRESENT = (
    sa.select(Enrollment.id, Enrollment.state, Session.status, Session.starts_at, Session.ends_at, Session.venue_id)
    .join(Session, Session.id == Enrollment.session_id)
    .where(Enrollment.session_id == sa.bindparam("session_id"), Enrollment.person_id == sa.bindparam("person_id"))
)
UNTELL = sa.update(TELLINGS).where(Among(TELLINGS.c.enrollment_id, "ids"), TELLINGS.c.deleted_at.is_(None))


def tell(db: DbSession, told: Sequence[tuple[int, PlaceFacts]], *, actor: str, now: dt.datetime) -> int:
    """Keep that people were told; each comes with its enrollment and the facts that were said. Returns how many.

    What was said counts, even if things have changed meanwhile: then they stand on the list again. Raises NotFound.
    """
    facts = dict(told)
    known = set(db.execute(KNOWN, {"ids": sorted(facts)}).scalars())
    missing = sorted(facts.keys() - known)
    if missing:
        raise NotFound(kind="enrollment", key=f"#{missing[0]}")
    stored = stored_form(db)
    rows = [
        tuple(
            stored(value)
            for value in (
                key, said.state.value, said.status.value, said.starts_at, said.ends_at, said.venue_id, now, actor, None,
                now, now,
            )
        )
        for key, said in sorted(facts.items())
    ]  # fmt: skip
    upsert(db, TELLINGS, COLUMNS, ("enrollment_id",), rows)
    return len(rows)


def untell(db: DbSession, enrollment_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Take back that people were told: they stand on the list again."""
    values = {"deleted_at": now, "version": TELLINGS.c.version + 1, "updated_at": now}
    db.execute(UNTELL.values(values), {"ids": sorted(enrollment_ids)})


def know(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> None:
    """Keep that a person knows how their place stands now, for it was their own deed."""
    found = db.execute(PRESENT, {"session_id": session_id, "person_id": person_id}).one_or_none()
    if found is not None:
        key, state, status, starts_at, ends_at, venue_id = found
        facts = PlaceFacts(EnrollmentState(state), SessionStatus(status), starts_at, ends_at, venue_id)
        tell(db, [(key, facts)], actor=actor, now=now)
