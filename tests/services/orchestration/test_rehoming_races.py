"""Several workstations cancel at one instant and propose the same seats: each goes once, who loses changes nothing."""

import datetime as dt
import multiprocessing
from collections import Counter

from tests.databases import StoreFactory
from tests.factories import make_course, make_enrollment, make_people, make_scheduled, prepared
from tests.services.orchestration.rehoming_racing import race
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.board import load_cards

WORKSTATIONS = 4


def test_the_seats_of_another_date_go_once(store_factory: StoreFactory) -> None:
    """Each was proposed the two seats of the next date: one workstation gets them, and the others cancel nothing."""
    store, day = store_factory(), dt.timedelta(days=1)
    coming = Clock().now() + 10 * day
    with prepared(store) as db:
        course = make_course(db)
        lost = [make_scheduled(db, course=course, starts_at=coming, capacity=2) for _ in range(WORKSTATIONS)]
        dates = [make_scheduled(db, course=course, starts_at=coming + n * day, capacity=4 - n) for n in (1, 2)]
        for session in lost:
            for person in make_people(db, 2):
                make_enrollment(db, session, person)
        for date in dates:
            make_enrollment(db, date, *make_people(db, 1))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.orchestration.rehoming_racing"])
    with context.Manager() as manager, context.Pool(WORKSTATIONS) as pool:
        start = manager.Barrier(WORKSTATIONS)
        outcomes = Counter(pool.map(race, [(store_factory.url, start, session) for session in lost], chunksize=1))
    assert outcomes == {"seated 2": 1, "session_full": WORKSTATIONS - 1}
    cards = store.read(load_cards, [*lost, *dates])
    assert Counter(cards[session].status for session in lost) == {
        SessionStatus.CANCELLED: 1,
        SessionStatus.SCHEDULED: WORKSTATIONS - 1,
    }
    assert [cards[date].seats_taken for date in dates] == [3, 1]
    with store.snapshot() as db:
        assert check_database(db) == []
