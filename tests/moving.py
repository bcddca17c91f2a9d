"""Every state of a session, own and foreign, for whoever tries every move: what the tests of the table walk through."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_accepted,
    make_account,
    make_course,
    make_enrollment,
    make_person,
    make_request,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.rules.transitions import MOVES, moves_for
from trainer_desk.services.store.engine import Store

FIRST = at("2026-03-02 08:00")
LATER = at("2026-07-01 12:00")
"""Every session is over by then."""
VERBS = tuple(dict.fromkeys(move.verb for move in MOVES))
WHO = tuple((role, is_own) for role in Role for is_own in (True, False))
"""Each role before sessions that are its own, and before others."""


@dataclass
class Yard:
    """An organisation whose sessions stand one hour apart, so that none is in the way of another."""

    store: Store
    course: int
    me: int
    somebody: int
    venue: int
    request: int
    _slots: Iterator[dt.datetime] = field(
        default_factory=lambda: (FIRST + dt.timedelta(hours=2 * n) for n in itertools.count())
    )

    def session(self, status: SessionStatus, *, is_own: bool, **columns: object) -> int:
        """Make a session in a state; one's own is both taught and asked for by whoever is at work."""
        asked = {}
        with prepared(self.store) as db:
            if is_own:
                asked["booking_request_id"] = make_request(db, self.course, requested_by=self.store.actor)
            session = make_scheduled(
                db,
                course=self.course,
                trainer=self.me if is_own else self.somebody,
                venue=self.venue,
                starts_at=next(self._slots),
                status=status,
                cancel_reason="Snow" if status is SessionStatus.CANCELLED else None,
                **asked,
                **columns,
            )
            if is_own:
                make_accepted(db, asked["booking_request_id"], session)
            make_enrollment(db, session, make_person(db), attendance=Attendance.ATTENDED)
            if status is SessionStatus.COMPLETED:
                certify(db, [session], actor="boss", now=LATER)
        return session


def make_yard(factory: StoreFactory, role: Role, clock: FixedClock | None = None) -> Yard:
    """Set the organisation up, and open it as somebody who has that role; the administrator is somebody else."""
    first = factory()
    with prepared(first) as db:
        course = make_course(db, "FIRE")
        me, somebody = make_trainer(db, "ME", courses=[course]), make_trainer(db, "YOU", courses=[course])
        venue, request = make_venue(db), make_request(db, course, requested_by="somebody")
        make_account(db, "boss", Role.ADMINISTRATOR)
        linked = me if role is Role.TRAINER else None
        logins.add(db, first.actor, role, trainer_id=linked, actor="boss", now=first.clock.now())
    return Yard(factory(clock or FixedClock(LATER)), course, me, somebody, venue, request)


def expected(verb: str, status: SessionStatus, role: Role, *, is_own: bool) -> SessionStatus | None:
    """Return the state to which a move of an over session leads by the table, None where there is none."""
    for move in moves_for(role, status, is_own=is_own, is_over=True):
        if move.verb == verb:
            return move.target
    return None
