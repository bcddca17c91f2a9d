"""Killed before and after every statement of an operation, looked at before anything can heal it: all or nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.databases import StoreFactory
from tests.faults.crash_scenes import MORE, QUICK, Scene, settled_alone, settled_later
from tests.faults.crashing import Crash, Deed, crash
from tests.faults.nursery import Nursery
from tests.faults.seat_judge import verdict
from tests.faults.stages import Content, Stage, content, staged, told_again
from tests.services.seats.desk import NOW, Desk
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.engine import Store

FEWEST = 20
"""An operation has more steps than that; fewer would mean that nobody counts them."""


@dataclass(frozen=True)
class Sight:
    """What a database says, and what is wrong with it."""

    content: Content
    wrong: list[str]


@dataclass
class Sweep:
    """One operation on one database, which is done again and again up to one step more."""

    store: Store
    stage: Stage
    nursery: Nursery
    clock: FixedClock
    deed: Deed
    seen: Sight | None = None

    def each(self) -> Iterator[tuple[Crash, Sight]]:
        """Give what there is to see after nobody was killed, and then after each kill, the latest first."""
        start, whole = self.look(), self.step(0)
        seen = self.look()
        yield whole, seen
        for last in range(len(whole.steps), 0, -1):
            if self.store.is_file or seen.content != start.content:
                self.stage.reset()
            step, seen = self.step(last), self.look()
            assert len(step.steps) == last
            yield step, seen

    def step(self, last: int) -> Crash:
        """Do the operation up to a step, and wait until nothing of it is under way."""
        step = crash(self.nursery, self.stage.url, self.clock, self.deed, last)
        self.stage.quiet()
        return step

    def look(self) -> Sight:
        """Look in one snapshot and let go of the database; what is as it was seen last is not judged again."""
        with self.store.snapshot() as db:
            found = content(db)
            if self.seen is None or found != self.seen.content:
                self.seen = Sight(found, verdict(db, self.clock.now()))
        self.store.close()
        return self.seen


@pytest.fixture
def sweep(store_factory: StoreFactory, nursery: Nursery) -> Iterator[Callable[[Scene], Sweep]]:
    """Give what sets a scene on a fresh database."""
    with ExitStack() as stack:

        def begin(scene: Scene) -> Sweep:
            clock = FixedClock(NOW)
            store = store_factory(clock)
            deed = scene(Desk(store, clock))
            return Sweep(store, stack.enter_context(staged(store)), nursery, clock, deed)

        yield begin


Begin = Callable[[Scene], Sweep]


@pytest.mark.parametrize("name", QUICK)
def test_whoever_is_killed_leaves_all_or_nothing(sweep: Begin, name: str) -> None:
    assert_all_or_nothing(sweep(QUICK[name]))


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", MORE)
def test_whoever_is_killed_in_any_operation_leaves_all_or_nothing(
    sweep: Begin, name: str, record_property: Callable[[str, object], None]
) -> None:
    points = assert_all_or_nothing(sweep(MORE[name]))
    record_property("told", f"killed at {points} points, nothing wrong")


def assert_all_or_nothing(sweep: Sweep) -> int:
    """Until COMMIT returns, all is as it was; then, it is as after the operation that nobody disturbed.

    Gives the number of points at which somebody was killed.
    """
    before = sweep.look()
    assert before.wrong == []
    steps = list(sweep.each())
    whole, after = steps[0]
    assert whole.is_over
    assert whole.commits == 1
    assert len(whole.steps) > FEWEST
    assert after.wrong == []
    assert after.content["change_rows"] != before.content["change_rows"]
    for step, seen in steps:
        assert seen.wrong == [], step
        if step.commits:
            assert told_again(seen.content) == told_again(after.content), step
        else:
            assert seen.content == before.content, step
    return len(whole.steps)


# ---- planted faults ------------------------------------------------------------------------------------------------


def first_wrong(sweep: Sweep) -> tuple[Crash, list[str]]:
    """Give how far the operation came when something was wrong for the first time."""
    return next((step, seen.wrong) for step, seen in sweep.each() if seen.wrong)


def test_a_queue_that_is_settled_in_a_second_transaction_is_seen(sweep: Begin) -> None:
    """Killed between the two, a seat is free and somebody waits; nobody but the next one who comes would heal that."""
    step, wrong = first_wrong(sweep(settled_later))
    assert not step.is_over
    assert step.commits == 1
    assert [line.split(":")[0] for line in wrong] == ["promotion_lost"]


def test_a_queue_that_is_settled_in_its_own_session_alone_is_seen(sweep: Begin) -> None:
    """The seat in the run stays free, although somebody waits for it in the sister session."""
    step, wrong = first_wrong(sweep(settled_alone))
    assert step.commits == 1
    assert [line.split(":")[0] for line in wrong] == ["promotion_lost"]
