"""Which change Ctrl+Z and Ctrl+Shift+Z mean: one's own newest, never the same one twice."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import aliased

from trainer_desk.models import Change, ChangeRow
from trainer_desk.models.enums import ChangeKind
from trainer_desk.services.errors import NotFound

DIRECT = "direct"
"""The label of what was written past the program; nobody's step."""

LAPSED = "Expired holds and offers"
"""The label of a change that only swept what had ended; nobody's step either (K7)."""

LOOKS = "contact_looks"
"""A look at an emergency contact cannot be undone: a change that holds nothing else is passed over (A4)."""

REPAIRED = sa.and_(ChangeRow.tbl == "settings", ChangeRow.pk == "repaired")
"""What was only counted or derived again holds nothing else, and there is nothing in it to undo (O2)."""

_Later = aliased(Change)
_IS_STEP = sa.exists().where(ChangeRow.change_id == Change.id, ChangeRow.tbl != LOOKS, ~REPAIRED)
_OWN = sa.and_(
    Change.actor == sa.bindparam("actor"),
    Change.label.not_in((DIRECT, LAPSED)),
    ~sa.exists().where(_Later.undoes == Change.id),
    _IS_STEP,
)
NEWEST_DONE = (
    sa.select(Change.id, Change.label)
    .where(_OWN, Change.kind.in_((ChangeKind.DO, ChangeKind.REDO)))
    .order_by(Change.id.desc())
    .limit(1)
)
NEWEST_UNDONE = (
    sa.select(Change.id, Change.label).where(_OWN, Change.kind == ChangeKind.UNDO).order_by(Change.id.desc()).limit(1)
)
NEWEST_DO = sa.select(sa.func.coalesce(sa.func.max(Change.id), 0)).where(
    Change.actor == sa.bindparam("actor"), Change.kind == ChangeKind.DO, Change.label.not_in((DIRECT, LAPSED)), _IS_STEP
)


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back, and the label under which it was made."""

    change_id: int
    label: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Deed(Step):
    """A change of anybody's: `kind` is that of the change which takes it back, `is_undone` says that one did."""

    actor: str
    is_undone: bool


def load_deed(db: Connection, change_id: int) -> Deed:
    """Return what would take a change back, whoever made it; raises NotFound."""
    undone = sa.exists().where(_Later.undoes == Change.id)
    statement = sa.select(Change.label, Change.kind, Change.actor, undone.label("undone"))
    row = db.execute(statement.where(Change.id == change_id)).one_or_none()
    if row is None:
        raise NotFound(kind="change", key=change_id)
    back = ChangeKind.REDO if row.kind == ChangeKind.UNDO.value else ChangeKind.UNDO
    return Deed(change_id, row.label, back, row.actor, bool(row.undone))


def next_undo(db: Connection, actor: str) -> Step | None:
    """Return the actor's newest change that was done (or redone) and not undone."""
    row = db.execute(NEWEST_DONE, {"actor": actor}).one_or_none()
    return None if row is None else Step(row.id, row.label, ChangeKind.UNDO)


def next_redo(db: Connection, actor: str) -> Step | None:
    """Return the actor's newest undo, unless something new was done since."""
    row = db.execute(NEWEST_UNDONE, {"actor": actor}).one_or_none()
    newest_do = db.execute(NEWEST_DO, {"actor": actor}).scalar_one()
    if row is None or row.id < newest_do:
        return None
    return Step(row.id, row.label, ChangeKind.REDO)


def next_steps(db: Connection, actor: str) -> tuple[Step | None, Step | None]:
    """Return what the actor's Undo and Redo would do now."""
    return next_undo(db, actor), next_redo(db, actor)
