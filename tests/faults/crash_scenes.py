"""One operation on seats after the other, each with the people and sessions that make it do all that it can."""

from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock

from tests.faults.crashing import Deed
from tests.services.seats.desk import DAY, HALF_PAST, HOUR, NOW, TEN, Desk
from trainer_desk.models.enums import SessionStatus, WaitlistMode
from trainer_desk.services.orchestration.lowering import lower_capacity
from trainer_desk.services.orchestration.scheduling import cancel, edit_session, publish, reinstate
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats import enrolling, scope
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.holds import fill_hold, hold_seats, release_hold
from trainer_desk.services.seats.moving import move_person, replace_person
from trainer_desk.services.seats.offers import accept_offer, decline_offer
from trainer_desk.services.seats.settling import settle_due, settle_sessions
from trainer_desk.services.seats.whole_run import enroll_in_run
from trainer_desk.services.store.engine import Store

AGO = NOW - HOUR
OFFER = WaitlistMode.OFFER
Scene = Callable[[Desk], Deed]
"""Prepares the database and gives what is done there."""


def write(verb: Callable[..., Any], *words: Any) -> partial[None]:
    """Give the deed of one verb."""
    return partial(_write, verb, words)


def _write(verb: Callable[..., Any], words: tuple[Any, ...], store: Store) -> None:
    store.write("Crash", verb, *words)


def enrolled_and_queued(desk: Desk) -> Deed:
    """The first newcomer gets the last seat, the second one waits; somebody who withdrew comes back to the queue."""
    one = desk.session("A", "ana ben", capacity=3)
    desk.do(withdraw, "A", "ben")
    desk.enroll("A", "cy")
    return write(enroll, one, desk.people("dan eva ben"))


def withdrawn_for_a_sister_session(desk: Desk) -> partial[None]:
    """The run is full with two; only when one leaves the first day can somebody come to the second one."""
    run = desk.run(2)
    one = desk.session("A", "ana ben", run_id=run)
    desk.session("B", "ben", waiting="cy dan", run_id=run, capacity=3, starts_at=TEN)
    return write(withdraw, one, desk.person("ana"))


def withdrawn_who_waits_elsewhere(desk: Desk) -> Deed:
    """Her seat goes to the next in line, and she herself, free now, gets the seat that she waits for elsewhere."""
    one = desk.session("A", "ana", waiting="ben")
    desk.session("B", "cy", waiting="ana", capacity=2, starts_at=HALF_PAST)
    return write(withdraw, one, desk.person("ana"))


def held(desk: Desk) -> Deed:
    """A hold that ended is swept first, and who waits is seated before anything is held."""
    one = desk.session("A", "ana", waiting="ben", capacity=3)
    desk.hold("A", 2, until=AGO)
    return write(hold_seats, one, 1, "Late shift", NOW + HOUR)


def released(desk: Desk) -> Deed:
    desk.session("A", "ana", waiting="ben cy", capacity=3)
    return write(release_hold, desk.hold("A", 2))


def filled(desk: Desk) -> Deed:
    """One who waits and one who is new share the held seats; the third stands in the queue."""
    desk.session("A", "ana", waiting="ben cy", capacity=3)
    return write(fill_hold, desk.hold("A", 2), desk.people("cy dan eva"))


def declined(desk: Desk) -> Deed:
    """The seat is offered to the next in line, and she gets the one that she waits for elsewhere."""
    one = desk.session("A", waiting="ana ben", waitlist=OFFER)
    desk.do(settle_sessions, [one])
    desk.session("B", waiting="ana", starts_at=HALF_PAST)
    return write(decline_offer, one, desk.person("ana"))


def accepted(desk: Desk) -> Deed:
    """What ended beside it is given on."""
    one = desk.session("A", waiting="ana ben", waitlist=OFFER, capacity=2)
    desk.hold("A")
    desk.do(settle_sessions, [one])
    desk.clock.instant = NOW + 2 * HOUR
    return write(accept_offer, one, desk.person("ana"))


def settled_when_due(desk: Desk) -> Deed:
    """A hold and an offer ended with nobody there: two sessions move, and whoever is free again moves in a third."""
    one = desk.session("A", waiting="ana ben", waitlist=OFFER)
    desk.do(settle_sessions, [one])
    desk.session("B", waiting="ana", starts_at=HALF_PAST)
    desk.session("C", "cy", waiting="dan", capacity=2, starts_at=NOW + 9 * DAY)
    desk.hold("C", until=AGO)
    desk.clock.instant = NOW + 3 * DAY
    return write(settle_due)


def raised(desk: Desk) -> Deed:
    one = desk.session("A", "ana", waiting="ben cy dan")
    return write(edit_session, one, {"capacity": 3})


def postponed(desk: Desk) -> Deed:
    """Whoever sat there is free now for what they wait for at the old time."""
    one = desk.session("A", "ana ben")
    desk.session("B", "cy", waiting="ana ben", capacity=3, starts_at=HALF_PAST)
    return write(edit_session, one, {"starts_at": NOW + 8 * DAY, "ends_at": NOW + 8 * DAY + HOUR})


def lowered(desk: Desk) -> Deed:
    one = desk.session("A", "ana ben cy", waiting="dan")
    return write(lower_capacity, one, 1)


def cancelled(desk: Desk) -> Deed:
    """Holds and offers end, and its people are free for what they wait for."""
    run = desk.run(2)
    one = desk.session("A", "ana", waiting="ben cy", waitlist=OFFER, capacity=3, run_id=run)
    desk.do(settle_sessions, [one])
    desk.hold("A")
    desk.session("B", waiting="ana", starts_at=HALF_PAST)
    desk.session("C", waiting="dan", run_id=run, starts_at=NOW + 9 * DAY)
    return write(cancel, one, "Snow")


def reinstated(desk: Desk) -> Deed:
    """Its people count in their run again."""
    run = desk.run(2)
    one = desk.session("A", "ana ben", run_id=run, status=SessionStatus.CANCELLED, cancel_reason="Snow")
    return write(reinstate, one)


def published(desk: Desk) -> Deed:
    """The queue of a draft moves from now on."""
    one = desk.session("A", "ana", waiting="ben cy", capacity=2)
    desk.do(cancel, "A", "Snow")
    desk.do(reinstate, "A")
    return write(publish, one)


def replaced(desk: Desk) -> Deed:
    """Who goes gets the seat that she waits for elsewhere; who comes does so from the queue."""
    one = desk.session("A", "ana", waiting="ben cy")
    desk.session("B", waiting="ana", starts_at=HALF_PAST)
    return write(replace_person, one, desk.person("ana"), desk.person("cy"))


def moved(desk: Desk) -> Deed:
    """The seat that is left goes to the next in line, also in the sister session."""
    run = desk.run(2)
    one = desk.session("A", "ana", waiting="ben", run_id=run, capacity=1)
    desk.session("B", "dan", waiting="cy", run_id=run, capacity=2, starts_at=TEN)
    two = desk.session("C", capacity=1, starts_at=NOW + 9 * DAY)
    return write(move_person, desk.person("ana"), one, two)


def enrolled_in_a_run(desk: Desk) -> Deed:
    """One gets a seat on both days, the other on none."""
    run = desk.run(3)
    desk.session("A", "ana", run_id=run, capacity=3)
    desk.session("B", "ana ben", run_id=run, capacity=3, starts_at=TEN)
    return write(enroll_in_run, run, desk.people("cy dan"))


def undone(desk: Desk) -> Deed:
    """Who withdrew gets the seat back, and who was promoted for it the place in the queue."""
    one = desk.session("A", "ana", waiting="ben cy")
    desk.store.write("Withdraw", withdraw, one, desk.person("ana"))
    return partial(undo_last)


QUICK: dict[str, Scene] = {
    "withdraw, promoting in a sister session": withdrawn_for_a_sister_session,
    "enroll": enrolled_and_queued,
}
MORE: dict[str, Scene] = {
    "settle what is due": settled_when_due,
    "withdraw who waits elsewhere": withdrawn_who_waits_elsewhere,
    "hold": held,
    "release": released,
    "fill": filled,
    "decline": declined,
    "accept": accepted,
    "raise the capacity": raised,
    "move in time": postponed,
    "lower the capacity": lowered,
    "cancel": cancelled,
    "reinstate": reinstated,
    "publish": published,
    "replace": replaced,
    "move": moved,
    "enroll in a run": enrolled_in_a_run,
    "undo a withdrawal": undone,
}


# ---- planted faults ------------------------------------------------------------------------------------------------


def settled_later(desk: Desk) -> Deed:
    """Settle in a transaction of its own."""
    session, person = withdrawn_for_a_sister_session(desk).args[1]
    return partial(_settle_later, session, person)


def settled_alone(desk: Desk) -> Deed:
    """Look at no other session than one's own."""
    return partial(_settle_alone, withdrawn_for_a_sister_session(desk))


def _settle_later(session: int, person: int, store: Store) -> None:
    with mock.patch.object(enrolling, "settle", return_value=Settled()):
        store.write("Withdraw", withdraw, session, person)
    store.write("Settle", settle_sessions, [session])


def _settle_alone(deed: Deed, store: Store) -> None:
    with mock.patch.object(scope, "_grow", lambda _db, session_ids, *_: set(session_ids)):
        deed(store)
