"""Which pages there are: how each is read, told, and whose changes it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trainer_desk.services.dossiers.course import load_course
from trainer_desk.services.dossiers.person import load_person
from trainer_desk.services.dossiers.trainer import load_trainer
from trainer_desk.services.orchestration.absences import enter_absence
from trainer_desk.services.orchestration.intakes import record_intakes
from trainer_desk.services.orchestration.training import record_with_files
from trainer_desk.texts.translate import mark
from trainer_desk.views.pages import course, person, trainer
from trainer_desk.views.pages.content import ABSENCES, COURSES, INTAKES, PEOPLE, RECORDS, TRAINERS, Content


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page: `load(db, id, day, now=…)` reads it, `tell` makes its content, `tables` are what it shows."""

    word: str
    load: Callable[..., Any]
    tell: Callable[[Any], Content]
    tables: tuple[str, ...]


KINDS = {
    PEOPLE: Kind(
        mark("Person"),
        load_person,
        person.content_of,
        (
            "people", "courses", "enrollments", "sessions", "resources", "training_records", "requirements",
            "attestations", "intakes", "contacts", "contact_looks", "certificates", "runs", "settings",
        ),
    ),
    TRAINERS: Kind(
        mark("Trainer"),
        load_trainer,
        trainer.content_of,
        (
            "resources", "trainers", "qualifications", "courses", "sessions", "session_resources", "blocks",
            "enrollments", "people", "settings",
        ),
    ),
    COURSES: Kind(
        mark("Course"),
        load_course,
        course.content_of,
        (
            "courses", "categories", "requirements", "attestations", "training_records", "qualifications", "resources",
            "sessions", "enrollments", "checklist_items", "people", "certificates", "runs", "settings",
        ),
    ),
}  # fmt: skip
"""The pages by the kind of their thing."""

DEEDS: Mapping[str, Callable[..., Any]] = {
    RECORDS: record_with_files,
    INTAKES: record_intakes,
    ABSENCES: enter_absence,
}
"""What the button of a section does, by the section's id: only who may do it is offered the button."""
