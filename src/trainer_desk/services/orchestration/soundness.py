"""Proves that a database is sound: claims are what sessions need, seats what is enrolled, keys are right (O2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Block, ChangeRow, Claim, ComplianceItem, Enrollment, Person, Resource, Session
from trainer_desk.models.enums import CLAIMING, SEATED, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.findings import Finding
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rules.availability import claims_of
from trainer_desk.services.rules.names import search_key, sort_name

_MOST = 200
"""Findings of one kind that are told one by one."""
_AT_ONCE = 1_000

Interval = tuple[int, dt.datetime, dt.datetime]
"""A resource and from when to when it is taken (UTC)."""


def check_database(db: Connection) -> list[Finding]:
    """Return everything that is not as it must be; nothing is repaired. The connection must show one state."""
    checks: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
        _pages,
        _references,
        _overlaps,
        _claims,
        _block_claims,
        _seats,
        _incomplete,
        _trash,
        _people_keys,
        _resource_keys,
        _item_keys,
        _journal,
    )
    found: list[Finding] = []
    for check in checks:
        for number, finding in enumerate(check(db)):
            if number == _MOST:
                found.append(Finding("and_more", facts={"kind": finding.code}))
                break
            found.append(finding)
    return found


def _pages(db: Connection) -> Iterator[Finding]:
    if db.dialect.name == "sqlite":
        for (said,) in db.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield Finding("pages_damaged", facts={"detail": said})


def _references(db: Connection) -> Iterator[Finding]:
    if db.dialect.name == "sqlite":  # a server keeps them itself
        for table, row, other, _ in db.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Finding("reference_broken", facts={"table": table, "row": row, "other": other})


def _overlaps(db: Connection) -> Iterator[Finding]:
    """Find a resource that two sessions have at one time (C1)."""
    earlier = sa.func.max(Claim.ends_at).over(
        partition_by=Claim.resource_id, order_by=(Claim.starts_at, Claim.id), rows=(None, -1)
    )
    taken = (
        sa.select(Claim.resource_id, Claim.session_id, Claim.starts_at, earlier.label("taken_until"))
        .where(Claim.session_id.is_not(None))
        .subquery()
    )
    query = (
        sa.select(Resource.code, Resource.name, Session.ref)
        .select_from(taken)
        .join(Resource, Resource.id == taken.c.resource_id)
        .join(Session, Session.id == taken.c.session_id)
        .where(taken.c.taken_until > taken.c.starts_at)
    )
    for code, name, ref in db.execute(query):
        yield Finding("claims_overlap", subject=code, clashes_with=(ref,), facts={"name": name, "ref": ref})


def _claims(db: Connection) -> Iterator[Finding]:
    """Compare every session's claims with what its trainers, venue and equipment need."""
    directory = load_directory(db)
    stored: dict[int, set[Interval]] = defaultdict(set)
    columns = (Claim.session_id, Claim.resource_id, Claim.starts_at, Claim.ends_at)
    for session_id, resource_id, starts_at, ends_at in db.execute(sa.select(*columns)):
        if session_id is not None:
            stored[session_id].add((resource_id, starts_at, ends_at))
    claiming = sa.select(Session.id).where(Session.status.in_(sorted(CLAIMING)), Session.deleted_at.is_(None))
    ids = sorted({*stored, *db.execute(claiming).scalars()})
    for start in range(0, len(ids), _AT_ONCE):
        for card in load_cards(db, ids[start : start + _AT_ONCE]).values():
            wanted: set[Interval] = set()
            if card.status in CLAIMING and card.starts_at and card.ends_at:
                wanted = {(claim.resource_id, claim.starts_at, claim.ends_at) for claim in claims_of(card, directory)}
            if stored.get(card.id, set()) != wanted:
                yield Finding("claims_differ", subject=card.ref, facts={"ref": card.ref})


def _block_claims(db: Connection) -> Iterator[Finding]:
    """Compare leave and closures of single resources with their claims."""
    blocks = sa.select(Block.id, Block.reason).where(Block.resource_id.is_not(None), Block.deleted_at.is_(None))
    standing = dict(db.execute(blocks).all())
    claimed = set(db.execute(sa.select(Claim.block_id).where(Claim.block_id.is_not(None))).scalars())
    for key in sorted(key for key in claimed ^ set(standing) if key is not None):
        yield Finding("block_claims_differ", subject=str(key), facts={"reason": standing.get(key) or f"#{key}"})


def _seats(db: Connection) -> Iterator[Finding]:
    """Compare the counter of each session with its enrollments, and both with its capacity (K1, K3)."""
    counted = (
        sa.select(Enrollment.session_id, sa.func.count().label("seats"))
        .where(Enrollment.state.in_(sorted(SEATED)))
        .group_by(Enrollment.session_id)
        .subquery()
    )
    seats = sa.func.coalesce(counted.c.seats, 0)
    query = (
        sa.select(Session.ref, Session.seats_taken, Session.capacity, seats)
        .outerjoin(counted, counted.c.session_id == Session.id)
        .where(sa.or_(seats != Session.seats_taken, seats > Session.capacity))
    )
    for ref, taken, capacity, people in db.execute(query):
        facts = {"ref": ref, "taken": taken, "people": people, "capacity": capacity}
        code = "seats_miscounted" if taken != people else "overbooked"
        yield Finding(code, subject=ref, field="capacity", facts=facts)


def _incomplete(db: Connection) -> Iterator[Finding]:
    needed = (Session.trainer_id, Session.venue_id, Session.starts_at, Session.ends_at)
    query = sa.select(Session.ref, Session.status).where(
        Session.status.not_in((SessionStatus.DRAFT.value, SessionStatus.CANCELLED.value)),
        sa.or_(*(column.is_(None) for column in needed), Session.ends_at <= Session.starts_at),
    )
    for ref, status in db.execute(query):
        yield Finding("state_incomplete", subject=ref, facts={"ref": ref, "state": status})


def _trash(db: Connection) -> Iterator[Finding]:
    query = sa.select(Session.ref).where(
        Session.deleted_at.is_not(None),
        Session.status.not_in((SessionStatus.DRAFT.value, SessionStatus.CANCELLED.value)),
    )
    for (ref,) in db.execute(query):
        yield Finding("trash_not_empty_handed", subject=ref, facts={"ref": ref})


def _people_keys(db: Connection) -> Iterator[Finding]:
    """Compare the stored search and sort keys of people with what their names give."""
    query = sa.select(Person.employee_no, Person.name, Person.department, Person.search, Person.sort_name)
    for number, name, department, search, sorted_by in db.execute(query):
        if search != search_key(name, number, department) or sorted_by != sort_name(name):
            yield Finding("keys_stale", subject=number, facts={"name": name})


def _resource_keys(db: Connection) -> Iterator[Finding]:
    for code, name, sorted_by in db.execute(sa.select(Resource.code, Resource.name, Resource.sort_name)):
        if sorted_by != sort_name(name):
            yield Finding("keys_stale", subject=code, facts={"name": name})


def _item_keys(db: Connection) -> Iterator[Finding]:
    query = (
        sa.select(Person.employee_no, Person.name)
        .join(ComplianceItem, ComplianceItem.person_id == Person.id)
        .where(ComplianceItem.sort_name != Person.sort_name)
        .distinct()
    )
    for number, name in db.execute(query):
        yield Finding("keys_stale", subject=number, facts={"name": name})


def _journal(db: Connection) -> Iterator[Finding]:
    """Find images without the change that they belong to, and changes that hold none."""
    change = sa.table("changes", sa.column("id"))
    lost = sa.select(ChangeRow.id).where(~sa.exists().where(change.c.id == ChangeRow.change_id))
    for (key,) in db.execute(lost):
        yield Finding("journal_torn", subject=str(key), facts={"key": key})
