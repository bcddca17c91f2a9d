"""Small functions that make what a test needs by plain inserts; each takes an open `db` and returns the new id.

    with prepared(store) as db:
        course = make_course(db, "FIRE")
        session = make_scheduled(db, course=course, starts_at=at("2026-07-06 09:00"))

Wall-clock words of `at` are read in the organisation's zone (`tests.databases.ZONE`).
"""

import datetime as dt
import hashlib
import itertools
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as Db

from trainer_desk import models
from trainer_desk.models.enums import (
    CLAIMING,
    ComplianceStatus,
    EnrollmentState,
    ResourceKind,
    Role,
    SessionRole,
    SessionStatus,
    SkipWhy,
)
from trainer_desk.services.rules.names import person_keys, sort_name

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store

Database: TypeAlias = Db | sa.Connection

BERLIN = ZoneInfo("Europe/Berlin")
MADE = dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 7, 6, 7, 0, tzinfo=dt.UTC)
"""Monday 6 July 2026, 09:00 in Berlin: where sessions start unless a test says otherwise."""

ACTOR = "supervisor"
_numbers = itertools.count(1)


@contextmanager
def prepared(store: "Store", label: str = "Prepared") -> Iterator[Db]:
    """Lend a `db` in which everything is made in one change."""
    with store.writing(label, actor=ACTOR) as unit:
        yield unit.db


def at(wall: str) -> dt.datetime:
    """Give the UTC instant of a wall-clock text such as `2026-07-06 09:00` in Berlin."""
    return dt.datetime.fromisoformat(wall).replace(tzinfo=BERLIN).astimezone(dt.UTC)


def make_course(db: Database, code: str | None = None, **columns: Any) -> int:
    """Make a course of 60 minutes."""
    code = code or f"C{next(_numbers)}"
    return _insert(db, models.Course, {"code": code, "title": f"Course {code}", "short_code": code[:6]} | columns)


def make_trainer(
    db: Database,
    code: str | None = None,
    *,
    courses: Sequence[int] = (),
    weekly_hours: int | None = None,
    **columns: Any,
) -> int:
    """Make a trainer who may teach the given courses without any date."""
    trainer = _resource(db, ResourceKind.TRAINER, code or f"T{next(_numbers)}", columns)
    db.execute(sa.insert(models.Trainer).values(id=trainer, weekly_hours=weekly_hours))
    for course in courses:
        make_qualification(db, trainer, course)
    return trainer


def make_venue(db: Database, code: str | None = None, *, part_of: int | None = None, **columns: Any) -> int:
    """Make a room; `part_of` names the venue that contains it. Takes the columns of venues, too."""
    names = ("capacity", "turnaround_minutes", "kind", "site", "occupancy_limit", "presence_seconds")
    own = {name: columns.pop(name) for name in names if name in columns}
    venue = _resource(db, ResourceKind.VENUE, code or f"V{next(_numbers)}", columns)
    db.execute(sa.insert(models.Venue).values(id=venue, part_of_id=part_of, **own))
    return venue


def make_equipment(db: Database, code: str | None = None, **columns: Any) -> int:
    """Make a piece of equipment."""
    return _resource(db, ResourceKind.EQUIPMENT, code or f"E{next(_numbers)}", columns)


def make_qualification(
    db: Database, trainer: int, course: int, valid_from: dt.date | None = None, valid_until: dt.date | None = None
) -> int:
    """Let a trainer teach a course; `valid_until` is the last valid day."""
    values = {"trainer_id": trainer, "course_id": course, "valid_from": valid_from, "valid_until": valid_until}
    return _insert(db, models.Qualification, values)


def make_person(db: Database, name: str | None = None, *, employee_no: str | None = None, **columns: Any) -> int:
    """Make an active person with the stored keys for search and order."""
    number = employee_no or f"P{next(_numbers):05}"
    name = name or f"Person {number}"
    keys = dict(zip(("search", "sort_name"), person_keys(number, name, columns.get("department")), strict=True))
    return _insert(db, models.Person, {"employee_no": number, "name": name} | keys | columns)


def make_people(db: Database, count: int) -> list[int]:
    """Make so many people."""
    return [make_person(db) for _ in range(count)]


def make_compliance(
    db: Database, person: int, course: int, status: ComplianceStatus, expires_on: dt.date | None = None
) -> None:
    """Attest what a person holds for a course, with the item that follows; `expires_on` is the last valid day."""
    said = {"course_id": course, "person_id": person, "status": status, "expires_on": expires_on, "stated_at": MADE}
    db.execute(sa.insert(models.Attestation).values(said | {"created_at": MADE, "updated_at": MADE}))
    make_item(db, person, course, status, expires_on)


def make_item(
    db: Database, person: int, course: int, status: ComplianceStatus, expires_on: dt.date | None = None, **days: Any
) -> None:
    """Make a compliance item alone, whatever the facts are; takes due_on and counts_from."""
    name = db.execute(sa.select(models.Person.sort_name).where(models.Person.id == person)).scalar_one()
    values = {"course_id": course, "person_id": person, "status": status, "expires_on": expires_on, "sort_name": name}
    db.execute(sa.insert(models.ComplianceItem).values(values | days))


def make_draft(
    db: Database,
    *,
    course: int | None = None,
    trainer: int | None = None,
    venue: int | None = None,
    starts_at: dt.datetime | None = None,
    minutes: int = 60,
    co_trainers: Sequence[int] = (),
    equipment: Sequence[int] = (),
    **columns: Any,
) -> int:
    """Make a draft: undated without `starts_at`, of a new course if none is given."""
    values = {
        "uuid": str(uuid.uuid4()),
        "ref": f"S{next(_numbers):05}",
        "course_id": course or make_course(db),
        "trainer_id": trainer,
        "venue_id": venue,
        "starts_at": starts_at,
        "ends_at": starts_at and starts_at + dt.timedelta(minutes=minutes),
    }
    session = _insert(db, models.Session, values | columns)
    links = [(one, SessionRole.CO_TRAINER) for one in co_trainers] + [(one, SessionRole.EQUIPMENT) for one in equipment]
    for resource, role in links:
        row = {"session_id": session, "resource_id": resource, "role": role}
        db.execute(sa.insert(models.SessionResource).values(row))
    return session


def make_scheduled(
    db: Database,
    *,
    course: int | None = None,
    trainer: int | None = None,
    venue: int | None = None,
    starts_at: dt.datetime = MONDAY,
    **others: Any,
) -> int:
    """Make a published session with its claims; a new qualified trainer and a new venue where none is given."""
    course = course or make_course(db)
    trainer = trainer or make_trainer(db, courses=[course])
    venue = venue or make_venue(db)
    words = {"status": SessionStatus.SCHEDULED} | others
    session = make_draft(db, course=course, trainer=trainer, venue=venue, starts_at=starts_at, **words)
    if words["status"] in CLAIMING:
        _claim(db, session, trainer, venue)
    return session


def make_block(
    db: Database,
    resource: int | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    reason: str = "Leave",
    **columns: Any,
) -> int:
    """Make leave or a closure with its claim; without a resource a holiday of the whole organisation, unclaimed."""
    span = {"starts_at": starts_at, "ends_at": ends_at}
    block = _insert(db, models.Block, {"resource_id": resource, "reason": reason} | span | columns)
    for one in [] if resource is None else _leaves(db, resource):
        db.execute(sa.insert(models.Claim).values(resource_id=one, block_id=block, **span))
    return block


def make_enrollment(
    db: Database, session: int, person: int, state: EnrollmentState = EnrollmentState.CONFIRMED, **columns: Any
) -> int:
    """Give a person a place in a session, the next place in its queue, or an offer that is open for a year."""
    who = {"session_id": session, "person_id": person, "state": state, "enrolled_at": MADE, "enrolled_by": ACTOR}
    if state == EnrollmentState.WAITLISTED and "position" not in columns:
        who["position"] = _next_position(db, session)
    if state == EnrollmentState.OFFERED:
        who["offer_until"] = MADE + dt.timedelta(days=365)
    return _insert(db, models.Enrollment, who | columns)


def make_run(db: Database, code: str | None = None, *, course: int | None = None, **columns: Any) -> int:
    """Make a run of a new course, or of the given one; takes max_people and the other columns."""
    code = code or f"R{next(_numbers)}"
    return _insert(
        db, models.Run, {"code": code, "name": f"Run {code}", "course_id": course or make_course(db)} | columns
    )


def make_run_member(db: Database, run: int, person: int, **columns: Any) -> None:
    """Put a person on a run."""
    whose = {"run_id": run, "person_id": person, "joined_at": MADE, "joined_by": ACTOR}
    db.execute(sa.insert(models.RunMember).values(whose | {"created_at": MADE, "updated_at": MADE} | columns))


def make_series(db: Database, rule: str = "FREQ=WEEKLY;COUNT=3", **columns: Any) -> int:
    """Make a series from the Monday of the factories on at nine, without its sessions."""
    values = {"rule": rule, "zone": "Europe/Berlin", "begins_on": MONDAY.date(), "begins_minute": 540}
    return _insert(db, models.Series, values | columns)


def make_series_skip(db: Database, series: int, day: dt.date, why: SkipWhy = SkipWhy.EXCEPTED, **columns: Any) -> None:
    """Leave a day of a series out."""
    values = {"series_id": series, "day": day, "why": why.value, "created_at": MADE, "updated_at": MADE}
    db.execute(sa.insert(models.SeriesSkip).values(values | columns))


def make_hold(db: Database, session: int, seats: int = 1, *, until_at: dt.datetime, **columns: Any) -> int:
    """Hold seats until an instant (UTC)."""
    values = {"session_id": session, "seats": seats, "label": "Held", "until_at": until_at, "held_by": ACTOR}
    return _insert(db, models.SeatHold, values | columns)


def make_group(db: Database, session: int, name: str | None = None, **columns: Any) -> int:
    """Make a breakout group of a session; takes a capacity."""
    return _insert(db, models.Group, {"session_id": session, "name": name or f"Group {next(_numbers)}"} | columns)


def make_requirement(db: Database, course: int, **columns: Any) -> int:
    """Have everybody hold a course from the start of 2026, or whoever job_role, department, site or person_id name."""
    return _insert(db, models.Requirement, {"course_id": course, "since": dt.date(2026, 1, 1)} | columns)


def make_record(db: Database, person: int, course: int, held_on: dt.date, **columns: Any) -> int:
    """Record a training that a person had; compliance does not follow by itself."""
    values = {"person_id": person, "course_id": course, "held_on": held_on, "recorded_at": MADE, "recorded_by": ACTOR}
    return _insert(db, models.TrainingRecord, values | columns)


def make_intake(db: Database, person: int, held_on: dt.date, **columns: Any) -> int:
    """Put an intake on file; the person's `intake_on` does not follow by itself."""
    values = {"person_id": person, "held_on": held_on, "recorded_at": MADE, "recorded_by": ACTOR}
    return _insert(db, models.Intake, values | columns)


def make_attachment(db: Database, content: bytes = b"%PDF-1.7", **columns: Any) -> int:
    """Attach a file to what record_id, session_id, qualification_id or intake_id names."""
    values = {
        "name": "card.pdf",
        "media_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "added_at": MADE,
        "added_by": ACTOR,
    }
    key = _insert(db, models.Attachment, values | columns)
    db.execute(sa.insert(models.AttachmentBytes).values(attachment_id=key, content=content))
    return key


def make_checklist_item(db: Database, course: int, words: str = "Book the room", **columns: Any) -> int:
    """Put something on a course's checklist, a week before each session."""
    return _insert(
        db, models.ChecklistItem, {"course_id": course, "words": words, "place": 1, "days_before": 7} | columns
    )


def make_account(db: Database, login: str, role: Role, **columns: Any) -> int:
    """Give a login a role; takes person_id and trainer_id."""
    return _insert(db, models.Account, {"login": login, "role": role} | columns)


def make_request(db: Database, course: int, named: Sequence[int] = (), **columns: Any) -> int:
    """File a booking request for a course; takes the number of `people`, or those who are named in it."""
    values = {"course_id": course, "requested_by": ACTOR, "requested_at": MADE}
    request = _insert(db, models.BookingRequest, values | columns)
    for person in named:
        db.execute(sa.insert(models.BookingRequestPerson).values(booking_request_id=request, person_id=person))
    return request


def make_accepted(db: Database, request: int, session: int) -> None:
    """Have a request name the session that came of it, and which names the request already."""
    asked = models.BookingRequest.__table__
    values = {"status": "ACCEPTED", "session_id": session, "decided_by": ACTOR, "decided_at": MADE}
    db.execute(sa.update(asked).where(asked.c.id == request).values(values | {"version": asked.c.version + 1}))


def make_certificate(db: Database, person: int, course: int, session: int, held_on: dt.date, **columns: Any) -> int:
    """Certify a person by a session; compliance does not follow by itself."""
    values = {
        "number": f"{held_on.year}-{next(_numbers):06}",
        "revision": 1,
        "person_id": person,
        "course_id": course,
        "session_id": session,
        "held_from": held_on,
        "held_on": held_on,
        "minutes": 120,
        "employee_no": f"P{person}",
        "person_name": f"Person {person}",
        "course_code": f"C{course}",
        "course_title": f"Course {course}",
        "trainer_name": "Trainer",
        "organisation": "Works",
        "checksum": "0" * 16,
        "days": [],
        "certified_at": MADE,
        "issued_at": MADE,
        "issued_by": ACTOR,
    }
    return _insert(db, models.Certificate, values | columns)


def make_session_checklist_item(db: Database, session: int, words: str = "Book the room", **columns: Any) -> int:
    """Put something on the checklist of one session, a week before it."""
    values = {"session_id": session, "words": words, "place": 1, "days_before": 7}
    return _insert(db, models.SessionChecklistItem, values | columns)


def make_telling(db: Database, enrollment: int, **columns: Any) -> None:
    """Write down that a person was told of a place in a scheduled session without saying when and where."""
    values = {
        "enrollment_id": enrollment,
        "state": EnrollmentState.CONFIRMED,
        "status": SessionStatus.SCHEDULED,
        "told_at": MADE,
        "told_by": ACTOR,
        "created_at": MADE,
        "updated_at": MADE,
    }
    db.execute(sa.insert(models.Telling).values(values | columns))


def _next_position(db: Database, session: int) -> int:
    """Give out the next place of a queue, as the program does."""
    table = models.Base.metadata.tables["sessions"]
    last = sa.update(table).where(table.c.id == session).values(last_position=table.c.last_position + 1)
    return int(db.execute(last.returning(table.c.last_position)).scalar_one())


def _insert(db: Database, model: type[models.Base], values: dict[str, Any]) -> int:
    stamped = {"created_at": MADE, "updated_at": MADE} | values
    table = sa.inspect(model).local_table
    columns = {"metadata" if name == "extra" else name: value for name, value in stamped.items()}
    return int(db.execute(sa.insert(table).values(columns).returning(table.c.id)).scalar_one())


def _resource(db: Database, kind: ResourceKind, code: str, columns: dict[str, Any]) -> int:
    name = columns.get("name", f"{kind.value.capitalize()} {code}")
    return _insert(
        db, models.Resource, {"kind": kind, "code": code, "name": name, "sort_name": sort_name(name)} | columns
    )


def _claim(db: Database, session: int, trainer: int, venue: int) -> None:
    row = db.execute(sa.select(models.Session.starts_at, models.Session.ends_at).where(models.Session.id == session))
    starts_at, ends_at = row.one()
    minutes = sa.select(models.Venue.turnaround_minutes).where(models.Venue.id == venue)
    after = ends_at + dt.timedelta(minutes=db.execute(minutes).scalar_one())
    links = sa.select(models.SessionResource.resource_id).where(models.SessionResource.session_id == session)
    ends = dict.fromkeys([trainer, *db.execute(links).scalars()], ends_at) | dict.fromkeys(_leaves(db, venue), after)
    for resource, end in sorted(ends.items()):
        values = {"resource_id": resource, "session_id": session, "starts_at": starts_at, "ends_at": end}
        db.execute(sa.insert(models.Claim).values(values))


def _leaves(db: Database, resource: int) -> list[int]:
    parts = list(db.execute(sa.select(models.Venue.id).where(models.Venue.part_of_id == resource)).scalars())
    return [leaf for part in parts for leaf in _leaves(db, part)] or [resource]
