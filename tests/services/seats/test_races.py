"""Sixteen workstations want the last seats at one instant: they get them, and no more (K3)."""

import multiprocessing
from collections import Counter

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_draft, make_enrollment, make_people, prepared
from tests.services.seats.racing import race
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import EnrollmentState

WORKSTATIONS = 16


@pytest.mark.parametrize("free", [1, 5])
def test_the_last_seats_are_sold_once(store_factory: StoreFactory, free: int) -> None:
    store = store_factory()
    with prepared(store) as db:
        session, people = make_draft(db, capacity=free + 2), make_people(db, WORKSTATIONS + 2)
        for person in people[WORKSTATIONS:]:
            make_enrollment(db, session, person)
    # Whoever withdrew comes back through the same gate as whoever is new.
    with prepared(store) as db:
        for person in people[:4]:
            make_enrollment(db, session, person, EnrollmentState.WITHDRAWN)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.seats.racing"])
    with context.Manager() as manager, context.Pool(WORKSTATIONS) as pool:
        start = manager.Barrier(WORKSTATIONS)
        wishes = [(store_factory.url, start, session, person) for person in people[:WORKSTATIONS]]
        outcomes = Counter(pool.map(race, wishes, chunksize=1))
    assert outcomes == {"enrolled": free, "session_full": WORKSTATIONS - free}
    confirmed = sa.select(sa.func.count()).where(
        Enrollment.session_id == session, Enrollment.state == EnrollmentState.CONFIRMED
    )
    assert store.read(lambda db: db.scalar(confirmed)) == free + 2
    assert store.read(lambda db: db.scalar(sa.select(Session.seats_taken).where(Session.id == session))) == free + 2
