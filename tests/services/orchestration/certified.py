"""A room with two people in a course, whose sessions tests mark, complete and reopen; certificates follow (A5)."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from tests.factories import (
    at,
    make_course,
    make_enrollment,
    make_person,
    make_requirement,
    make_run,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.exchange.files import stored
from trainer_desk.models import Enrollment
from trainer_desk.models.enums import Attendance, ComplianceStatus
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.completing import complete, reopen
from trainer_desk.services.people.certificates import certificates_of
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-20 12:00")
LACKING = (ComplianceStatus.NON_COMPLIANT, None)


def compliant(year: int, month: int, day: int) -> tuple[str, dt.date]:
    """Give what is held up to a last valid day."""
    return ComplianceStatus.COMPLIANT, dt.date(year, month, day)


class Room:
    """Ada and Bo in a session of a course that must be held, is valid for a year, and is over now."""

    def __init__(self, store: Store, **course: Any) -> None:
        self.store = store
        with prepared(store) as db:
            self.course = make_course(db, "FIRE", **({"title": "Fire safety", "validity_months": 12} | course))
            self.trainer = make_trainer(db, "SMITH", name="John Smith", courses=[self.course])
            self.venue = make_venue(db)
            self.ada, self.bo = (make_person(db, name, employee_no=name[0]) for name in ("Ada", "Bo"))
            make_requirement(db, self.course)
            recompute(db)
        self.session = self.hold("2026-07-06 09:00", minutes=150)

    def hold(self, wall: str, *people: int, **columns: Any) -> int:
        """Schedule a session with both, or with these people."""
        with prepared(self.store) as db:
            who = {"course": self.course, "trainer": self.trainer, "venue": self.venue}
            session = make_scheduled(db, starts_at=at(wall), **(who | columns))
            for person in people or (self.ada, self.bo):
                make_enrollment(db, session, person)
        return session

    def run_of(self, *walls: str, people: tuple[int, ...] = (), **columns: Any) -> list[int]:
        """Schedule the days of a run that is one course; give their sessions."""
        with prepared(self.store) as db:
            self.run = make_run(db, course=self.course, one_course=True, **columns)
        return [self.hold(wall, *people, run_id=self.run) for wall in walls]

    def mark(self, session: int, person: int, attendance: Attendance, **columns: Any) -> None:
        """Mark somebody as the sheet does, and let certificates follow."""

        def write(db: Any, *, actor: str, now: dt.datetime) -> None:
            place = sa.update(Enrollment).where(Enrollment.session_id == session, Enrollment.person_id == person)
            db.execute(place.values(attendance=attendance, version=Enrollment.version + 1, **columns))
            certify(db, [session], actor=actor, now=now)

        self.store.write("Mark", write)

    def complete(self, session: int, *attended: int, **columns: Any) -> None:
        """Complete a session to which these people came, and nobody else."""
        for person in attended:
            self.mark(session, person, Attendance.ATTENDED, **columns)
        self.store.write("Complete", complete, session, rest_no_show=True)

    def reopen(self, session: int) -> None:
        """Let a session run again."""
        self.store.write("Reopen", reopen, session)

    def of(self, person: int) -> tuple[CertificateRow, ...]:
        """Give all revisions of a person's certificates."""
        return self.store.read(certificates_of, person)

    def live(self, person: int) -> list[CertificateRow]:
        """Give the certificates of a person that count."""
        return [row for row in self.of(person) if row.is_live]

    def item(self, person: int) -> tuple[str, dt.date | None]:
        """Give what compliance says of a person."""
        rows = stored(self.store, "compliance_items", "person_id", "status", "expires_on", course_id=self.course)
        return next((status, expires) for key, status, expires in rows if key == person)

    def status(self, session: int) -> str:
        """Give the state of a session."""
        return str(dict(stored(self.store, "sessions", "id", "status"))[session])
