"""The table of moves, and what each state lets one edit, delete and fill."""

import datetime as dt
from functools import partial
from itertools import product

import pytest

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import WrongState
from trainer_desk.services.rules import transitions
from trainer_desk.services.rules.transitions import MOVES, actors_of, is_editable, moves_for, moves_from, require

DRAFT, SCHEDULED, IN_PROGRESS = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS
COMPLETED, CANCELLED = SessionStatus.COMPLETED, SessionStatus.CANCELLED

ALLOWED = {
    ("publish", DRAFT): SCHEDULED,
    ("unpublish", SCHEDULED): DRAFT,
    ("start", SCHEDULED): IN_PROGRESS,
    ("complete", IN_PROGRESS): COMPLETED,
    ("complete", SCHEDULED): COMPLETED,
    ("reopen", COMPLETED): IN_PROGRESS,
    ("cancel", DRAFT): CANCELLED,
    ("cancel", SCHEDULED): CANCELLED,
    ("cancel", IN_PROGRESS): CANCELLED,
    ("reinstate", CANCELLED): DRAFT,
}
PLANNERS = {"supervisor", "administrator"}
ACTORS = {
    "publish": PLANNERS,
    "unpublish": PLANNERS,
    "start": PLANNERS | {"trainer", "requester"},
    "complete": PLANNERS | {"trainer"},
    "reopen": PLANNERS,
    "cancel": PLANNERS,
    "reinstate": PLANNERS,
}
NOON = dt.datetime(2026, 7, 6, 12, 0, tzinfo=dt.UTC)
VERBS = sorted({verb for verb, _state in ALLOWED})


@pytest.mark.parametrize(("verb", "state"), list(product(VERBS, SessionStatus)))
def test_every_move_from_every_state(verb: str, state: SessionStatus) -> None:
    target = ALLOWED.get((verb, state))
    if target is not None:
        assert require(verb, state, ends_at=NOON, now=NOON).target is target
        return
    with pytest.raises(WrongState) as refusal:
        require(verb, state, ref="S-1")
    assert refusal.value.facts["state"] is state
    assert refusal.value.facts["wanted"] in {move.target for move in MOVES if move.verb == verb}


def test_who_may_make_which_move() -> None:
    assert {verb: set(actors_of(verb)) for verb in VERBS} == ACTORS
    assert all(move.actors == ACTORS[move.verb] for move in MOVES)


@pytest.mark.parametrize(
    ("role", "is_own", "verbs"),
    [
        (None, True, []),
        ("supervisor", False, ["unpublish", "start", "complete", "cancel"]),
        ("trainer", True, ["start", "complete"]),
        ("trainer", False, []),
        ("requester", True, ["start"]),
        ("requester", False, []),
    ],
)
def test_what_somebody_may_do_with_a_scheduled_session_that_is_over(
    role: str | None, is_own: bool, verbs: list[str]
) -> None:
    moves = moves_for(role, SCHEDULED, is_own=is_own, is_over=True)
    assert [move.verb for move in moves] == verbs


def test_a_verb_that_no_row_has_is_a_bug() -> None:
    for ask in (partial(require, "explode", DRAFT), partial(actors_of, "explode")):
        with pytest.raises(ValueError, match="explode"):
            ask()


def test_a_session_that_was_not_started_is_completed_from_its_end_on() -> None:
    a_second = dt.timedelta(seconds=1)
    assert require("complete", SCHEDULED, ends_at=NOON, now=NOON).target is COMPLETED
    assert require("complete", IN_PROGRESS, ends_at=NOON, now=NOON - a_second).target is COMPLETED
    with pytest.raises(WrongState) as refusal:
        require("complete", SCHEDULED, ref="S-1", ends_at=NOON, now=NOON - a_second)
    assert refusal.value.facts["ends_at"] == NOON
    assert [move.verb for move in moves_from(SCHEDULED, "trainer", is_over=False)] == ["start"]


@pytest.mark.parametrize(
    ("state", "role", "verbs"),
    [
        (SCHEDULED, None, ["unpublish", "start", "complete", "cancel"]),
        (SCHEDULED, "trainer", ["start", "complete"]),
        (SCHEDULED, "requester", ["start"]),
        (COMPLETED, "trainer", []),
        (COMPLETED, "supervisor", ["reopen"]),
        (CANCELLED, "administrator", ["reinstate"]),
    ],
)
def test_buttons_follow_the_table(state: SessionStatus, role: str | None, verbs: list[str]) -> None:
    assert [move.verb for move in moves_from(state, role)] == verbs


@pytest.mark.parametrize(
    ("state", "free", "fixed"),
    [
        (DRAFT, {"course_id", "starts_at", "notes"}, set()),
        (SCHEDULED, {"course_id", "starts_at", "trainer_id"}, set()),
        (IN_PROGRESS, {"ends_at", "trainer_id", "capacity", "notes"}, {"course_id", "starts_at"}),
        (COMPLETED, {"notes", "metadata"}, {"title", "starts_at", "capacity", "description"}),
        (CANCELLED, {"notes", "metadata"}, {"title", "trainer_id"}),
    ],
)
def test_what_each_state_lets_one_edit(state: SessionStatus, free: set[str], fixed: set[str]) -> None:
    assert all(is_editable(state, field) for field in free)
    assert not any(is_editable(state, field) for field in fixed)
    transitions.require_editable(state, free)
    if fixed:
        with pytest.raises(WrongState) as refusal:
            transitions.require_editable(state, [*free, *fixed], ref="S-1")
        assert set(refusal.value.facts["fields"]) == fixed


@pytest.mark.parametrize("state", SessionStatus)
def test_only_drafts_and_cancelled_sessions_go_to_the_trash(state: SessionStatus) -> None:
    if state in (DRAFT, CANCELLED):
        transitions.require_state("delete", state, transitions.DELETABLE)
        return
    with pytest.raises(WrongState) as refusal:
        transitions.require_state("delete", state, transitions.DELETABLE, ref="S-1")
    assert refusal.value.facts["allowed"] == (DRAFT, CANCELLED)
