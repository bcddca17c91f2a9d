"""A full session for the panel's tests: enrolled, held and offered seats, a queue, and a run with a limit."""

from dataclasses import dataclass

import sqlalchemy as sa

from tests.factories import at, make_course, make_enrollment, make_hold, make_person, make_run, make_scheduled, prepared
from tests.views.session.conftest import Organisation
from trainer_desk.models import SeatHold
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.session.people_group import PeopleGroup


@dataclass
class Full:
    """Ids of a session of five seats on Tuesday 7 July 2026: all are taken, and two people wait.

    Ann, Ben and Eve are enrolled, one seat is held for Acme, Kim is asked until Friday noon. Cy waits first but sits
    in Fire Warden at that time; Dee is next. `later` is another date of the course with two seats, `free` a session
    without anybody.
    """

    organisation: Organisation
    session: int
    later: int
    free: int
    run: int
    hold: int
    people: dict[str, int]

    def states(self, session: int | None = None) -> dict[str, str]:
        """Return how everybody stands in a session, by name."""
        rows = self.organisation.store.read(load_seats, session or self.session)
        return {row.name: row.state.value for row in rows}

    def undo(self) -> None:
        """Take the last change of the window back."""
        undo_last(self.organisation.store, actor=self.organisation.who("frank"))

    def holds(self) -> list[tuple[str, int, str | None]]:
        """Return label, seats and end of every hold."""
        query = sa.select(SeatHold.label, SeatHold.seats, SeatHold.ended_why).order_by(SeatHold.id)
        return [tuple(row) for row in self.organisation.store.read(lambda db: db.execute(query).all())]


def fill(organisation: Organisation) -> Full:
    """Make the session, Dee joining the queue last, with which it is looked at."""
    with prepared(organisation.store) as db:
        course = make_course(db, "CSE", title="Confined Space Entry", overlap_policy="block", expiring_days=60)
        run = make_run(db, "JULY", course=course, name="July batch", max_people=9)
        made = {"course": course, "trainer": organisation.john, "waitlist": "enrol"}
        session = make_scheduled(
            db, starts_at=at("2026-07-07 09:00"), minutes=120, capacity=5, run_id=run, venue=organisation.room_a, **made
        )
        later = make_scheduled(
            db, starts_at=at("2026-07-14 09:00"), minutes=120, capacity=2, venue=organisation.room_a, **made
        )
        free = make_scheduled(
            db, starts_at=at("2026-07-21 09:00"), minutes=120, capacity=1, venue=organisation.room_b, **made
        )
        other = make_scheduled(
            db,
            title="Fire Warden",
            starts_at=at("2026-07-07 09:00"),
            trainer=organisation.femi,
            venue=organisation.room_b,
        )
        people = {name: make_person(db, name) for name in ("Ann", "Ben", "Eve", "Kim", "Cy", "Dee", "Gus", "Flo")}
        for name in ("Ann", "Ben", "Eve"):
            make_enrollment(db, session, people[name])
        make_enrollment(
            db, session, people["Kim"], EnrollmentState.OFFERED, offer_until=at("2026-07-03 12:00"),
            promoted_at=at("2026-07-01 09:00"), promoted_by="marta",
        )  # fmt: skip
        hold = make_hold(db, session, label="Acme", until_at=at("2026-07-03 14:05"))
        make_enrollment(db, other, people["Cy"])
        make_enrollment(db, session, people["Cy"], EnrollmentState.WAITLISTED)
    organisation.write(enroll, session, [people["Dee"]], actor="supervisor")
    return Full(organisation, session, later, free, run, hold, people)


def choose(part: PeopleGroup, name: str) -> None:
    """Stand on a person of a list."""
    names = [row.name for row in part.list.lines.rows]
    part.list.setCurrentIndex(part.list.lines.index(names.index(name)))


def told(part: PeopleGroup) -> list[tuple[str, str, str]]:
    """Return name, words and note of the lines that show."""
    shown = part.list.lines.rows[: part.list.lines.rowCount()]
    return [(row.name, row.words, row.note) for row in shown]
