"""A look at a queue: what settling does, and a rehearsal of the same that leaves nothing behind, on both databases."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_enrollment, make_people, make_scheduled, prepared
from trainer_desk.models import Change, Enrollment
from trainer_desk.models.enums import EnrollmentState, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.queues import settle_queue
from trainer_desk.services.store.engine import Store

NOW = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)


def rows(store: Store) -> list[Any]:
    """Return everything that settling may write, and how many changes there are."""
    columns = (Enrollment.state, Enrollment.position, Enrollment.version, Enrollment.skip_code, Enrollment.promoted_at)
    found = store.read(lambda db: [tuple(row) for row in db.execute(sa.select(*columns).order_by(Enrollment.id))])
    return [*found, store.read(lambda db: tuple(db.execute(sa.select(sa.func.count(Change.id))).one()))]


def test_a_rehearsal_and_the_real_thing_agree(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(NOW))
    with prepared(store) as db:
        session = make_scheduled(db, capacity=2, waitlist=WaitlistMode.ENROL)
        for person in make_people(db, 3):
            make_enrollment(db, session, person, EnrollmentState.WAITLISTED)
    before = rows(store)
    rehearsed = settle_queue(store, "Look", session, dry_run=True)
    assert rows(store) == before
    assert [seat.position for seat in rehearsed.value.waiting] == [1, 2, 3]
    done = settle_queue(store, "Settle", session)
    assert done.value.settled == rehearsed.value.settled
    assert len(done.value.settled.promoted[session]) == 2
    assert [seat.position for seat in done.value.waiting] == [1]
    assert done.changes.touch("enrollments")
    assert not settle_queue(store, "Settle", session).changes.keys
    assert rows(store)[-1] == (before[-1][0] + 1,)


def test_a_session_that_is_not_there_promotes_nobody(store_factory: StoreFactory) -> None:
    look = settle_queue(store_factory(FixedClock(NOW)), "Settle", 9999).value
    assert (look.waiting, look.settled.promoted, look.reasons) == ((), {}, {})
