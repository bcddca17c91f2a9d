"""Reads who loses a date and which other dates there are, and proposes one to each; nothing is written (R7, K6)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from trainer_desk.models import Enrollment, Person, RunSeat, Session
from trainer_desk.models.enums import SEATED, EnrollmentState
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning import board
from trainer_desk.services.rows.rehoming import Leaving, Rehoming
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules import rehoming as rules
from trainer_desk.services.rules.compliance import group_of, order_key
from trainer_desk.services.rules.queue import Room, Seeker
from trainer_desk.services.rules.rehoming import Date, Leaver, Proposal
from trainer_desk.services.rules.seating import Occasion
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.enrolling import is_queueing
from trainer_desk.services.seats.lapsing import load_lapses
from trainer_desk.services.seats.next_date import COMING
from trainer_desk.services.seats.scope import Scope, read_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_rooms, load_seats_elsewhere, place_of
from trainer_desk.services.seats.settling import look
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

MOST_DATES = 60
"""Dates of one course that are looked at."""

INSTANT = Session.__table__.c.starts_at.type
NOW = sa.bindparam("now", type_=INSTANT)
LIVE = sa.and_(
    Enrollment.state != EnrollmentState.WITHDRAWN.value,
    sa.or_(Enrollment.offer_until.is_(None), Enrollment.offer_until > NOW),
)
PLACES = (
    sa.select(Enrollment.session_id, Enrollment.person_id, Enrollment.state)
    .join(Person, Person.id == Enrollment.person_id)
    .where(Among(Enrollment.session_id, "ids"), LIVE, Person.active.is_(sa.true()))
    .order_by(Enrollment.session_id, Enrollment.person_id)
)
DATES = COMING.limit(MOST_DATES)
SEATS_IN_RUNS = sa.select(RunSeat.run_id, RunSeat.person_id, RunSeat.seats).where(
    Among(RunSeat.run_id, "runs"), Among(RunSeat.person_id, "people"), RunSeat.seats > 0
)


def places_in(db: Db, session_ids: Collection[int], now: dt.datetime) -> dict[tuple[int, int], EnrollmentState]:
    """Return who has a place in these sessions or waits for one at `now` (UTC), by session and person."""
    rows = db.execute(PLACES, {"ids": sorted(session_ids), "now": now})
    return {(row.session_id, row.person_id): EnrollmentState(row.state) for row in rows}


def propose_for(
    db: Db,
    session_ids: Sequence[int],
    leaving: Mapping[tuple[int, int], EnrollmentState],
    *,
    now: dt.datetime,
    besides: Collection[int] = (),
) -> Rehoming:
    """Return what can be proposed at `now` (UTC) to people who lose these places. Raises NotFound for a session.

    Sessions of `besides` are no dates: something else becomes of them in the same change.
    """
    cards = board.load_cards(db, session_ids, now=now)
    for session_id in session_ids:
        if session_id not in cards:
            raise NotFound(kind="session", key=session_id)
    facts = _Facts(db, cards, leaving, now, besides)
    proposals = rules.propose(facts.leavers(), facts.dates(), facts.seats_elsewhere(), facts.rooms())
    return Rehoming(
        sessions=tuple(cards[key] for key in session_ids),
        people=tuple(facts.leaving_of(one) for one in proposals),
        dates=board.load_cards(db, facts.scope.sessions, now=now),
        free={date.place.occasion.session_id: date.place.free for date in facts.dates()},
    )


class _Facts:
    """What the rule needs, read once; everything is as it will be when the sessions are cancelled."""

    def __init__(
        self,
        db: Db,
        cards: Mapping[int, SessionCard],
        leaving: Mapping[tuple[int, int], EnrollmentState],
        now: dt.datetime,
        besides: Collection[int],
    ) -> None:
        self._db, self._cards, self._leaving, self._now = db, cards, leaving, now
        self._people = sorted({person for _session, person in leaving})
        self._zone = load_directory(db, course_ids=[]).settings.zone
        courses = sorted({cards[session].course_id for session, _person in leaving})
        ids = [key for course in courses for key in self._coming(course) if key not in besides]
        self._lost = read_scope(db, cards, now).sessions
        self.scope = as_swept(db, read_scope(db, ids, now), now)
        self._here = self._standing(ids)

    def leavers(self) -> list[Leaver]:
        """Return everybody with their urgency and where they have a place already."""
        found = []
        for session_id in sorted({session for session, _person in self._leaving}):
            people = [person for session, person in self._leaving if session == session_id]
            seekers = load_newcomers(self._db, session_id, people)
            found += [self._leaver(session_id, seekers[person]) for person in people if person in seekers]
        return found

    def dates(self) -> list[Date]:
        """Return the coming dates by start, with the seats that those who wait there leave."""
        promoted: dict[int, int] = defaultdict(int)
        for fate in look(self._db, self.scope, [], self._now):
            promoted[fate.seeker.session_id] += fate.seated
        found = []
        for key, session in self.scope.sessions.items():
            place = place_of(session)
            place.free = None if place.free is None else max(0, place.free - promoted[key])
            found.append(Date(session.course_id, place, is_queueing(session, self._now)))
        return sorted(found, key=lambda date: (date.place.occasion.starts_at, date.place.occasion.session_id))

    def seats_elsewhere(self) -> dict[int, list[Occasion]]:
        """Return where people sit besides, without what they lose."""
        occasions = [session.occasion for session in self.scope.sessions.values()]
        found = load_seats_elsewhere(self._db, occasions, self._people, self._now)
        return {
            person: [one for one in held if (one.session_id, person) not in self._leaving]
            for person, held in found.items()
        }

    def rooms(self) -> dict[int, Room]:
        """Return what capped runs can take once the places there are given up."""
        rooms = load_rooms(self._db, self.scope, self._people)
        lost: dict[tuple[int, int], int] = defaultdict(int)
        for (session, person), state in self._leaving.items():
            run_id = self._cards[session].run_id
            if run_id in rooms and state in SEATED:
                lost[run_id, person] += 1
        if not lost:
            return rooms
        seats = self._db.execute(SEATS_IN_RUNS, {"runs": sorted(rooms), "people": self._people})
        for run_id, person, count in seats:
            if lost[run_id, person] >= count:
                room = rooms[run_id]
                room.people.discard(person)
                room.left = None if room.left is None else room.left + 1
        return rooms

    def leaving_of(self, proposal: Proposal) -> Leaving:
        """Return a proposal as a row."""
        leaver, seeker = proposal.leaver, proposal.leaver.seeker
        return Leaving(
            session_id=leaver.session_id,
            person_id=seeker.sitter.person_id,
            employee_no=seeker.sitter.employee_no,
            name=seeker.sitter.name,
            state=self._leaving[leaver.session_id, seeker.sitter.person_id],
            group=leaver.urgency[0],
            status=seeker.status,
            expires_on=seeker.expires_on,
            due_on=seeker.due_on,
            counts_from=seeker.counts_from,
            on=self._day(self._cards[leaver.session_id]),
            options=proposal.options,
            proposed=proposal.proposed,
            reason=proposal.reason,
            has_place_on=self._seat_besides(leaver) if leaver.is_served else None,
        )

    def _coming(self, course_id: int) -> list[int]:
        ids = self._db.execute(DATES, {"course_id": course_id, "now": self._now}).scalars()
        return [key for key in ids if key not in self._cards]

    def _standing(self, ids: Collection[int]) -> dict[int, dict[int, EnrollmentState]]:
        found: dict[int, dict[int, EnrollmentState]] = defaultdict(dict)
        for (session, person), state in places_in(self._db, ids, self._now).items():
            found[person][session] = state
        return found

    def _leaver(self, session_id: int, seeker: Seeker) -> Leaver:
        card, person = self._cards[session_id], seeker.sitter.person_id
        expiring = self._lost[session_id].expiring_days
        group = group_of(seeker.status, seeker.expires_on, self._day(card), expiring, seeker.due_on, seeker.counts_from)
        leaver = Leaver(
            session_id=session_id,
            course_id=card.course_id,
            seeker=seeker,
            urgency=order_key(group, seeker.expires_on, seeker.sitter.name.casefold(), person),
            here=frozenset(self._here[person]),
        )
        return leaver if self._seat_besides(leaver) is None else replace(leaver, is_served=True)

    def _seat_besides(self, leaver: Leaver) -> int | None:
        """Return another date of the course on which the person has a seat; other days of the same run are none."""
        run_id = self._cards[leaver.session_id].run_id
        for session_id, state in self._here[leaver.seeker.sitter.person_id].items():
            session = self.scope.sessions[session_id]
            is_same_run = run_id is not None and session.run_id == run_id
            if state in SEATED and session.course_id == leaver.course_id and not is_same_run:
                return session_id
        return None

    def _day(self, card: SessionCard) -> dt.date:
        return local(card.starts_at or self._now, self._zone).date()


def as_swept(db: Db, scope: Scope, now: dt.datetime) -> Scope:
    """Return a scope with the seats of what ended already, as the next writer will find it."""
    for session_id, seats in load_lapses(db, scope, now).seats.items():
        scope.sessions[session_id].taken -= seats
    return scope
