"""Proves that a database's records are sound: its pages, references, guards and journal, and the stored keys (O2)."""

from collections.abc import Iterator
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Attachment, AttachmentBytes, Change, ChangeRow, ComplianceItem, Course, Person, Resource
from trainer_desk.services.findings import Finding
from trainer_desk.services.people.compliance import made_items
from trainer_desk.services.people.compliance_facts import ROW, Row
from trainer_desk.services.rules.names import person_keys, sort_name
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.objects import differs_of, image_of, journaled, missing_objects, read_from


def pages(db: Connection) -> Iterator[Finding]:
    """Have SQLite look through every page of its file and every rule of its tables."""
    if is_sqlite(db):
        for (said,) in db.exec_driver_sql("PRAGMA integrity_check"):
            if str(said).startswith("CHECK"):
                yield Finding("rule_broken", facts={"detail": said})
            elif said != "ok":
                yield Finding("pages_damaged", facts={"detail": said})


def references(db: Connection) -> Iterator[Finding]:
    """Find rows that point at nothing; a server keeps them itself."""
    if is_sqlite(db):
        for table, row, other, _ in db.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Finding("reference_broken", facts={"table": table, "row": row, "other": other})


def guards(db: Connection) -> Iterator[Finding]:
    """Find triggers, functions and constraints that are gone: without them the next write may break anything."""
    for name in missing_objects(db):
        yield Finding("guard_missing", subject=name, facts={"name": name})


def people_keys(db: Connection) -> Iterator[Finding]:
    """Compare the stored search and sort keys of people with what their names give."""
    query = sa.select(Person.employee_no, Person.name, Person.department, Person.search, Person.sort_name)
    for number, name, department, search, sorted_by in db.execute(query):
        if (search, sorted_by) != person_keys(number, name, department):
            yield Finding("keys_stale", subject=number, facts={"name": name})


def resource_keys(db: Connection) -> Iterator[Finding]:
    """Compare the stored sort keys of trainers, venues and equipment with what their names give."""
    for code, name, sorted_by in db.execute(sa.select(Resource.code, Resource.name, Resource.sort_name)):
        if sorted_by != sort_name(name):
            yield Finding("keys_stale", subject=code, facts={"name": name})


def item_keys(db: Connection) -> Iterator[Finding]:
    """Compare the sort keys that compliance items repeat with those of their people."""
    query = (
        sa.select(Person.employee_no, Person.name)
        .join(ComplianceItem, ComplianceItem.person_id == Person.id)
        .where(ComplianceItem.sort_name != Person.sort_name)
        .distinct()
    )
    for number, name in db.execute(query):
        yield Finding("keys_stale", subject=number, facts={"name": name})


def items(db: Connection) -> Iterator[Finding]:
    """Make every compliance item anew from rules, attestations and records, and compare (N1)."""
    people = {row.id: row for row in db.execute(sa.select(Person.id, Person.employee_no, Person.name))}
    codes = dict(db.execute(sa.select(Course.id, Course.code)).all())
    for wanted, stored in made_items(db):
        for course, made in wanted.items():
            known = stored.get(course, {})
            for person in sorted(made.keys() | known.keys()):
                if _without_name(made.get(person)) != _without_name(known.get(person)):
                    facts = {"name": people[person].name, "course": codes[course]}
                    yield Finding("item_differs", subject=people[person].employee_no, facts=facts)


def _without_name(row: Row | None) -> Row | None:
    """Return an item without the sort key that it repeats, which is a matter of its own."""
    return row and tuple(value for name, value in zip(ROW, row, strict=True) if name != "sort_name")


def attached_files(db: Connection) -> Iterator[Finding]:
    """Find attachments of which bytes are missing or others: by their size, and one by one by their checksum (N2)."""
    held = sa.func.length if is_sqlite(db) else sa.func.octet_length
    query = (
        sa.select(Attachment.id, Attachment.name, Attachment.size, Attachment.sha256, held(AttachmentBytes.content))
        .join(AttachmentBytes, AttachmentBytes.attachment_id == Attachment.id, isouter=True)
        .order_by(Attachment.id)
    )
    for key, name, size, checksum, found in db.execute(query).all():
        if found != size or _checksum(db, key) != checksum:
            yield Finding("attachment_damaged", subject=f"A{key}", facts={"name": name, "key": f"A{key}"})


def _checksum(db: Connection, attachment_id: int) -> str:
    content = sa.select(AttachmentBytes.content).where(AttachmentBytes.attachment_id == attachment_id)
    return sha256(db.execute(content).scalar_one()).hexdigest()


def journal_entries(db: Connection) -> Iterator[Finding]:
    """Find images without the change that they belong to, and changes that hold none."""
    change = sa.table("changes", sa.column("id"))
    lost = sa.select(ChangeRow.id).where(~sa.exists().where(change.c.id == ChangeRow.change_id))
    empty = sa.select(Change.id).where(~sa.exists().where(ChangeRow.change_id == Change.id))
    for query in (lost, empty):
        for (key,) in db.execute(query):
            yield Finding("journal_torn", subject=str(key), facts={"key": key})


def journal_images(db: Connection) -> Iterator[Finding]:
    """Find rows that are not as the journal saw them last: something was written past it.

    An image of an earlier revision knows fewer columns; those are empty until somebody fills them.
    """
    for name in journaled.TABLES:
        key, image = f"CAST({journaled.key_of(name, 't')} AS TEXT)", image_of(db.dialect.name, name, "t")
        differs = differs_of(db.dialect.name, name, "r.after", "t.image")
        told = read_from(db.dialect.name, name)
        # Row by row along the index: joined with all last images at once, SQLite would compare each with each.
        last = f"(SELECT max(id) FROM change_rows WHERE tbl = '{name}' AND pk = t.key)"
        query = (
            f"SELECT t.key FROM (SELECT {key} AS key, {image} AS image FROM {told} t) t"
            f" JOIN change_rows r ON r.id = {last} WHERE r.after IS NULL OR {differs}"
        )
        for (pk,) in db.execute(sa.text(query)):
            yield Finding("journal_differs", subject=str(pk), facts={"table": name, "key": pk})
