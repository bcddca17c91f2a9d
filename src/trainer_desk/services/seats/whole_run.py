"""Puts people on a whole run at once: each gets a seat on every coming day, or on none; and takes them off (R4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment, Run, Session
from trainer_desk.models.enums import SEATED, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.membership import add_members
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rules import queue
from trainer_desk.services.rules.queue import Place, Room, Seeker
from trainer_desk.services.rules.seating import Occasion
from trainer_desk.services.seats.enrolling import number_of
from trainer_desk.services.seats.moving import full
from trainer_desk.services.seats.scope import SeatSession, lock_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_rooms, load_seats_elsewhere, place_of
from trainer_desk.services.seats.settling import settle
from trainer_desk.services.seats.writing import Hand, seat, standings
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

OPEN = frozenset({SessionStatus.DRAFT, SessionStatus.SCHEDULED})
DAYS = sa.select(Session.id).where(
    Session.run_id == sa.bindparam("run_id"),
    Session.deleted_at.is_(None),
    Session.status.in_(sorted(OPEN)),
    sa.or_(Session.starts_at.is_(None), Session.starts_at > sa.bindparam("now", type_=Session.starts_at.type)),
)
"""The days of a run that are still to come; drafts without a date are."""

SEATS = sa.select(Enrollment.session_id, Enrollment.person_id).where(
    Among(Enrollment.session_id, "ids"), Among(Enrollment.person_id, "people"), Enrollment.state.in_(sorted(SEATED))
)


def enroll_in_run(
    db: DbSession, run_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime
) -> list[Outcome]:
    """Give each person a seat on every coming day of a run on which they have none, or none at all (R4, K8).

    Whoever has a seat on every day then is on the run (R1). Outcomes: `enrolled`; `already` for who has a seat on
    every day; `refused` with the reason of the first day that refuses, whose ref is told, or `not_found` for who is
    unknown or inactive. Nobody is put into a queue; whoever waits on a day comes first there. Raises NotFound, also
    for a run without a day to come at `now` (UTC).
    """
    found = db.execute(sa.select(Run.code).where(Run.id == run_id, Run.deleted_at.is_(None))).scalar_one_or_none()
    if found is None:
        raise NotFound(kind="run", key=run_id)
    ids = coming_days(db, run_id, now=now)
    scope = lock_scope(db, ids, people=person_ids, now=now)
    settle(db, scope, actor=actor, now=now)
    days = [scope.sessions[key] for key in ids if _is_coming(scope.sessions[key], run_id, now)]
    if not days:
        raise NotFound(kind="run", key=found, why="no_days")
    elsewhere = load_seats_elsewhere(db, [day.occasion for day in days], person_ids, now)
    one_of_each = {day.course_id: day.occasion.session_id for day in days}
    seekers = {
        course: _as_members(load_newcomers(db, session_id, person_ids), run_id)
        for course, session_id in one_of_each.items()
    }
    seating = _Seating(days, seekers, elsewhere, load_rooms(db, scope, person_ids), _seats(db, days, person_ids))
    outcomes = [_outcome(db, person, seating) for person in person_ids]
    on_it = [person for person, one in zip(person_ids, outcomes, strict=True) if one.outcome != "refused"]
    add_members(db, run_id, on_it, actor=actor, now=now)
    for session_id, people in seating.given.items():
        seat(db, session_id, standings(db, session_id, people), Hand(actor, now))
    return outcomes


def coming_days(db: Db, run_id: int, *, now: dt.datetime) -> list[int]:
    """Return the ids of a run's open sessions that start after `now` (UTC), and of its drafts without a date."""
    return sorted(db.execute(DAYS, {"run_id": run_id, "now": now}).scalars())


def _as_members(seekers: Mapping[int, Seeker], run_id: int) -> dict[int, Seeker]:
    """Return people as they are once they are on the run."""
    return {
        person: replace(seeker, sitter=replace(seeker.sitter, runs=seeker.sitter.runs | {run_id}))
        for person, seeker in seekers.items()
    }


class _Seating:
    """The days with what is left of each, while one person after the other is seated on all of them."""

    def __init__(
        self,
        days: Sequence[SeatSession],
        seekers: Mapping[int, Mapping[int, Seeker]],
        elsewhere: Mapping[int, Sequence[Occasion]],
        rooms: dict[int, Room],
        seated: set[tuple[int, int]],
    ) -> None:
        self.given: dict[int, list[int]] = defaultdict(list)
        self._days = {day.occasion.session_id: day for day in days}
        self._places = {key: place_of(day) for key, day in self._days.items()}
        self._seekers = seekers  # by course and person: courses ask for different things
        self._elsewhere, self._rooms, self._seated = elsewhere, rooms, seated

    def seeker(self, person_id: int) -> Seeker | None:
        """Return a person as any of the courses sees them, if there is such a person."""
        return next((people[person_id] for people in self._seekers.values() if person_id in people), None)

    def missing(self, person_id: int) -> list[Place]:
        """Return the days on which a person has no seat."""
        return [place for key, place in self._places.items() if (key, person_id) not in self._seated]

    def take(self, person_id: int, places: Iterable[Place]) -> tuple[list[queue.Fate], SeatSession | None]:
        """Seat a person on all of these days; return the fates, and the first day that refuses, if one does."""
        trial = [replace(place) for place in places]
        rooms = {key: replace(room, people=set(room.people)) for key, room in self._rooms.items()}
        wishes = [self._wish(person_id, place.occasion.session_id) for place in trial]
        fates = queue.settle(trial, wishes, self._elsewhere, rooms)
        refused = [fate for fate in fates if not fate.seated]
        if refused:
            return refused, self._as_filled(refused[0].seeker.session_id)
        self._rooms = rooms
        for place in trial:
            key = place.occasion.session_id
            self._places[key] = place
            self._seated.add((key, person_id))
            self.given[key].append(person_id)
        return fates, None

    def _wish(self, person_id: int, session_id: int) -> Seeker:
        return Seeker(session_id, self._seekers[self._days[session_id].course_id][person_id].sitter)

    def _as_filled(self, session_id: int) -> SeatSession:
        """Return a day with the seats that those before have been given, and which are not written yet."""
        day = self._days[session_id]
        return replace(day, taken=day.taken + len(self.given.get(session_id, ())))


def _outcome(db: Db, person_id: int, seating: _Seating) -> Outcome:
    seeker = seating.seeker(person_id)
    if seeker is None or not seeker.sitter.active:
        return Outcome(number_of(db, person_id), "refused", "not_found")
    number, missing = seeker.sitter.employee_no, seating.missing(person_id)
    if not missing:
        return Outcome(number, "already", "already_enrolled")
    fates, day = seating.take(person_id, missing)
    if day is None:
        return Outcome(number, "enrolled", findings=tuple(one for fate in fates for one in fate.findings))
    reason = fates[0].reason or full(day)
    return Outcome(number, "refused", reason.code, findings=(reason,), session=day.occasion.ref)


def _is_coming(day: SeatSession, run_id: int, now: dt.datetime) -> bool:
    """Whether a locked session still is a day of the run to come: it may have changed before it was locked."""
    starts_at = day.occasion.starts_at
    is_open = day.run_id == run_id and not day.is_deleted and day.occasion.status in OPEN
    return is_open and (starts_at is None or starts_at > now)


def _seats(db: Db, days: Sequence[SeatSession], person_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return who has a seat on which day, confirmed or offered."""
    ids = [day.occasion.session_id for day in days]
    return {(row[0], row[1]) for row in db.execute(SEATS, {"ids": ids, "people": list(person_ids)})}
