"""One row in every table of the organisation, and in every table of what becomes of a session."""

import sqlalchemy as sa

from tests.factories import (
    MADE,
    MONDAY,
    Database,
    make_account,
    make_attachment,
    make_certificate,
    make_checklist_item,
    make_intake,
    make_record,
    make_request,
    make_requirement,
    make_run_member,
    make_series,
    make_series_skip,
    make_session_checklist_item,
    make_telling,
)
from trainer_desk.models import Attestation, Category, ContactLook
from trainer_desk.models.enums import ComplianceStatus, Role


def fill_organisation(db: Database, person: int, course: int, trainer: int) -> None:
    """Put one row into each table, about this person, course and trainer."""
    day = MONDAY.date()
    whose = {"person_id": person, "course_id": course, "status": ComplianceStatus.PENDING, "stated_at": MADE}
    db.execute(sa.insert(Attestation).values(whose | {"created_at": MADE, "updated_at": MADE}))
    db.execute(sa.insert(Category).values(name="Safety", hue=3))
    db.execute(sa.insert(ContactLook).values(person_id=person, looked_at=MADE, looked_by="ana"))
    make_checklist_item(db, course)
    make_requirement(db, course, exempt=True, reason="Long ill", until=day)
    make_intake(db, person, day)
    make_attachment(db, record_id=make_record(db, person, course, day))
    make_account(db, "ana", Role.TRAINER, trainer_id=trainer, person_id=person)


def fill_training(db: Database, session: int, enrollment: int, person: int, course: int) -> None:
    """Put one row into each table of requests, checklists, tellings and certificates, about this place."""
    make_request(db, course, [person])
    make_session_checklist_item(db, session)
    make_telling(db, enrollment)
    make_certificate(db, person, course, session, MONDAY.date())


def fill_planning(db: Database, run: int, person: int) -> None:
    """Put one row into each table of what recurs and of who is on a run."""
    make_series_skip(db, make_series(db), MONDAY.date())
    make_run_member(db, run, person)
