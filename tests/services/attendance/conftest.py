"""A session with three people who have a seat, one who waits and one who withdrew."""

from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import make_course, make_enrollment, make_person, make_scheduled, make_trainer, prepared
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.attendance.marking import load_mark
from trainer_desk.services.orchestration import attending
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.store.engine import Store


@dataclass
class Sheet:
    """The session and its people by name, on one database."""

    store: Store
    session: int
    trainer: int
    people: dict[str, int]

    def mark(self, name: str, attendance: str | None = None, **more: Any) -> Mark:
        """Mark somebody as a workstation would."""
        fields = {} if attendance is None else {"attendance": Attendance(attendance)}
        label = f"Mark {name}"
        done = self.store.write(label, attending.mark, self.session, self.people[name], **fields, **more)
        return done.value

    def rest(self, attendance: str, **more: Any) -> list[str]:
        """Mark the rest; return their names."""
        verb = attending.mark_rest
        done = self.store.write("Mark the rest", verb, self.session, Attendance(attendance), **more)
        return [one.name for one in done.value]

    def of(self, name: str) -> Mark:
        """Return what is marked for somebody."""
        return self.store.read(load_mark, self.session, self.people[name])

    def marks(self) -> dict[str, str]:
        """Return everybody's attendance by name, of those who have a seat."""
        seated = ("Ann", "Bo", "Cy")
        return {name: self.of(name).attendance.value for name in seated}

    def become(self, status: SessionStatus) -> None:
        """Put the session into a state, as if somebody had moved it."""
        with prepared(self.store) as db:
            values = {"status": status.value, "version": Session.version + 1}
            if status is SessionStatus.CANCELLED:
                values["cancel_reason"] = "Ill"
            db.execute(sa.update(Session).where(Session.id == self.session).values(values))

    def row(self, name: str) -> Any:
        """Return who marked somebody and when."""
        query = sa.select(Enrollment.marked_by, Enrollment.marked_at, Enrollment.version).where(
            Enrollment.session_id == self.session, Enrollment.person_id == self.people[name]
        )
        with self.store.reading() as db:
            return db.execute(query).one()


@pytest.fixture
def sheet(store: Store) -> Sheet:
    """Give the sheet of a scheduled session, once on each kind of database."""
    return made_sheet(store)


def made_sheet(store: Store) -> Sheet:
    """Make the session and its people in a database."""
    with prepared(store) as db:
        course = make_course(db, "FIRE", requires_result=True)
        trainer = make_trainer(db, "TOM", courses=[course])
        session = make_scheduled(db, course=course, trainer=trainer)
        people = {name: make_person(db, name) for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo")}
        for name in ("Ann", "Bo", "Cy"):
            make_enrollment(db, session, people[name])
        make_enrollment(db, session, people["Di"], EnrollmentState.WAITLISTED)
        make_enrollment(db, session, people["Ed"], EnrollmentState.WITHDRAWN)
    return Sheet(store, session, trainer, people)
