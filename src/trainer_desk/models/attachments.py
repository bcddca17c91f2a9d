"""Files that belong to a record, a session, a qualification or an intake; their bytes lie in a table apart (N2)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Utc, Versioned, limited

OWNERS = ("record_id", "session_id", "qualification_id", "intake_id")
ONE_OWNER = " + ".join(f"CASE WHEN {owner} IS NULL THEN 0 ELSE 1 END" for owner in OWNERS)


class Attachment(Versioned, Base):
    """What is known of a file: its name, type, size in bytes and SHA-256 (hexadecimal), and what it belongs to."""

    __tablename__ = "attachments"
    __table_args__ = (
        sa.CheckConstraint(f"{ONE_OWNER} = 1", name="one_owner"),
        sa.CheckConstraint("size BETWEEN 1 AND 10485760", name="size"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256"),
        limited("name", 200),
        *(sa.Index(f"ix_attachments_{owner}", owner) for owner in OWNERS),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    record_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_records.id"))
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id"))
    qualification_id: Mapped[int | None] = mapped_column(sa.ForeignKey("qualifications.id"))
    intake_id: Mapped[int | None] = mapped_column(sa.ForeignKey("intakes.id"))
    name: Mapped[str] = mapped_column(sa.Text)
    media_type: Mapped[str] = mapped_column(sa.Text)
    size: Mapped[int] = mapped_column(sa.Integer)
    sha256: Mapped[str] = mapped_column(sa.Text)
    added_at: Mapped[dt.datetime] = mapped_column(Utc)
    added_by: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class AttachmentBytes(Base):
    """The bytes of an attachment, written once and not journaled."""

    __tablename__ = "attachment_bytes"
    __table_args__ = (STRICT,)

    attachment_id: Mapped[int] = mapped_column(sa.ForeignKey("attachments.id"), primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
