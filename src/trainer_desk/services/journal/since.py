"""What was changed of a thing since a version of it, field by field, and by whom: for whoever saves too late (U5)."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Change, ChangeRow, Session, SessionResource
from trainer_desk.models.enums import SessionRole
from trainer_desk.services.journal.history import of_row, of_session, typed_image
from trainer_desk.services.rows.comparing import FieldChange
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.objects import journaled

FIELD_OF_COLUMN = {"extra": "metadata"}
LINKED = {SessionRole.CO_TRAINER: "co_trainer_ids", SessionRole.EQUIPMENT: "equipment_ids"}
LEFT_OUT = frozenset({"id", "uuid", "ref"})
MOST = 200
"""Images that are looked through at most; who is further behind reads the history."""

IMAGES = sa.select(
    ChangeRow.change_id, ChangeRow.tbl, ChangeRow.pk, ChangeRow.before, ChangeRow.after, Change.actor, Change.at
).join(Change, Change.id == ChangeRow.change_id)


def changes_since(db: Db, session_id: int, version: int) -> tuple[FieldChange, ...]:
    """Return the fields that differ from `version`, as they were and are, each with who changed it last and when (UTC).

    Every change raises the version by one for each image of the session itself, and at least by one; what was put
    back meanwhile is not told.
    """
    present = db.execute(sa.select(Session.version).where(Session.id == session_id)).scalar_one_or_none()
    if present is None or version >= present:
        return ()
    found: dict[str, FieldChange] = {}
    links: dict[str, set[int]] = _links_now(db, session_id)
    now = {name: tuple(sorted(ids)) for name, ids in links.items()}
    for row in _images(db, session_id, present - version):
        if row.tbl == "session_resources":
            name = _unlink(links, row)
            before, after = tuple(sorted(links[name])), now[name]
            fields: dict[str, tuple[Any, Any]] = {name: (before, after)}
        else:
            fields = _differing(row)
        _add(found, fields, row)
    return tuple(one for one in found.values() if one.before != one.after)


TABLES: Mapping[str, tuple[str, ...]] = {
    "people": ("people",),
    "courses": ("courses",),
    "trainers": ("resources", "trainers"),
    "venues": ("resources", "venues"),
    "equipment": ("resources",),
    "requirements": ("requirements",),
    "run": ("runs",),
    "request": ("booking_requests",),
    "record": ("training_records",),
    "absence": ("blocks",),
}
"""By kind of thing: the table that carries its version first, then the ones whose rows have the same key."""


def whose_changes(db: Db, kind: str, key: int, version: int) -> dict[str, FieldChange]:
    """Return by field what differs of a thing of any kind since `version`, with who changed it last and when (UTC).

    A version that was raised for the sake of another row may let older changes of other fields in, too. `settings` are
    one thing, and their version counts what was written of them. A kind that is not known has none.
    """
    if kind == "session":
        return {one.field: one for one in changes_since(db, key, version)}
    if kind == "settings":
        return _changes(db, _SETTINGS, version)
    tables = TABLES.get(kind)
    if tables is None:
        return {}
    home = journaled.table(tables[0])
    present = db.execute(sa.select(home.c.version).where(home.c.id == key)).scalar_one_or_none()
    if present is None or version >= present:
        return {}
    own = of_row(tables[0], str(key))
    first = sa.select(ChangeRow.change_id).where(own).order_by(ChangeRow.id.desc()).offset(present - version - 1)
    change = db.execute(first.limit(1)).scalar_one_or_none()
    rows = sa.and_(sa.or_(*(of_row(table, str(key)) for table in tables)), ChangeRow.before.is_not(None))
    return {} if change is None else _changes(db, sa.and_(rows, ChangeRow.change_id >= change), 0)


_SETTINGS = ChangeRow.tbl == "settings"


def _changes(db: Db, concerned: sa.ColumnElement[bool], known: int) -> dict[str, FieldChange]:
    """Return by field what the images after the first `known` ones made of their rows."""
    found: dict[str, FieldChange] = {}
    wanted = IMAGES.where(concerned).order_by(ChangeRow.id).offset(known).limit(MOST)
    for row in reversed(db.execute(wanted).all()):
        fields = _differing(row)
        _add(found, {row.pk: fields["value"]} if row.tbl == "settings" and "value" in fields else fields, row)
    return {name: one for name, one in found.items() if one.before != one.after}


def _differing(row: sa.Row[Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields of an image pair that differ, as they were and became."""
    old, new = typed_image(row.tbl, row.before) or {}, typed_image(row.tbl, row.after) or {}
    names = (name for name in new if name not in LEFT_OUT and old.get(name) != new[name])
    return {FIELD_OF_COLUMN.get(name, name): (old.get(name), new[name]) for name in names}


def _add(found: dict[str, FieldChange], fields: Mapping[str, tuple[Any, Any]], row: sa.Row[Any]) -> None:
    """Put what one image pair changed before what newer ones did."""
    for name, (before, after) in fields.items():
        last = found.get(name)
        found[name] = FieldChange(
            name, before, last.after if last else after, last.by if last else row.actor, last.at if last else row.at
        )


def _images(db: Db, session_id: int, behind: int) -> Iterator[sa.Row[Any]]:
    """Yield the images of the changes by which the version was raised `behind` times, newest first."""
    statement = IMAGES.where(of_session(session_id)).order_by(ChangeRow.id.desc()).limit(MOST)
    raised, own, change = 0, 0, None
    for row in db.execute(statement):
        if row.change_id != change:
            raised += max(1, own) if change is not None else 0
            change, own = row.change_id, 0
            if raised >= behind:
                return
        own += row.tbl == "sessions"
        yield row


def _links_now(db: Db, session_id: int) -> dict[str, set[int]]:
    links: dict[str, set[int]] = {name: set() for name in LINKED.values()}
    query = sa.select(SessionResource.resource_id, SessionResource.role).where(SessionResource.session_id == session_id)
    for resource_id, role in db.execute(query):
        links[LINKED[SessionRole(role)]].add(resource_id)
    return links


def _unlink(links: dict[str, set[int]], row: sa.Row[Any]) -> str:
    """Take one change of a co-trainer or a piece of equipment back, and return the field that it belongs to."""
    image = row.after or row.before
    name, key = LINKED[SessionRole(image["role"])], int(image["resource_id"])
    if row.after is not None:
        links[name].discard(key)
    if row.before is not None:
        links[name].add(key)
    return name
