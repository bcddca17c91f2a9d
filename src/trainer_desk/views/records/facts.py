"""What the sheet and the list of training records show, read in one go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.people.numbers import names_of
from trainer_desk.services.people.records import load_record, records_of
from trainer_desk.services.rights import may
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rows.records import RecordRow
from trainer_desk.services.rules.holdings import valid_until
from trainer_desk.services.store.access import load_role
from trainer_desk.texts import date_text
from trainer_desk.texts.translate import _


@dataclass(frozen=True, slots=True)
class Facts:
    """The people concerned by id, all courses, the organisation's zone; and the record that is to be corrected."""

    people: Mapping[int, str]
    courses: Mapping[int, CourseRow]
    zone: ZoneInfo
    record: RecordRow | None = None


@dataclass(frozen=True, slots=True)
class Had:
    """A person's records, the newest training first, and whether the role may record."""

    records: tuple[RecordRow, ...]
    courses: Mapping[int, CourseRow]
    is_editable: bool


def gather(db: Any, people: Collection[int], record_id: int | None) -> Facts:
    """Read what the sheet needs for people, or for a record. Raises NotFound."""
    record = None if record_id is None else load_record(db, record_id)
    names = names_of(db, people if record is None else [record.person_id])
    if not names:
        raise NotFound(kind="person", key=", ".join(f"#{one}" for one in people))
    directory = load_directory(db)
    return Facts(names, directory.courses, directory.settings.zone, record)


def gather_of_person(db: Any, person_id: int, verb: Any, actor: str) -> Had:
    """Read a person's records; `verb` is what the role must be allowed to record."""
    directory = load_directory(db)
    return Had(records_of(db, person_id), directory.courses, may(load_role(db, actor), verb))


def course_text(course: CourseRow) -> str:
    """Return the name of a course in a list; a retired one says so."""
    return course.title if course.active else _("{course} (no longer in use)").format(course=course.title)


def validity_text(course: CourseRow | None, held_on: date | None, own: date | None) -> str:
    """Return how long a training is valid: by its own last day, or by the course's validity."""
    if course is None or held_on is None:
        return _("Left empty, the validity of the course counts.")
    if own is not None:
        return _("Valid to {day}.").format(day=date_text(own))
    until = valid_until(held_on, course.validity_months)
    if until is None:
        return _("By the course: valid without end.")
    return _("By the course: valid to {day}.").format(day=date_text(until))
