"""An organisation in which everything is there twice, once for the logins that try and once for somebody else."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from tests.factories import (
    MADE,
    Database,
    make_attachment,
    make_block,
    make_certificate,
    make_checklist_item,
    make_course,
    make_draft,
    make_enrollment,
    make_equipment,
    make_group,
    make_hold,
    make_intake,
    make_item,
    make_person,
    make_record,
    make_request,
    make_requirement,
    make_run,
    make_run_member,
    make_scheduled,
    make_series,
    make_series_skip,
    make_session_checklist_item,
    make_telling,
    make_trainer,
    make_venue,
    prepared,
)
from tests.logins import make_login
from tests.services.store.seat_rows import make_member, make_presence, make_waiver
from trainer_desk.models import Account, Attestation, Category, Contact, ContactLook, Notice
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, Role
from trainer_desk.services.store.engine import Store

SOON = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=7)
"""The server asks its own clock whether a session is still to come."""


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the organisation; the session of one is open for signing up, that of the other is not."""

    trainer: int
    people: tuple[int, int, int]
    course: int
    venue: int
    session: int
    run: int
    group: int


@dataclass(frozen=True, slots=True)
class Whose:
    """Both halves, and a login of each role: those who do not plan are of the first."""

    own: Half
    other: Half
    logins: dict[Role, str]


def fill(store: Store) -> Whose:
    """Put rows into every table, and make the logins."""
    with prepared(store) as db:
        halves = [_half(db, code, sign_up=code == "OWN") for code in ("OWN", "NOT")]
        series = make_series(db)
        make_series_skip(db, series, SOON.date())
        db.execute(sa.insert(Category).values(name="Safety", hue=3))
    own, other = halves
    logins = {role: make_login(store, role) for role in (Role.ADMINISTRATOR, Role.SUPERVISOR)}
    logins[Role.TRAINER] = make_login(store, Role.TRAINER, trainer_id=own.trainer)
    logins[Role.REQUESTER] = make_login(store, Role.REQUESTER, person_id=own.people[0])
    stranger = make_login(store, Role.REQUESTER, person_id=other.people[0])
    with prepared(store) as db:
        for half, login in ((own, logins[Role.REQUESTER]), (other, stranger)):
            make_request(db, half.course, [half.people[0]], requested_by=login)
        for login in (*logins.values(), stranger):
            account = sa.select(Account.id).where(Account.login == login).scalar_subquery()
            told = {"account_id": account, "kind": "moved", "session_id": own.session, "at": MADE, "actor": "ana"}
            db.execute(sa.insert(Notice).values(told))
    return Whose(own, other, logins)


def _half(db: Database, code: str, *, sign_up: bool) -> Half:
    course = make_course(db, f"C{code}", sign_up=sign_up)
    trainer, venue = make_trainer(db, f"T{code}", courses=[course]), make_venue(db, f"V{code}", occupancy_limit=9)
    first = make_person(db, f"First {code}", employee_no=f"1{code}")
    second = make_person(db, f"Second {code}", employee_no=f"2{code}", manager_no=f"1{code}")
    third = make_person(db, f"Third {code}", employee_no=f"3{code}")
    run = make_run(db, f"R{code}", course=course)
    session = make_scheduled(
        db, course=course, trainer=trainer, venue=venue, starts_at=SOON, capacity=9, run_id=run, waitlist="enrol",
        equipment=[make_equipment(db, f"E{code}")],
    )  # fmt: skip
    make_draft(db, course=course)
    make_block(db, trainer, SOON + dt.timedelta(days=9), SOON + dt.timedelta(days=10))
    place = make_enrollment(db, session, first)
    make_enrollment(db, session, third, EnrollmentState.WAITLISTED)
    group = make_group(db, session)
    make_member(db, session, group, first)
    for person in (first, second, third):
        _about(db, person, course)
        make_run_member(db, run, person)
    make_presence(db, session, venue, first)
    make_hold(db, session, 1, until_at=SOON)
    make_waiver(db, session)
    make_telling(db, place)
    make_session_checklist_item(db, session)
    make_checklist_item(db, course)
    make_requirement(db, course, grace_days=1)
    make_certificate(db, first, course, session, MADE.date())
    make_attachment(db, session_id=session)
    return Half(trainer, (first, second, third), course, venue, session, run, group)


def _about(db: Database, person: int, course: int) -> None:
    db.execute(sa.insert(Contact).values(person_id=person, name="Bo", phone="+44 1"))
    db.execute(sa.insert(ContactLook).values(person_id=person, looked_at=MADE, looked_by="ana"))
    whose = {"person_id": person, "course_id": course, "status": ComplianceStatus.PENDING, "stated_at": MADE}
    db.execute(sa.insert(Attestation).values(whose | {"created_at": MADE, "updated_at": MADE}))
    make_item(db, person, course, ComplianceStatus.PENDING)
    make_record(db, person, course, MADE.date())
    make_intake(db, person, MADE.date())
