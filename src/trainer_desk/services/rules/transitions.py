"""The one table of a session's moves: from where to where, who may make them, what they need and bring about (S4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import WrongState

DRAFT, SCHEDULED, IN_PROGRESS = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS
COMPLETED, CANCELLED = SessionStatus.COMPLETED, SessionStatus.CANCELLED

PLANNERS = frozenset({"supervisor", "administrator"})
FACILITATORS = PLANNERS | {"trainer"}
STARTERS = FACILITATORS | {"requester"}
"""Roles: a trainer moves own sessions only, a requester starts only the session that the own request made."""


END_PASSED = "end_passed"
"""The requirement that the end of the session has passed."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row: `needs` are the requirements, `effects` what else happens in the same transaction."""

    verb: str
    source: SessionStatus
    target: SessionStatus
    actors: frozenset[str]
    needs: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


MOVES = (
    Move("publish", DRAFT, SCHEDULED, PLANNERS, needs=("no_refusals",), effects=("take_claims",)),
    Move("unpublish", SCHEDULED, DRAFT, PLANNERS, effects=("drop_claims",)),
    Move("start", SCHEDULED, IN_PROGRESS, STARTERS, effects=("record_start",)),
    Move(
        "complete", IN_PROGRESS, COMPLETED, FACILITATORS, needs=("all_marked",),
        effects=("record_end", "drop_claims", "completed_hook"),
    ),
    Move(
        "complete", SCHEDULED, COMPLETED, FACILITATORS, needs=(END_PASSED, "all_marked"),
        effects=("record_end", "drop_claims", "completed_hook"),
    ),
    Move(
        "reopen", COMPLETED, IN_PROGRESS, PLANNERS, needs=("no_refusals",),
        effects=("take_claims", "take_back_renewals"),
    ),
    Move("cancel", DRAFT, CANCELLED, PLANNERS, needs=("reason",), effects=("end_holds",)),
    Move("cancel", SCHEDULED, CANCELLED, PLANNERS, needs=("reason",), effects=("drop_claims", "end_holds")),
    Move("cancel", IN_PROGRESS, CANCELLED, PLANNERS, needs=("reason",), effects=("drop_claims", "end_holds")),
    Move("reinstate", CANCELLED, DRAFT, PLANNERS),
)  # fmt: skip
"""Every move there is; anything else is `wrong_state`."""

DELETABLE = frozenset({DRAFT, CANCELLED})
"""The states in which a session may go to the trash (S7)."""

OPEN_FOR_PEOPLE = frozenset({DRAFT, SCHEDULED, IN_PROGRESS})
"""The states in which people can be enrolled (K3)."""

ALWAYS_EDITABLE = frozenset({"notes", "metadata"})
FIXED_WHILE_RUNNING = frozenset({"course_id", "starts_at"})


def require(
    verb: str, status: SessionStatus, *, ref: str = "", ends_at: datetime | None = None, now: datetime | None = None
) -> Move:
    """Return the move that `verb` makes from `status`.

    `ends_at` and `now` (UTC) are asked for a move that needs the end to have passed. Raises WrongState (facts ref,
    verb, state, wanted; `ends_at` where only the end must be waited for) when there is none (S4), ValueError for a
    verb that no row has.
    """
    target: SessionStatus | None = None
    for move in MOVES:
        if move.verb != verb:
            continue
        if move.source is status:
            if END_PASSED in move.needs and not _has_passed(ends_at, now):
                raise WrongState(ref=ref, verb=verb, state=status, wanted=move.target, ends_at=ends_at)
            return move
        target = move.target
    if target is None:
        raise ValueError(f"no move is called {verb}")
    raise WrongState(ref=ref, verb=verb, state=status, wanted=target)


def moves_from(status: SessionStatus, role: str | None = None, *, is_over: bool = True) -> tuple[Move, ...]:
    """Return the moves that are possible from `status`, for everybody or for one role; buttons are drawn from it.

    Unless the session `is_over`, those that need its end to have passed are left out.
    """
    return tuple(
        move
        for move in MOVES
        if move.source is status and (role is None or role in move.actors) and (is_over or END_PASSED not in move.needs)
    )


def moves_for(role: str | None, status: SessionStatus, *, is_own: bool, is_over: bool) -> tuple[Move, ...]:
    """Return the moves that somebody may make from `status`; None is nobody, who may make none.

    Who plans moves every session, all others only their own: `is_own`, see `orchestration.own`. `is_over` as above.
    """
    if role is None or not (is_own or role in PLANNERS):
        return ()
    return moves_from(status, role, is_over=is_over)


def actors_of(verb: str) -> frozenset[str]:
    """Return the roles that may make a move from any state. Raises ValueError for a verb that no row has."""
    rows = [move.actors for move in MOVES if move.verb == verb]
    if not rows:
        raise ValueError(f"no move is called {verb}")
    return frozenset().union(*rows)


def _has_passed(ends_at: datetime | None, now: datetime | None) -> bool:
    return ends_at is not None and now is not None and ends_at <= now


def require_state(verb: str, status: SessionStatus, allowed: Collection[SessionStatus], *, ref: str = "") -> None:
    """Refuse something that is no move, like `delete` or `enroll`, in any other state than `allowed`.

    Raises WrongState (facts ref, verb, state, allowed).
    """
    if status not in allowed:
        raise WrongState(ref=ref, verb=verb, state=status, wanted=None, allowed=_in_order(allowed))


def is_editable(status: SessionStatus, field: str) -> bool:
    """Whether `field` (a column such as `starts_at`) may change in this state (S3)."""
    if field in ALWAYS_EDITABLE or status in (DRAFT, SCHEDULED):
        return True
    return status is IN_PROGRESS and field not in FIXED_WHILE_RUNNING


def require_editable(status: SessionStatus, fields: Iterable[str], *, ref: str = "") -> None:
    """Refuse an edit of fields that this state fixes. Raises WrongState (facts ref, verb, state, fields) (S3)."""
    fixed = tuple(field for field in fields if not is_editable(status, field))
    if fixed:
        raise WrongState(ref=ref, verb="edit", state=status, wanted=None, fields=fixed)


def _in_order(states: Collection[SessionStatus]) -> tuple[SessionStatus, ...]:
    return tuple(state for state in SessionStatus if state in states)
