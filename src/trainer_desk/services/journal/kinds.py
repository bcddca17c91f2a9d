"""The histories of everything that has one, by its kind: what the command line and the window ask for (U4)."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Block, BookingRequest, Certificate, ChangeRow, RunMember
from trainer_desk.services.errors import NotFound
from trainer_desk.services.journal import history
from trainer_desk.services.journal.history import PAGE, ChangeEntry, among, entries_of, of_row


def history_of_run(db: Connection, run_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a run and of who is on it, newest first; those of its sessions are their own."""
    people = sa.select(sa.cast(RunMember.run_id, sa.Text) + "," + sa.cast(RunMember.person_id, sa.Text))
    members = among(db, "run_members", people.where(RunMember.run_id == run_id))
    return entries_of(db, sa.or_(of_row("runs", str(run_id)), members), limit)


def history_of_request(db: Connection, request_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a booking request and of the people that it names, newest first."""
    named = sa.and_(
        ChangeRow.tbl == "booking_request_people", ChangeRow.pk.startswith(f"{request_id},", autoescape=True)
    )
    return entries_of(db, sa.or_(of_row("booking_requests", str(request_id)), named), limit)


def history_of_certificate(db: Connection, certificate_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return what became of a certificate in all its revisions, newest first."""
    number = sa.select(Certificate.number).where(Certificate.id == certificate_id).scalar_subquery()
    revisions = sa.select(sa.cast(Certificate.id, sa.Text)).where(Certificate.number == number)
    return entries_of(db, among(db, "certificates", revisions), limit)


def history_of_block(db: Connection, block_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a holiday, a leave or a closure, newest first."""
    return entries_of(db, of_row("blocks", str(block_id)), limit)


def history_of_setting(db: Connection, key: str, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of one setting, of all of them where the key is empty, newest first."""
    return entries_of(db, of_row("settings", key) if key else ChangeRow.tbl == "settings", limit)


HISTORIES: Mapping[str, Callable[..., list[ChangeEntry]]] = {
    "session": history.history_of_session,
    "person": history.history_of_person,
    "course": history.history_of_course,
    "trainer": history.history_of_resource,
    "venue": history.history_of_resource,
    "equipment": history.history_of_resource,
    "run": history_of_run,
    "requirement": history.history_of_requirement,
    "record": history.history_of_record,
    "account": history.history_of_account,
    "request": history_of_request,
    "certificate": history_of_certificate,
    "absence": history_of_block,
    "setting": history_of_setting,
}
"""By kind: the question, which takes the id (of a setting: its key)."""

KEPT: Mapping[str, Any] = {"request": BookingRequest, "certificate": Certificate, "absence": Block}
"""What `find_numbered` finds."""


def history_of(db: Connection, kind: str, key: int | str, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a thing of one of the HISTORIES, newest first."""
    return HISTORIES[kind](db, key, limit=limit)


def find_numbered(db: Connection, kind: str, key: str) -> int:
    """Return the id of a request or an absence by its id, of a certificate by its number; raises NotFound."""
    table = KEPT[kind]
    if kind != "certificate":
        found = db.execute(sa.select(table.id).where(table.id == int(key))).scalar() if key.isdecimal() else None
    else:
        newest = sa.select(table.id).where(table.number == key).order_by(table.revision.desc()).limit(1)
        found = db.execute(newest).scalar()
    if found is None:
        raise NotFound(kind=kind, key=key)
    return int(found)
