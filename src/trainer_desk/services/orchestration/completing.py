"""Starts, completes and opens sessions again, with what follows: claims, marks, the room, certificates (S4, S5, S6).

These are the verbs that window, command line, attendance and past sessions call.
"""

import datetime as dt
from collections.abc import Collection
from typing import Protocol

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import Attendance, PresenceEnd
from trainer_desk.services.attendance.marking import mark_rest
from trainer_desk.services.attendance.unmarked import list_unmarked
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.announcing import announce
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.own import require_own_session, require_startable
from trainer_desk.services.orchestration.scheduling import lock_people_of
from trainer_desk.services.planning import lifecycle
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.attendance import UnmarkedPerson
from trainer_desk.services.seats.leaving import leave_room
from trainer_desk.services.seats.settling import settle_stuck
from trainer_desk.services.store.gate import goes_through_gate, through_gate


class OwnHook(Protocol):
    """What belongs to a completion and stands or falls with it: it makes or takes back what state and marks say."""

    def __call__(self, db: DbSession, session_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
        """Follow these sessions, which are locked, in the same transaction."""


OWN_HOOKS: tuple[OwnHook, ...] = (certify,)
"""Certificates, and with them compliance (A5). Third parties are told after the commit (`announcing`, ADR 16)."""


def start(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Let a scheduled session begin, early or late; from then on its queue stands still (S4, K5).

    Trainers start their own sessions, requesters the one that their request made. Raises NotAllowed, WrongState,
    Stale for an old `version`, NotFound.
    """
    if goes_through_gate(db):
        through_gate(db, "start_session", session_id, version)
        return
    require_startable(db, session_id, actor)
    lifecycle.start(db, session_id, actor=actor, now=now, version=version)


def complete(
    db: DbSession,
    session_id: int,
    *,
    actor: str,
    now: dt.datetime,
    rest_no_show: bool = False,
    version: int | None = None,
) -> None:
    """End a session: everybody is marked, its claims and its room are given back, certificates are earned (S5, A5).

    `rest_no_show` marks whoever is not marked yet as no-show. Trainers complete their own sessions. Raises DeskError
    `not_marked` with a finding for each person, NotAllowed, WrongState, also for a scheduled session that is not over
    at `now` (UTC), Stale for an old `version`, NotFound; nothing is changed then.
    """
    if goes_through_gate(db):
        finished_at = through_gate(db, "complete_session", session_id, version, rest_no_show)
        announce(db, session_id, actor=actor, now=finished_at)
        return
    require_own_session(db, session_id, actor)
    lock_people_of(db, [session_id], now)
    lifecycle.complete(db, session_id, actor=actor, now=now, version=version)
    if rest_no_show:
        mark_rest(db, session_id, Attendance.NO_SHOW, actor=actor, now=now)
    unmarked = list_unmarked(db, session_id)
    if unmarked:
        raise _not_marked(unmarked, load_card(db, session_id).ref)
    leave_room(db, session_id, now, PresenceEnd.OUT)
    _follow(db, session_id, actor, now)
    settle_stuck(db, actor=actor, now=now)
    announce(db, session_id, actor=actor, now=now)


def reopen(
    db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> tuple[Finding, ...]:
    """Let a completed session run again, and take back what its completion made; return the orange findings (S6).

    Marks stay. Raises Refused with all problems when trainer, venue or equipment are taken by now, WrongState, Stale
    for an old `version`, NotFound; nothing is changed then.
    """
    lock_people_of(db, [session_id], now)
    found = lifecycle.reopen(db, session_id, actor=actor, now=now, version=version)
    _follow(db, session_id, actor, now)
    return found


def _follow(db: DbSession, session_id: int, actor: str, now: dt.datetime) -> None:
    for hook in OWN_HOOKS:
        hook(db, [session_id], actor=actor, now=now)


def _not_marked(people: list[UnmarkedPerson], ref: str) -> DeskError:
    """Return the refusal that names everybody who is not marked."""
    found = [Finding("not_marked", subject=one.employee_no, facts={"name": one.name}) for one in people]
    return DeskError("not_marked", findings=found, ref=ref, names=[one.name for one in people])
