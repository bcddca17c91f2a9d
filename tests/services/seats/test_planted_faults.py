"""Faults planted on purpose, each one that others shipped: the judge of these tests must see them."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

import pytest

from tests.databases import StoreFactory
from tests.services.seats.desk import DAY, HALF_PAST, NINE, NOW, Desk, judge, late_promotions
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.rules import queue
from trainer_desk.services.rules.queue import Fate, Place, Seeker
from trainer_desk.services.seats import lapsing, scope, seekers, settling
from trainer_desk.services.seats.lapsing import Lapses

Plant = Callable[[pytest.MonkeyPatch], None]
Happening = Callable[[Desk], None]


@pytest.fixture
def desk(store_factory: StoreFactory) -> Desk:
    """Give a desk that nobody judges at the end."""
    clock = FixedClock(NOW)
    return Desk(store_factory(clock), clock)


def own_session_only(patch: pytest.MonkeyPatch) -> None:
    """Settle looks at its own session only."""

    def narrow(_db: object, session_ids: set[int], _freed: Collection[int], _now: object) -> set[int]:
        return set(session_ids)

    patch.setattr(scope, "_grow", narrow)


def waiter_costs_a_seat(patch: pytest.MonkeyPatch) -> None:
    """A waiter's seat is counted before the guard: who is passed over uses it up."""
    judged = queue._fate

    def costly(seeker: Seeker, place: Place, *more: Any) -> Fate:
        fate = judged(seeker, place, *more)
        if not fate.seated and place.free:
            place.free -= 1
        return fate

    patch.setattr(queue, "_fate", costly)


def promotion_after_the_start(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seekers, "promotes", lambda status, *_: status == "SCHEDULED")


def lapses_are_not_swept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settling, "load_lapses", lambda *_: Lapses(Counter(), ()))


def leave_the_run(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", run_id=run)
    desk.session("B", waiting="bo", run_id=run, starts_at=NINE + DAY)
    desk.withdraw("A", "ann")


def leave_another_session(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2)
    desk.session("B", "bo", starts_at=HALF_PAST)
    desk.withdraw("B", "bo")


def first_waiter_busy(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy")
    desk.session("B", "bo", starts_at=HALF_PAST)
    desk.withdraw("A", "ann")


def freed_after_the_start(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.clock.instant = NINE
    desk.withdraw("A", "ann")


def a_hold_that_ended(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2)
    desk.hold("A")
    desk.clock.instant = NOW + DAY
    desk.do(settling.settle_due)


def verdict(desk: Desk) -> list[str]:
    """Say what is wrong, by the code as it is."""
    now = desk.clock.instant
    late = ["promoted late"] * late_promotions(desk.store)
    due = [f"not swept: {session}" for session in desk.store.read(lapsing.sessions_due, now)]
    return judge(desk.store, now) + late + due


PLANTED: Sequence[tuple[Plant, Happening, str]] = [
    (own_session_only, leave_the_run, "lost promotion: bo"),
    (own_session_only, leave_another_session, "lost promotion: bo"),
    (waiter_costs_a_seat, first_waiter_busy, "lost promotion: cy"),
    (promotion_after_the_start, freed_after_the_start, "promoted late"),
    (lapses_are_not_swept, a_hold_that_ended, "not swept"),
]


@pytest.mark.parametrize(("plant", "happening", "seen"), PLANTED)
def test_a_planted_fault_is_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, plant: Plant, happening: Happening, seen: str
) -> None:
    with monkeypatch.context() as patch:
        plant(patch)
        happening(desk)
    assert any(line.startswith(seen) for line in verdict(desk))


@pytest.mark.parametrize("happening", [happening for _plant, happening, _seen in PLANTED[1:]])
def test_without_a_fault_nothing_is_seen(desk: Desk, happening: Happening) -> None:
    happening(desk)
    assert verdict(desk) == []
