"""Moves and edits of sessions with what follows for their people: queues settle in the same transaction (K5, K6, S4).

These are the verbs that window, command line and imports call; `planning` knows what a session is, `seats` who sits.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import SEATED, SessionStatus
from trainer_desk.services.errors import Again
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.asked_for import require_still_asked_for
from trainer_desk.services.orchestration.certifying import certify_run
from trainer_desk.services.planning import board, drafts, lifecycle, publishing
from trainer_desk.services.seats.holds import end_holds
from trainer_desk.services.seats.lapsing import load_lapses, sweep
from trainer_desk.services.seats.leaving import leave_room
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.settling import settle
from trainer_desk.services.seats.writing import Hand, end_offers
from trainer_desk.services.store.lists import Among

SEAT_FIELDS = frozenset({"course_id", "starts_at", "ends_at", "capacity", "waitlist", "waitlist_order", "run_id"})
"""Fields of a session on which it depends who has a seat; any other leaves everybody where they are."""

BUSY_FIELDS = frozenset({"course_id", "starts_at", "ends_at"})
"""Fields whose change can free the people of a session for another one (C6)."""

NO_DATE = {"starts_at": None, "ends_at": None}
SEATED_HERE = sa.select(Enrollment.person_id).where(
    Among(Enrollment.session_id, "ids"), Enrollment.state.in_(sorted(SEATED))
)
OF_RUN = sa.select(Session.id).where(Session.run_id == sa.bindparam("run_id")).limit(1)


def publish(
    db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> tuple[Finding, ...]:
    """Schedule a draft; from then on its queue moves. Otherwise as `planning.publishing.publish` (S2)."""
    scope = lock_people_of(db, [session_id], now)
    found = publishing.publish(db, session_id, actor=actor, now=now, version=version)
    _settle(db, scope, actor, now)
    return found


def edit_session(
    db: DbSession,
    session_id: int,
    fields: Mapping[str, Any],
    *,
    actor: str,
    now: dt.datetime,
    version: int | None = None,
) -> tuple[Finding, ...]:
    """Change fields of a session; more seats or another waitlist settle its queue. As `planning.drafts.edit_session`.

    Holds and offers that ended by `now` (UTC) do not keep a capacity from being lowered (K6).
    """
    if not SEAT_FIELDS & fields.keys():
        return drafts.edit_session(db, session_id, fields, actor=actor, now=now, version=version)
    scope = lock_people_of(
        db, [session_id, *_sister(db, fields.get("run_id"))], now, frees=bool(BUSY_FIELDS & fields.keys())
    )
    sweep(db, load_lapses(db, scope, now), actor=actor, now=now)
    before = runs_of(db, session_id)
    found = drafts.edit_session(db, session_id, fields, actor=actor, now=now, version=version)
    _settle(db, scope, actor, now)
    certify_run(db, before ^ runs_of(db, session_id), actor=actor, now=now)
    return found


def unpublish(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Make a scheduled session a draft again; its people are free for other sessions. As `planning.lifecycle`."""
    _moved(db, session_id, lifecycle.unpublish, actor, now, version=version)
    leave_room(db, session_id, now)


def unschedule(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Put a session back into the tray: a scheduled one becomes a draft, and its date goes (V1).

    Raises WrongState for a session that runs, is over or is cancelled, NotFound.
    """
    if board.load_card(db, session_id).status is SessionStatus.SCHEDULED:
        unpublish(db, session_id, actor=actor, now=now)
    edit_session(db, session_id, NO_DATE, actor=actor, now=now)


def reinstate(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Make a cancelled session a draft again; its people count in its run again (K8). As `planning.lifecycle`."""
    _moved(db, session_id, lifecycle.reinstate, actor, now, version=version)


def cancel(
    db: DbSession, session_id: int, reason: str, *, actor: str, now: dt.datetime, version: int | None = None
) -> None:
    """Cancel a session for a reason: its seats count nowhere, its holds and offers end. As `lifecycle.cancel` (S4)."""
    scope = lock_people_of(db, [session_id], now, frees=True)
    call_off(db, session_id, reason, Hand(actor, now), version=version)
    _settle(db, scope, actor, now)
    certify_run(db, runs_of(db, session_id), actor=actor, now=now)


def call_off(db: DbSession, session_id: int, reason: str, hand: Hand, *, version: int | None = None) -> None:
    """Cancel a locked session with its holds and offers; settling is for the caller. Raises as `cancel`."""
    lifecycle.cancel(db, session_id, reason, actor=hand.actor, now=hand.now, version=version)
    end_holds(db, session_id, hand.now)
    end_offers(db, session_id, hand)
    leave_room(db, session_id, hand.now)


def delete_session(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Put a draft or a cancelled session into the trash; its seats count nowhere. As `planning.drafts` (S7)."""
    _moved(db, session_id, drafts.delete_session, actor, now)


def restore_session(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Bring a session back from the trash, as a draft; its people count in its run again (S7).

    Raises as `planning.drafts`, and `already_accepted` or WrongState as `asked_for`.
    """
    require_still_asked_for(db, session_id)
    _moved(db, session_id, drafts.restore_session, actor, now)


def lock_people_of(
    db: DbSession, session_ids: Sequence[int], now: dt.datetime, *, frees: bool = False, people: Collection[int] = ()
) -> Scope:
    """Lock sessions with the people who sit in them; `frees` says that these may become free for other sessions.

    `people` are locked as well. Raises Again when another workstation seated somebody before the locks were there.
    """
    seated = set(db.execute(SEATED_HERE, {"ids": list(session_ids)}).scalars())
    concerned = seated.union(people)
    scope = lock_scope(db, session_ids, people=concerned, freed=concerned if frees else (), now=now)
    if not seated.issuperset(db.execute(SEATED_HERE, {"ids": list(session_ids)}).scalars()):
        raise Again
    return scope


def _moved(
    db: DbSession, session_id: int, move: Callable[..., object], actor: str, now: dt.datetime, **more: object
) -> None:
    scope = lock_people_of(db, [session_id], now, frees=True)
    move(db, session_id, actor=actor, now=now, **more)
    _settle(db, scope, actor, now)
    certify_run(db, runs_of(db, session_id), actor=actor, now=now)


def runs_of(db: DbSession, session_id: int) -> set[int]:
    """Return the run of a session, which has a day less or more when that is cancelled, moved or comes back (A5)."""
    found = db.scalar(sa.select(Session.run_id).where(Session.id == session_id))
    return set() if found is None else {found}


def _settle(db: DbSession, scope: Scope, actor: str, now: dt.datetime) -> None:
    scope.refresh(db)
    settle(db, scope, actor=actor, now=now)


def _sister(db: DbSession, run_id: int | None) -> list[int]:
    """Return a session of the run that a session is put into: with it the run and all its sessions are locked."""
    return [] if run_id is None else list(db.execute(OF_RUN, {"run_id": run_id}).scalars())
