"""Six people press RSVP for the last spot at one instant: one is registered, the others see that it is full (K13)."""

import datetime as dt
import multiprocessing
from collections import Counter

from tests.databases import StoreFactory
from tests.factories import make_account, make_course, make_people, make_scheduled, prepared
from tests.services.orchestration.sign_up_racing import race
from trainer_desk.models.enums import Role, WaitlistMode
from trainer_desk.services.seats.roster import load_seats

PEOPLE = 6


def test_the_last_spot_is_given_once_and_nobody_waits_unasked(store_factory: StoreFactory) -> None:
    store = store_factory()
    start = store.clock.now() + dt.timedelta(days=7)
    with prepared(store) as db:
        course = make_course(db, sign_up=True)
        session = make_scheduled(db, course=course, capacity=1, waitlist=WaitlistMode.ENROL, starts_at=start)
        logins = [f"login-{person}" for person in make_people(db, PEOPLE)]
        for login in logins:
            make_account(db, login, Role.REQUESTER, person_id=int(login.removeprefix("login-")))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.orchestration.sign_up_racing"])
    with context.Manager() as manager, context.Pool(PEOPLE) as pool:
        line = manager.Barrier(PEOPLE)
        outcomes = Counter(pool.map(race, [(store_factory.url, line, session, login) for login in logins], chunksize=1))
    assert outcomes == {"enrolled": 1, "session_full": PEOPLE - 1}
    assert [seat.state.value for seat in store.read(load_seats, session)] == ["confirmed"]
