"""What somebody may do with an own place in a session, and what is said when they may not (K13).

Buttons are drawn from `deeds`; the verbs ask `require_own_deed`, so that both agree.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from trainer_desk.models.enums import EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.errors import NotAllowed, WrongState
from trainer_desk.services.rows.signing_up import PersonalSession
from trainer_desk.services.rules.capacity import is_full


class OwnDeed(StrEnum):
    """What a person does for themselves."""

    SIGN_UP = "sign_up"
    JOIN_WAITLIST = "join_waitlist"
    CANCEL = "cancel_sign_up"
    ACCEPT = "accept_own_offer"
    DECLINE = "decline_own_offer"
    ASK = "ask"


ANSWERS = frozenset({OwnDeed.ACCEPT, OwnDeed.DECLINE})
"""Whoever is asked may answer, also where the course does not let people sign up."""


def deeds(session: PersonalSession, now: datetime) -> tuple[OwnDeed, ...]:
    """Return what the person may do in a session at `now` (UTC), the most likely first."""
    mine = session.mine
    if session.status is not SessionStatus.SCHEDULED or session.starts_at <= now:
        return ()
    if mine is not None and mine.state is EnrollmentState.OFFERED:
        return (OwnDeed.ACCEPT, OwnDeed.DECLINE)
    if mine is not None and mine.state is not EnrollmentState.WITHDRAWN:
        return (OwnDeed.CANCEL,) if session.sign_up else ()
    if not session.sign_up:
        return (OwnDeed.ASK,)
    if not is_full(session.capacity, session.seats_taken):
        return (OwnDeed.SIGN_UP,)
    return (OwnDeed.ASK,) if session.waitlist is WaitlistMode.OFF else (OwnDeed.JOIN_WAITLIST,)


def require_own_deed(
    deed: OwnDeed,
    *,
    ref: str,
    title: str,
    status: SessionStatus,
    starts_at: datetime | None,
    sign_up: bool,
    now: datetime,
) -> None:
    """Refuse what somebody may not do with an own place at `now` (UTC).

    Raises NotAllowed (why no_sign_up, kept_place) where the course does not let people sign up, WrongState (why
    not_open, has_begun) unless the session is scheduled and its start lies ahead.
    """
    if not sign_up and deed not in ANSWERS:
        raise NotAllowed(why="kept_place" if deed is OwnDeed.CANCEL else "no_sign_up", verb=deed.value)
    facts: dict[str, Any] = {"ref": ref, "title": title, "verb": deed.value, "state": status}
    if status is not SessionStatus.SCHEDULED:
        raise WrongState(why="not_open", **facts)
    if starts_at is not None and starts_at <= now:
        raise WrongState(why="has_begun", **facts)
