"""Attaches files to things and takes them back; the bytes lie in a table of their own and are never changed (N2)."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Attachment, AttachmentBytes, Base
from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.reading import Incoming, read_incoming
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.unit import Unit

_TABLES = Base.metadata.tables
OWNERS = {
    AttachmentOwner.RECORD: (_TABLES["training_records"], Attachment.record_id),
    AttachmentOwner.SESSION: (_TABLES["sessions"], Attachment.session_id),
    AttachmentOwner.QUALIFICATION: (_TABLES["qualifications"], Attachment.qualification_id),
    AttachmentOwner.INTAKE: (_TABLES["intakes"], Attachment.intake_id),
}
"""By what a file belongs to: where such things are, and the column that names them."""


def attach_file(
    store: Store, kind: AttachmentOwner, owner_id: int, path: Path, *, label: str, actor: str | None = None
) -> Written[int]:
    """Attach the file at `path` as one change under a label; the value is its id, like `A7`.

    It is read before the transaction begins. Raises as `read_incoming` and `attach`.
    """

    def prepare() -> Callable[[Unit], int]:
        incoming = read_incoming(path)
        return lambda unit: attach(unit.db, kind, owner_id, incoming, actor=unit.actor, now=unit.now)

    return store.perform(label, prepare, actor=actor)


def attach(
    db: DbSession, kind: AttachmentOwner, owner_id: int, incoming: Incoming, *, actor: str, now: dt.datetime
) -> int:
    """Keep a file that was read for a record, a session, a qualification or an intake; return its id.

    Raises NotFound for an owner that is gone, BadValue if it has this very file already.
    """
    owner, column = OWNERS[kind]
    there = (
        sa.select(owner.c.id)
        .where(owner.c.id == owner_id, owner.c.deleted_at.is_(None))
        .with_for_update(key_share=True)
    )
    if db.execute(there).scalar_one_or_none() is None:
        raise NotFound(kind=kind.value, key=f"#{owner_id}")
    same = sa.select(Attachment.name).where(
        column == owner_id, Attachment.sha256 == incoming.checksum, Attachment.deleted_at.is_(None)
    )
    twin = db.execute(same).scalars().first()
    if twin is not None:
        raise BadValue(field="file", value=incoming.name, why="file_attached_already", other=twin)
    row = {
        column.key: owner_id,
        "name": incoming.name,
        "media_type": incoming.media_type,
        "size": len(incoming.content),
        "sha256": incoming.checksum,
        "added_at": now,
        "added_by": actor,
        "created_at": now,
        "updated_at": now,
    }
    key = int(db.execute(sa.insert(Attachment).values(row).returning(Attachment.id)).scalar_one())
    db.execute(sa.insert(AttachmentBytes).values(attachment_id=key, content=incoming.content))
    return key


def remove(db: DbSession, attachment_id: int, *, actor: str, now: dt.datetime) -> None:
    """Take a file back; it stays in the database, and undo brings it back. Raises NotFound."""
    gone = (
        sa.update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.deleted_at.is_(None))
        .values(deleted_at=now, version=Attachment.version + 1, updated_at=now)
        .returning(Attachment.id)
        .execution_options(synchronize_session=False)
    )
    if db.execute(gone).scalar_one_or_none() is None:
        raise NotFound(kind="attachment", key=f"A{attachment_id}")
