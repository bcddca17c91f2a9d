"""Leave that is entered while somebody schedules into it: one of the two is told, both never pass unseen (C2, C4)."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_course, make_draft, make_trainer, make_venue, prepared
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import absences
from trainer_desk.services.orchestration.scheduling import publish
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.rows.absences import Wanted
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=3)
DAY = dt.timedelta(days=1)
ROUNDS = 10


def outcome(store: Store, start: Barrier, verb: object, *args: object) -> str:
    start.wait()
    try:
        store.write("Race", verb, *args)  # type: ignore[arg-type]
    except DeskError as error:
        return error.code
    return "done"


def test_leave_and_a_session_at_one_time_never_pass_each_other_unseen(store_factory: StoreFactory) -> None:
    stores = [store_factory(FixedClock(NOW)) for _one in range(2)]
    with prepared(stores[0]) as db:
        course = make_course(db, "LOTO")
        trainers = [make_trainer(db, f"T{n}", courses=[course]) for n in range(ROUNDS)]
        drafts = [
            make_draft(db, course=course, trainer=trainer, venue=make_venue(db, f"V{n}"), starts_at=MONDAY)
            for n, trainer in enumerate(trainers)
        ]
    seen = []
    with ThreadPoolExecutor(2) as pool:
        for trainer, draft in zip(trainers, drafts, strict=True):
            start = Barrier(2)
            wanted = Wanted(trainer, MONDAY - DAY, MONDAY + DAY, "Ill")
            leave = pool.submit(outcome, stores[0], start, absences.enter_absence, wanted, {})
            taught = pool.submit(outcome, stores[1], start, publish, draft)
            seen.append((leave.result(), taught.result()))
    assert set(seen) <= {("done", "trainer_away"), ("stale", "done")}
    with stores[0].snapshot() as db:
        assert check_database(db, now=NOW) == []
