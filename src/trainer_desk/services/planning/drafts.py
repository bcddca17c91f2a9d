"""Makes, edits, duplicates and deletes sessions; the same checks guard an edit of a scheduled one (S1, S3, S7)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import CLAIMING, SessionRole, SessionStatus
from trainer_desk.services.errors import DeskError, NotFound, Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.planning import board
from trainer_desk.services.planning.checking import secure
from trainer_desk.services.planning.fields import LINKED, clean_fields, columns_of, fields_of, laid_on, without_lead
from trainer_desk.services.planning.locking import lock_session, lock_sessions, write_session
from trainer_desk.services.planning.session_checklists import copy_checklist, exchange_checklist, revive_checklist
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import capacity_below_people
from trainer_desk.services.rules.names import clean_code
from trainer_desk.services.rules.runs import require_nobody_seated
from trainer_desk.services.rules.transitions import DELETABLE, require_editable, require_state
from trainer_desk.services.store.db import is_sqlite

JUDGED = frozenset({"course_id", "trainer_id", "venue_id", "starts_at", "ends_at", *LINKED})
"""The fields that the rules look at: a note must be writable on a session that became invalid since."""

ROLES = {"co_trainer_ids": SessionRole.CO_TRAINER, "equipment_ids": SessionRole.EQUIPMENT}


def create_draft(
    db: DbSession, fields: Mapping[str, Any], *, actor: str, now: dt.datetime, ref: str | None = None
) -> int:
    """Make a draft with its course's checklist; only `course_id` is needed, nothing blocks it (S1). Return its id.

    Raises BadValue or NotFound for values that cannot be stored, `duplicate_ref` for a ref that is taken.
    """
    clean = without_lead(clean_fields(db, {"course_id": None} | dict(fields)))
    session_id = _next_id(db)
    row = columns_of(clean) | {
        "id": session_id,
        "uuid": str(uuid.uuid4()),
        "ref": _free_ref(db, ref, session_id),
        "status": SessionStatus.DRAFT.value,
        "created_at": now,
        "updated_at": now,
    }
    db.execute(sa.insert(Session).values(**row))
    _write_links(db, session_id, clean)
    copy_checklist(db, session_id, row["course_id"], now)
    return session_id


def edit_session(
    db: DbSession,
    session_id: int,
    fields: Mapping[str, Any],
    *,
    actor: str,
    now: dt.datetime,
    version: int | None = None,
) -> tuple[Finding, ...]:
    """Change fields of a session and return the orange findings; equal values change nothing.

    A SCHEDULED or running session is checked as in publishing before a field that the rules look at is saved (S3).
    Raises Refused with all problems, WrongState for fields that the state fixes, Stale for an old `version`,
    BadValue and NotFound.
    """
    card = lock_session(db, session_id, version=version)
    clean = clean_fields(db, fields)
    wanted = laid_on(card, clean)
    changed = _differences(db, card, wanted, clean)
    if not changed:
        return ()
    require_editable(card.status, changed, ref=card.ref)
    if "run_id" in changed:
        require_nobody_seated(card)
    if "capacity" in changed:
        _require_room(card, wanted.capacity)
    found = secure(db, wanted, now) if card.status in CLAIMING and JUDGED & changed.keys() else []
    write_session(db, card, now, **columns_of(changed))
    _write_links(db, session_id, changed)
    if "course_id" in changed:
        exchange_checklist(db, session_id, changed["course_id"], now)
    return tuple(found)


def duplicate_session(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> int:
    """Make a draft with the same fields and no people; return its id. Raises NotFound."""
    copied = fields_of(board.load_session(db, session_id))
    del copied["decision_on"]  # it was about the old date
    return create_draft(db, copied, actor=actor, now=now)


def delete_session(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Put a draft or a cancelled session into the trash (S7). Raises NotFound, WrongState."""
    card = lock_session(db, session_id)
    require_state("delete", card.status, DELETABLE, ref=card.ref)
    write_session(db, card, now, deleted_at=now)


def restore_session(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Bring a session back from the trash, as a draft (S7). Raises NotFound when it is not there."""
    lock_sessions(db, [session_id])
    detail = board.load_session(db, session_id)
    if detail.deleted_at is None:
        raise NotFound(kind="session", key=detail.card.ref, why="not_in_trash")
    values = {"deleted_at": None, "status": SessionStatus.DRAFT.value, "cancel_reason": None, "began_at": None}
    write_session(db, detail.card, now, **values)
    revive_checklist(db, session_id, detail.deleted_at, now)


def _require_room(card: SessionCard, capacity: int | None) -> None:
    below = capacity_below_people(capacity, card.seats_taken, card.enrolled)
    if below is not None:
        raise Refused([below], ref=card.ref)


def _differences(db: DbSession, card: SessionCard, wanted: SessionCard, clean: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs from what is stored; a new lead trainer leaves the co-trainers, too."""
    stored = _stored(db, card, [name for name in clean if name not in LINKED])
    changed = {name: clean[name] for name, value in stored.items() if clean[name] != value}
    links = {name: getattr(wanted, name) for name in LINKED}
    return changed | {name: ids for name, ids in links.items() if ids != getattr(card, name)}


def _stored(db: DbSession, card: SessionCard, names: Sequence[str]) -> dict[str, Any]:
    if not names:
        return {}
    columns = [getattr(Session, column) for column in columns_of(dict.fromkeys(names))]
    row = db.execute(sa.select(*columns).where(Session.id == card.id)).one()
    return dict(zip(names, row, strict=True))


def _write_links(db: DbSession, session_id: int, fields: Mapping[str, Any]) -> None:
    """Add and take away only what differs, so that the history tells nothing that did not happen."""
    for name in LINKED:
        if name not in fields:
            continue
        role = ROLES[name]
        mine = sa.and_(SessionResource.session_id == session_id, SessionResource.role == role)
        stored = set(db.scalars(sa.select(SessionResource.resource_id).where(mine)))
        gone, new = stored - set(fields[name]), set(fields[name]) - stored
        if gone:
            db.execute(sa.delete(SessionResource).where(mine, SessionResource.resource_id.in_(gone)))
        if new:
            rows = [{"session_id": session_id, "resource_id": one, "role": role.value} for one in sorted(new)]
            db.execute(sa.insert(SessionResource), rows)


def _next_id(db: DbSession) -> int:
    """Take the next number; sessions are never deleted, so on SQLite the highest one is the last one."""
    highest = sa.select(sa.func.coalesce(sa.func.max(Session.id), 0) + 1)
    drawn = sa.text("SELECT nextval(pg_get_serial_sequence('sessions', 'id'))")
    return int(db.execute(highest if is_sqlite(db) else drawn).scalar_one())


def _free_ref(db: DbSession, ref: str | None, session_id: int) -> str:
    if ref is None:
        made_up = f"S-{session_id:05d}"
        return made_up if not _is_taken(db, made_up) else f"{made_up}-{uuid.uuid4().hex[:4]}"
    clean = clean_code(ref, field="ref")
    if _is_taken(db, clean):
        raise DeskError("duplicate_ref", kind="session", key=clean)
    return clean


def _is_taken(db: DbSession, ref: str) -> bool:
    return db.scalar(sa.select(Session.id).where(Session.ref == ref)) is not None
