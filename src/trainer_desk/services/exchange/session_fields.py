"""The fields of a session as people write them, with codes, and as the services take them, with ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Course, Resource
from trainer_desk.models.enums import ResourceKind, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import BadValue, DeskError, NotFound
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout
from trainer_desk.services.planning.runs import run_ids
from trainer_desk.services.store.db import Db

_PLAIN = {
    "title": "title",
    "description": "description",
    "start": "starts_at",
    "end": "ends_at",
    "capacity": "capacity",
    "minimum": "minimum",
    "decision_on": "decision_on",
    "waitlist": "waitlist",
    "waitlist_order": "waitlist_order",
    "notes": "notes",
    "metadata": "metadata",
}
_ONE = {"course": "course_id", "trainer": "trainer_id", "venue": "venue_id", "run": "run_id"}
_SEVERAL = {"co_trainers": ("co_trainer_ids", "trainer"), "equipment": ("equipment_ids", "equipment")}
IMPORTABLE = (SessionStatus.DRAFT, SessionStatus.SCHEDULED)
"""What a file may make of a session; the others may only stand in it as they are."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The ids of courses, trainers, venues, equipment and runs by code, by the word for the kind."""

    ids: Mapping[str, Mapping[str, int]]

    def of(self, kind: str, code: str, field: str | None = None) -> int:
        """Return the id behind a code. Raises NotFound naming the field, if it was one."""
        found = self.ids[kind].get(code)
        if found is None:
            raise NotFound(kind=kind, key=code, field=field)
        return found


def load_codes(db: Db) -> Codes:
    """Return all codes that a session can name."""
    ids: dict[str, dict[str, int]] = {kind.value: {} for kind in ResourceKind}
    ids["course"] = dict(db.execute(sa.select(Course.code, Course.id)).all())
    ids["run"] = run_ids(db)
    for kind, code, key in db.execute(sa.select(Resource.kind, Resource.code, Resource.id)):
        ids[kind][code] = key
    return Codes(ids)


def session_layout(zone: ZoneInfo) -> Layout:
    """Return the columns of a sessions file, whose times are wall clock of `zone`; they are the CLI's FIELDS, too."""
    instant = cells.instant_in(zone)
    return Layout(
        (
            Column("ref", cells.code),
            Column("course", cells.code, required=True),
            Column("title", cells.name),
            Column("description", cells.prose),
            Column("trainer", cells.code),
            Column("co_trainers", cells.listed(cells.code), ()),
            Column("venue", cells.code),
            Column("equipment", cells.listed(cells.code), ()),
            Column("start", instant),
            Column("end", instant),
            Column("capacity", cells.whole(0)),
            Column("minimum", cells.whole(0)),
            Column("decision_on", cells.day),
            Column("waitlist", cells.word_of(WaitlistMode, on=WaitlistMode.ENROL.value), WaitlistMode.OFF.value),
            Column("waitlist_order", cells.word_of(WaitlistOrder), WaitlistOrder.JOINED.value),
            Column("run", cells.code),
            Column("status", _status, SessionStatus.DRAFT.value),
            Column("notes", cells.prose),
            Column("metadata", cells.json_object),
        ),
        key=("ref",),
        made_up=True,
    )


def session_fields(values: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    """Return what the planning services take, for those columns that are there.

    Raises DeskError for a single unknown code; for several, a DeskError whose `also` fact holds the others.
    """
    fields = {name: values[column] for column, name in _PLAIN.items() if column in values}
    problems: list[DeskError] = []
    for column, name in _ONE.items():
        if column in values:
            code = values[column]
            fields[name] = None if code is None else _known(codes, column, column, code, problems)
    for column, (name, kind) in _SEVERAL.items():
        if column in values:
            found = {_known(codes, column, kind, code, problems) for code in values[column]}
            # Sorted and without the lead trainer, as they are stored: so equal lists are equal.
            fields[name] = tuple(sorted(key for key in found if key and key != fields.get("trainer_id")))
    if problems:
        problems[0].facts["also"] = tuple(problems[1:])
        raise problems[0]
    return fields


def _known(codes: Codes, field: str, kind: str, code: str, problems: list[DeskError]) -> int | None:
    try:
        return codes.of(kind, code, field)
    except NotFound as problem:
        problems.append(problem)
        return None


def _status(field: str, text: str) -> str:
    status = text.upper()
    if status not in [word.value for word in SessionStatus]:
        raise no_status(text, field)
    return status


def no_status(text: str, field: str = "status") -> BadValue:
    """Return the refusal of a status that no file can give to a session."""
    return BadValue(field=field, value=text, why="not_one_of", choices=[word.value for word in IMPORTABLE])
