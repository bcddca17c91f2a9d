"""What was changed of a session since a version of it, field by field, and by whom: for whoever saves too late (U5)."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Change, ChangeRow, Session, SessionResource
from trainer_desk.models.enums import SessionRole
from trainer_desk.services.journal.history import of_session, typed_image
from trainer_desk.services.rows.comparing import FieldChange
from trainer_desk.services.store.db import Db

FIELD_OF_COLUMN = {"extra": "metadata"}
LINKED = {SessionRole.CO_TRAINER: "co_trainer_ids", SessionRole.EQUIPMENT: "equipment_ids"}
LEFT_OUT = frozenset({"id", "uuid", "ref"})
MOST = 200
"""Images that are looked through at most; who is further behind reads the history."""


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
            old, new = typed_image(row.tbl, row.before) or {}, typed_image(row.tbl, row.after) or {}
            names = (name for name in new if name not in LEFT_OUT and old.get(name) != new[name])
            fields = {FIELD_OF_COLUMN.get(name, name): (old.get(name), new[name]) for name in names}
        for name, (before, after) in fields.items():
            last = found.get(name)
            found[name] = FieldChange(
                name, before, last.after if last else after, last.by if last else row.actor, last.at if last else row.at
            )
    return tuple(one for one in found.values() if one.before != one.after)


def _images(db: Db, session_id: int, behind: int) -> Iterator[sa.Row[Any]]:
    """Yield the images of the changes by which the version was raised `behind` times, newest first."""
    statement = (
        sa.select(
            ChangeRow.change_id, ChangeRow.tbl, ChangeRow.pk, ChangeRow.before, ChangeRow.after, Change.actor, Change.at
        )
        .join(Change, Change.id == ChangeRow.change_id)
        .where(of_session(session_id))
        .order_by(ChangeRow.id.desc())
        .limit(MOST)
    )
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
