"""Leaving a run while others enroll its people: nobody keeps a place without being on the run (R1)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.databases import StoreFactory
from tests.factories import make_people, make_run, make_scheduled, prepared
from tests.services.seats.desk import NINE, NOW
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.run_editing import edit_run
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.on_run import put_on_run, take_off_run

ROUNDS = 4


def test_closing_leaving_and_enrolling_at_once(store_factory: StoreFactory) -> None:
    stores = [store_factory(FixedClock(NOW)) for _ in range(3)]
    first = stores[0]
    with prepared(first) as db:
        people = make_people(db, 2)
        runs = [make_run(db) for _ in range(ROUNDS)]
        days = [make_scheduled(db, run_id=run, starts_at=NINE, capacity=4) for run in runs]
    for run, day in zip(runs, days, strict=True):
        first.write("Put on", put_on_run, run, people)
        start = Barrier(len(stores))
        deeds: list[Callable[[], object]] = [
            lambda run=run: stores[0].write("Leave", take_off_run, run, people),
            lambda day=day: stores[1].write("Enroll", enroll, day, people),
            lambda run=run: stores[2].write("Close", edit_run, run, {"members_only": True}),
        ]

        def act(deed: Callable[[], object], start: Barrier = start) -> None:
            start.wait(60)
            deed()

        with ThreadPoolExecutor(len(deeds)) as pool:
            list(pool.map(act, deeds))
    assert [one.code for one in first.read(check_database, now=NOW)] == []
