"""The history of one thing: who changed what and when, newest first, and who did so last (U4)."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import (
    Account,
    Attachment,
    Attestation,
    Block,
    Change,
    ChangeRow,
    ChecklistItem,
    ContactLook,
    Enrollment,
    Group,
    Intake,
    Presence,
    Qualification,
    Requirement,
    SeatHold,
    SessionChecklistItem,
    TrainingRecord,
    Waiver,
)
from trainer_desk.models.base import Flag, Utc
from trainer_desk.services.store.db import Db, is_sqlite
from trainer_desk.services.store.objects import journaled

PAGE = 200
PARTS = (
    ("enrollments", Enrollment.id, Enrollment.session_id),
    ("seat_holds", SeatHold.id, SeatHold.session_id),
    ("groups", Group.id, Group.session_id),
    ("presences", Presence.id, Presence.session_id),
    ("waivers", Waiver.id, Waiver.session_id),
    ("attachments", Attachment.id, Attachment.session_id),
    ("session_checklist_items", SessionChecklistItem.id, SessionChecklistItem.session_id),
)
"""Tables whose rows belong to one session, with their key and the column that names it; none is ever deleted."""

OF_PERSON = (
    ("enrollments", Enrollment.id, Enrollment.person_id),
    ("training_records", TrainingRecord.id, TrainingRecord.person_id),
    ("intakes", Intake.id, Intake.person_id),
    ("requirements", Requirement.id, Requirement.person_id),
    ("contact_looks", ContactLook.id, ContactLook.person_id),
    ("accounts", Account.id, Account.person_id),
)
OF_COURSE = (
    ("requirements", Requirement.id, Requirement.course_id),
    ("checklist_items", ChecklistItem.id, ChecklistItem.course_id),
)

CHANGES, ROWS = Change.__table__, ChangeRow.__table__
_HEAD = (CHANGES.c.actor, CHANGES.c.label, CHANGES.c.kind, ROWS.c.tbl, ROWS.c.pk)
_JOINED = ROWS.join(CHANGES, CHANGES.c.id == ROWS.c.change_id)
IMAGES = sa.select(CHANGES.c.id, CHANGES.c.at, *_HEAD, ROWS.c.before, ROWS.c.after).select_from(_JOINED)
TEXTS = sa.select(
    CHANGES.c.id, *(sa.type_coerce(one, sa.Text) for one in (CHANGES.c.at, *_HEAD, ROWS.c.before, ROWS.c.after))
).select_from(_JOINED)
"""What a history reads of each image: built once, of tables and not of classes; on a file all of it as text."""


class ChangeEntry(NamedTuple):
    """One change of a thing: `rows` are (table, key, before, after) of the rows that concern it; `at` is UTC."""

    id: int
    at: dt.datetime
    by: str
    label: str
    kind: str
    rows: tuple[tuple[str, str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who wrote last, when (UTC) and under which label."""

    by: str
    at: dt.datetime
    label: str


def of_row(table: str, key: str) -> sa.ColumnElement[bool]:
    """Return the condition for the images of one row; `key` is its primary key as text."""
    return sa.and_(ChangeRow.tbl == table, ChangeRow.pk == key)


def of_session(session_id: int) -> sa.ColumnElement[bool]:
    """Return the condition for the images of a session with its co-trainers and equipment."""
    links = sa.and_(ChangeRow.tbl == "session_resources", ChangeRow.pk.startswith(f"{session_id},", autoescape=True))
    return sa.or_(of_row("sessions", str(session_id)), links)


def last_change(db: Db, concerned: sa.ColumnElement[bool], *, since: int = 0) -> LastChange | None:
    """Return the newest change of images that the condition names, after the change `since`."""
    newest = (
        sa.select(Change.actor, Change.at, Change.label)
        .join(ChangeRow, ChangeRow.change_id == Change.id)
        .where(concerned, Change.id > since)
        .order_by(ChangeRow.id.desc())
        .limit(1)
    )
    row = db.execute(newest).one_or_none()
    return None if row is None else LastChange(*row)


def newest_change(db: Db) -> int:
    """Return the number of the newest change of all, 0 before the first."""
    return int(db.execute(sa.select(sa.func.coalesce(sa.func.max(Change.id), 0))).scalar_one())


def history_of_session(db: Connection, session_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a session with all that belongs to it, newest first.

    Its resources, people, held seats, groups with their members, who was in the room, and what was waived.
    """
    own = [among(db, table, sa.select(sa.cast(key, sa.Text)).where(of == session_id)) for table, key, of in PARTS]
    members = sa.and_(ChangeRow.tbl == "group_members", ChangeRow.pk.startswith(f"{session_id},", autoescape=True))
    return entries_of(db, sa.or_(of_session(session_id), members, *own), limit)


def history_of_person(db: Connection, person_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a person, of what was said, asked and recorded of them, and of all places, newest first.

    Compliance items follow from these; only an older program wrote them down themselves.
    """
    pairs = sa.select(sa.cast(Attestation.course_id, sa.Text) + "," + sa.cast(Attestation.person_id, sa.Text))
    pairs = pairs.where(Attestation.person_id == person_id)
    concerned = (
        of_row("people", str(person_id)),
        of_row("contacts", str(person_id)),
        among(db, "attestations", pairs),
        among(db, "compliance_items", pairs),
        *(among(db, table, sa.select(sa.cast(key, sa.Text)).where(of == person_id)) for table, key, of in OF_PERSON),
    )
    return entries_of(db, sa.or_(*concerned), limit)


def history_of_course(db: Connection, course_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a course with its checklist and of who must hold it, newest first."""
    own = [among(db, table, sa.select(sa.cast(key, sa.Text)).where(of == course_id)) for table, key, of in OF_COURSE]
    return entries_of(db, sa.or_(of_row("courses", str(course_id)), *own), limit)


def history_of_requirement(db: Connection, requirement_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a rule on who must hold a course, newest first."""
    return entries_of(db, of_row("requirements", str(requirement_id)), limit)


def history_of_record(db: Connection, record_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a training record, newest first."""
    return entries_of(db, of_row("training_records", str(record_id)), limit)


def history_of_account(db: Connection, account_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a login, newest first."""
    return entries_of(db, of_row("accounts", str(account_id)), limit)


def history_of_resource(db: Connection, resource_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a trainer or venue with qualifications, leave and closures, newest first."""
    key = str(resource_id)
    held = sa.select(sa.cast(Qualification.id, sa.Text)).where(Qualification.trainer_id == resource_id)
    blocks = sa.select(sa.cast(Block.id, sa.Text)).where(Block.resource_id == resource_id)
    halves = [of_row(table, key) for table in ("resources", "trainers", "venues")]
    return entries_of(db, sa.or_(*halves, among(db, "qualifications", held), among(db, "blocks", blocks)), limit)


def images_of(db: Connection, change_id: int) -> list[ChangeEntry]:
    """Return one change with all its images as the only entry; nothing if it touched no row."""
    return entries_of(db, ChangeRow.change_id == change_id, None)


def among(db: Connection, table: str, keys: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """Return the condition for the images of those rows; asked for beforehand, the keys are found by the index."""
    return sa.and_(ChangeRow.tbl == table, ChangeRow.pk.in_(db.execute(keys).scalars().all()))


def entries_of(db: Connection, concerned: sa.ColumnElement[bool], limit: int | None) -> list[ChangeEntry]:
    """Return the changes with the newest `limit` images that the condition names, newest first."""
    as_text = is_sqlite(db)  # there instants and images are text: all images are read at one go
    wanted = (TEXTS if as_text else IMAGES).where(concerned).order_by(ROWS.c.id.desc()).limit(limit)
    rows = db.execute(wanted).all()
    instant: Callable[[Any], dt.datetime] = dt.datetime.fromisoformat if as_text else _plain
    pairs = [image for row in rows for image in row[7:]]
    if as_text:
        pairs = json.loads(f"[{','.join([image or 'null' for image in pairs])}]")
    images = zip(pairs[::2], pairs[1::2], strict=True)
    heads: dict[int, tuple[int, dt.datetime, str, str, str]] = {}
    touched: dict[int, list[tuple[str, str, Any, Any]]] = {}
    for (key, at, actor, label, kind, table, row_key, _before, _after), (before, after) in zip(
        rows, images, strict=True
    ):
        told = (table, row_key, typed_image(table, before), typed_image(table, after))
        if key in touched:
            touched[key].append(told)
        else:
            heads[key], touched[key] = (key, instant(at), actor, label, kind), [told]
    return [ChangeEntry(*head, tuple(touched[key])) for key, head in heads.items()]


def _plain(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC)


def typed_image(table: str, image: Any) -> Any:
    """Return an image with flags and instants as such: each database writes them in a way of its own."""
    if not image:
        return image
    for name, read in _readers(table):
        value = image.get(name)
        if value is not None:
            image = image | {name: read(value, None)}
    return image


@cache
def _readers(table: str) -> tuple[tuple[str, Callable[[Any, Any], Any]], ...]:
    """Return the columns of a table whose values are written in another way, each with what reads it."""
    columns = journaled.image_columns(table)
    typed = [(column.name, column.type) for column in columns if isinstance(column.type, (Flag, Utc))]
    return tuple((name, kind.process_result_value) for name, kind in typed)
