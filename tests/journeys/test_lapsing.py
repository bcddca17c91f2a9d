"""While a window is open, the seat of an ended hold goes to whoever waits, and nobody has to press anything (K7)."""

import datetime as dt

from tests.factories import at, make_enrollment, make_hold, make_person, make_scheduled, prepared
from tests.journeys.conftest import NOW, Workplace
from trainer_desk.models.enums import EnrollmentState, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.journal.steps import next_undo
from trainer_desk.services.seats.roster import load_seats


def test_the_seat_of_an_ended_hold_goes_to_who_waits(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        wanted = {"capacity": 1, "waitlist": WaitlistMode.ENROL}
        session = make_scheduled(db, starts_at=at("2026-07-09 09:00"), **wanted)
        make_hold(db, session, until_at=NOW - dt.timedelta(minutes=1))
        make_enrollment(db, session, make_person(db), EnrollmentState.WAITLISTED)
    before = place.store.read(next_undo, place.store.actor)
    place.assembly.lapsing.look()
    place.until(lambda: session in place.page.source.cards and place.page.source.cards[session].enrolled)
    (seat,) = place.store.read(load_seats, session)
    assert seat.state is EnrollmentState.CONFIRMED
    assert place.page.source.cards[session].enrolled == 1
    assert place.store.read(next_undo, place.store.actor) == before
