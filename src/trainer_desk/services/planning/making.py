"""Makes many sessions at once, as they were judged, in a few statements whatever their number (R2, R3)."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Claim, Session, SessionResource
from trainer_desk.models.enums import SessionRole, SessionStatus
from trainer_desk.services.planning.session_checklists import COPY
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.rules.availability import claims_of
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.lists import Among

TABLE = Base.metadata.tables["sessions"]
HIGHEST = sa.select(sa.func.coalesce(sa.func.max(Session.id), 0))
DRAWN = sa.text("SELECT nextval(pg_get_serial_sequence('sessions', 'id')) FROM generate_series(1, :count)")
KNOWN = sa.select(Session.ref).where(Among(Session.ref, "refs"))
SCHEDULE = (
    sa.update(TABLE)
    .where(Among(TABLE.c.id, "ids"))
    .values(
        status=SessionStatus.SCHEDULED.value,
        version=TABLE.c.version + 1,
        updated_at=sa.bindparam("at", type_=TABLE.c.updated_at.type),
    )
)


@dataclass(frozen=True, slots=True)
class New:
    """A session to be made: like `model`, but with what `card` says; `more` are further columns."""

    card: SessionCard
    model: SessionDetail
    more: Mapping[str, Any] = field(default_factory=dict)


def make_sessions(db: DbSession, new: Sequence[New], directory: Directory, *, now: dt.datetime) -> list[int]:
    """Make sessions without people, with their courses' checklists, and return their ids in that order.

    Cards that are SCHEDULED take what they claim: whoever calls this has locked and judged it. Raises DeskError where
    the database refuses all the same.
    """
    if not new:
        return []
    ids = _next_ids(db, len(new))
    refs = _free_refs(db, ids)
    rows = [_row(one, key, refs[key], now) for one, key in zip(new, ids, strict=True)]
    db.execute(sa.insert(TABLE), rows)
    links = [link for one, key in zip(new, ids, strict=True) for link in _links(one.card, key)]
    if links:
        db.execute(sa.insert(SessionResource), links)
    db.execute(COPY, [{"session_id": row["id"], "course_id": row["course_id"], "now": now} for row in rows])
    _schedule(db, [(one.card, key) for one, key in zip(new, ids, strict=True)], directory, now)
    return ids


def _schedule(db: DbSession, made: Sequence[tuple[SessionCard, int]], directory: Directory, now: dt.datetime) -> None:
    """Take what the scheduled ones need, and schedule them; trainers hear of it then."""
    scheduled = [(card, key) for card, key in made if card.status is SessionStatus.SCHEDULED]
    if not scheduled:
        return
    claims = [
        {"resource_id": one.resource_id, "session_id": key, "starts_at": one.starts_at, "ends_at": one.ends_at}
        for card, key in scheduled
        for one in claims_of(card, directory)
    ]
    db.execute(sa.insert(Claim), claims)
    db.execute(SCHEDULE, {"ids": [key for _card, key in scheduled], "at": now})


def _row(one: New, key: int, ref: str, now: dt.datetime) -> dict[str, Any]:
    card, model = one.card, one.model
    return {
        "id": key,
        "uuid": str(uuid.uuid4()),
        "ref": ref,
        "status": SessionStatus.DRAFT.value,
        "course_id": card.course_id,
        "title": card.title,
        "description": model.description,
        "trainer_id": card.trainer_id,
        "venue_id": card.venue_id,
        "starts_at": card.starts_at,
        "ends_at": card.ends_at,
        "capacity": card.capacity,
        "minimum": card.minimum,
        "decision_on": card.decision_on,
        "waitlist": model.waitlist,
        "waitlist_order": model.waitlist_order,
        "notes": model.notes,
        "metadata": model.metadata,
        "run_id": card.run_id,
        "created_at": now,
        "updated_at": now,
    } | dict(one.more)


def _links(card: SessionCard, key: int) -> list[dict[str, Any]]:
    roles = ((SessionRole.CO_TRAINER, card.co_trainer_ids), (SessionRole.EQUIPMENT, card.equipment_ids))
    return [{"session_id": key, "resource_id": one, "role": role.value} for role, ids in roles for one in ids]


def _next_ids(db: DbSession, count: int) -> list[int]:
    if is_sqlite(db):
        highest = int(db.execute(HIGHEST).scalar_one())
        return list(range(highest + 1, highest + 1 + count))
    return [int(key) for key in db.execute(DRAWN, {"count": count}).scalars()]


def _free_refs(db: DbSession, ids: Collection[int]) -> dict[int, str]:
    """Return a made-up ref for each id; one that is taken gets a few signs more."""
    refs = {key: f"S-{key:05d}" for key in ids}
    known = set(db.execute(KNOWN, {"refs": list(refs.values())}).scalars())
    return {key: f"{ref}-{uuid.uuid4().hex[:4]}" if ref in known else ref for key, ref in refs.items()}
