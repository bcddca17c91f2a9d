"""Gives people a place in a session and takes it back; who, when and by whom stays on record (K3, K4)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Person, Session
from trainer_desk.models.enums import Attendance, EnrollmentState
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rules.capacity import venue_capacity_exceeded
from trainer_desk.services.seats.places import Standing, lock_place, standings
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

ENROLLMENTS = Base.metadata.tables["enrollments"]
KNOWN_PEOPLE = sa.select(Person.id, Person.employee_no, Person.active).where(Among(Person.id, "ids"))
REVIVE = sa.update(ENROLLMENTS).where(
    ENROLLMENTS.c.session_id == sa.bindparam("of_session"), Among(ENROLLMENTS.c.person_id, "ids")
)
WITHDRAW = sa.update(ENROLLMENTS).where(
    ENROLLMENTS.c.session_id == sa.bindparam("of_session"), ENROLLMENTS.c.person_id == sa.bindparam("of_person")
)
ROOM = sa.select(Session.seats_taken, Session.venue_id).where(Session.id == sa.bindparam("session_id"))


@dataclass(slots=True)
class _Plan:
    """What an enrolment is going to write, and the free seats that it has left (None: unlimited)."""

    free: int | None
    new: list[int] = field(default_factory=list)
    revived: list[int] = field(default_factory=list)

    def take_seat(self, person_id: int, *, returns: bool) -> bool:
        """Use a free seat for a person who is new or `returns`; False if there is none."""
        if self.free == 0:
            return False
        if self.free is not None:
            self.free -= 1
        (self.revived if returns else self.new).append(person_id)
        return True


def enroll(db: DbSession, session_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> list[Outcome]:
    """Give each person a place, in the order given, and say what became of each (K3, K11).

    Outcomes: `enrolled`; `already` for who has a place or waits; `refused` with `session_full` for those beyond the
    capacity and `not_found` for who is unknown (its id stands for the number then) or inactive. The venue's capacity
    refuses nobody (`seat_findings`). Allowed also after the session's end. Raises NotFound, WrongState.
    """
    place = lock_place(db, session_id, "enroll")
    standing = standings(db, session_id)
    people = _people(db, person_ids)
    plan = _Plan(place.free)
    outcomes = []
    for person_id in person_ids:
        outcome = _outcome(person_id, people.get(person_id), standing.get(person_id), plan)
        outcomes.append(outcome)
        if outcome.outcome == "enrolled":
            standing[person_id] = Standing(EnrollmentState.CONFIRMED, None)
    _write(db, session_id, plan, actor, now)
    return outcomes


def withdraw(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> None:
    """Take a person out and free the seat at once; the enrollment stays on record (K4).

    Who has already withdrawn stays so. Raises NotFound for who never was in it, WrongState.
    """
    place = lock_place(db, session_id, "withdraw")
    standing = standings(db, session_id).get(person_id)
    if standing is None:
        raise NotFound(kind="enrollment", key=_number(db, person_id), session=place.ref)
    if standing.state is EnrollmentState.WITHDRAWN:
        return
    gone = {
        "state": EnrollmentState.WITHDRAWN.value,
        "position": None,
        "withdrawn_at": now,
        "withdrawn_by": actor,
        "version": ENROLLMENTS.c.version + 1,
        "updated_at": now,
    }
    db.execute(WITHDRAW.values(gone), {"of_session": session_id, "of_person": person_id})


def seat_findings(db: Db, session_id: int) -> tuple[Finding, ...]:
    """Return the orange `venue_capacity_exceeded` when a session holds more people than its venue seats (K1)."""
    people, venue_id = db.execute(ROOM, {"session_id": session_id}).one()
    if venue_id is None:
        return ()
    found = venue_capacity_exceeded(people, load_directory(db, course_ids=[]).venues[venue_id])
    return () if found is None else (found,)


def _outcome(person_id: int, person: tuple[str, bool] | None, standing: Standing | None, plan: _Plan) -> Outcome:
    if person is None:
        return Outcome(str(person_id), "refused", "not_found")
    number, active = person
    returns = standing is not None and standing.state is EnrollmentState.WITHDRAWN
    if standing is not None and not returns:
        return Outcome(number, "already", "already_enrolled", standing.position)
    if not active:
        return Outcome(number, "refused", "not_found")
    if not plan.take_seat(person_id, returns=returns):
        return Outcome(number, "refused", "session_full")
    return Outcome(number, "enrolled")


def _people(db: Db, person_ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """Return number and activity of those people who exist."""
    return {key: (number, active) for key, number, active in db.execute(KNOWN_PEOPLE, {"ids": person_ids})}


def _write(db: DbSession, session_id: int, plan: _Plan, actor: str, now: dt.datetime) -> None:
    made = {"state": EnrollmentState.CONFIRMED.value, "enrolled_at": now, "enrolled_by": actor, "updated_at": now}
    if plan.new:
        rows = [{"session_id": session_id, "person_id": person_id, "created_at": now} | made for person_id in plan.new]
        db.execute(sa.insert(ENROLLMENTS), rows)
    again = made | {
        "position": None,
        "attendance": Attendance.REGISTERED.value,
        "withdrawn_at": None,
        "withdrawn_by": None,
        "version": ENROLLMENTS.c.version + 1,
    }
    if plan.revived:
        db.execute(REVIVE.values(again), {"of_session": session_id, "ids": plan.revived})


def _number(db: Db, person_id: int) -> str:
    number = db.execute(sa.select(Person.employee_no).where(Person.id == person_id)).scalar_one_or_none()
    return str(person_id) if number is None else str(number)
