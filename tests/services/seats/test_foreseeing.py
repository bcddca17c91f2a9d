"""What the picker foresees is what adding comes to: every way in which a session takes people, on both databases."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.services.seats.desk import DAY, HOUR, NOW, Desk
from trainer_desk.models.enums import OverlapPolicy, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import Foresight, Outcome, RunRoom
from trainer_desk.services.seats.foreseeing import foresee

OFF, DRAFT = WaitlistMode.OFF, SessionStatus.DRAFT


@dataclass(frozen=True)
class Case:
    """A session `A` as `Desk.session` takes it; who is asked for, and what comes of it, by people and by reason."""

    session: dict[str, Any]
    asked: str
    seated: int = 0
    waiting: int = 0
    places: tuple[int, int] | None = None
    kept: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    busy: str = ""
    held: int = 0


CASES = {
    "free seats": Case({"capacity": 5}, "c d", seated=2),
    "unlimited": Case({"capacity": None}, "c d", seated=2),
    "some fit, some wait": Case({"capacity": 3}, "c d e", seated=1, waiting=2, places=(1, 2)),
    "full": Case({"capacity": 2}, "c d", waiting=2, places=(1, 2)),
    "behind others": Case({"capacity": 2, "waiting": "w v"}, "c d", waiting=2, places=(3, 4)),
    "held seats": Case({"capacity": 4}, "c", waiting=1, places=(1, 1), held=2),
    "no waitlist": Case({"capacity": 3, "waitlist": OFF}, "c d e", seated=1, refused={"session_full": 2}),
    "busy and kept": Case({"capacity": 9}, "b c", seated=1, waiting=1, places=(1, 1), kept={"attendee_busy": 1},
                          busy="b"),
    "busy and refused": Case({"capacity": 9, "waitlist": OFF}, "b c", seated=1, refused={"attendee_busy": 1}, busy="b"),
    "a draft takes them": Case({"capacity": 3, "status": DRAFT}, "c d", seated=1, waiting=1, places=(1, 1)),
    "behind others of a draft": Case({"capacity": 3, "status": DRAFT, "waiting": "w"}, "c", waiting=1, places=(2, 2)),
    "by urgency": Case({"capacity": 2, "waitlist_order": WaitlistOrder.URGENT}, "c d", waiting=2),
    "after the start": Case({"capacity": 3, "starts_at": NOW - DAY}, "c d", seated=1, refused={"session_full": 1}),
}  # fmt: skip


def counted(outcomes: Sequence[Outcome]) -> tuple[int, int, dict[str | None, int]]:
    """Give how many were seated and how many wait, and the others by code."""
    kinds = Counter(outcome.outcome for outcome in outcomes)
    refused = Counter(outcome.code for outcome in outcomes if outcome.outcome == "refused")
    return kinds["enrolled"], kinds["waitlisted"], dict(refused)


@pytest.mark.parametrize("name", CASES)
def test_what_is_foreseen_comes_true(desk: Desk, name: str) -> None:
    case = CASES[name]
    desk.session("A", "a b2", **case.session)
    if case.busy:
        desk.session("CLASH", case.busy, policy=OverlapPolicy.BLOCK)
    if case.held:
        desk.hold("A", case.held)
    people = desk.people(case.asked)
    seen = desk.store.read(foresee, desk.id("A"), people, now=NOW)
    assert seen == Foresight(
        queues=case.session.get("waitlist") is not OFF and case.session.get("starts_at") is None,
        seated=case.seated,
        waiting=case.waiting,
        places=case.places,
        kept=case.kept,
        refused=case.refused,
    )
    outcomes = desk.enroll("A", case.asked)
    assert counted(outcomes) == (case.seated, case.waiting, case.refused)
    ranks = [outcome.position for outcome in outcomes if outcome.position is not None]
    if case.places is not None:
        assert (min(ranks), max(ranks)) == case.places


def test_a_run_with_a_limit_says_how_many_it_takes(desk: Desk) -> None:
    run = desk.run(3)
    desk.session("A", "a b2", capacity=9, run_id=run)
    desk.session("B", "c", capacity=9, run_id=run, course=desk.course(), starts_at=NOW + 9 * DAY)
    seen = desk.store.read(foresee, desk.id("A"), desk.people("c d e"), now=NOW)
    assert seen.run is not None
    assert seen.run == RunRoom(seen.run.name, people=3, limit=3, joining=0)
    assert (seen.seated, seen.waiting, seen.kept) == (1, 2, {"run_full": 2})
    assert counted(desk.enroll("A", "c d e")) == (1, 2, {})


def test_nobody_chosen_still_says_whether_people_may_wait(desk: Desk) -> None:
    desk.session("A", "a", capacity=1)
    desk.session("B", "b", capacity=1, waitlist=OFF)
    assert desk.store.read(foresee, desk.id("A"), [], now=NOW) == Foresight(queues=True)
    assert desk.store.read(foresee, desk.id("B"), [], now=NOW) == Foresight(queues=False)


def test_an_intake_that_is_missing_refuses_even_where_others_wait(desk: Desk) -> None:
    desk.session("A", "a", course=desk.course(requires_intake=True), capacity=1)
    ready, without = desk.person("ready", intake_on=NOW.date()), desk.person("without")
    seen = desk.store.read(foresee, desk.id("A"), [without, ready], now=NOW)
    assert (seen.waiting, seen.refused) == (1, {"intake_missing": 1})
    assert counted(desk.enroll("A", "without ready")) == (0, 1, {"intake_missing": 1})


def test_a_hold_that_ended_costs_no_seat(desk: Desk) -> None:
    desk.session("A", "a", capacity=3)
    desk.hold("A", 2, until=NOW + HOUR)
    people = desk.people("b c")
    assert desk.store.read(foresee, desk.id("A"), people, now=NOW).waiting == 2
    desk.clock.instant = NOW + 2 * HOUR
    assert desk.store.read(foresee, desk.id("A"), people, now=desk.clock.instant).seated == 2
    assert counted(desk.enroll("A", "b c")) == (2, 0, {})


def test_a_session_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.store.read(foresee, 4711, [], now=NOW)
