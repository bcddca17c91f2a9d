"""Proves that a database is sound: claims are what sessions need, seats what is enrolled, keys are right (O2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Block, Claim, Enrollment, Person, Resource, Session
from trainer_desk.models.enums import CLAIMING, Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import certificate_checks as certificates
from trainer_desk.services.orchestration import records
from trainer_desk.services.orchestration import request_checks as requests
from trainer_desk.services.orchestration import seat_checks as seats
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rules.availability import claims_of
from trainer_desk.services.rules.publishing import LONGEST

_MOST = 200
"""Findings of one kind that are told one by one."""
_AT_ONCE = 1_000

Interval = tuple[int, dt.datetime, dt.datetime]
"""A resource and from when to when it is taken (UTC)."""


def check_database(db: Connection, *, now: dt.datetime | None = None) -> list[Finding]:
    """Return everything that is not as it must be; nothing is repaired. The connection must show one state.

    Without `now` (UTC) what depends on the clock is passed over: whether somebody waits in vain.
    """
    checks: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
        records.pages,
        records.references,
        records.guards,
        _overlaps,
        claims_of_sessions,
        claims_of_blocks,
        seats.counters,
        seats.runs,
        seats.groups,
        seats.rooms,
        seats.strays,
        partial(seats.lost_promotions, now=now) if now else lambda _db: iter(()),
        partial(seats.outsiders, now=now) if now else lambda _db: iter(()),
        _incomplete,
        _unmarked,
        _trash,
        requests.unasked,
        records.people_keys,
        records.resource_keys,
        records.item_keys,
        records.attached_files,
        certificates.frozen,
        certificates.doubled,
        certificates.earned,
        records.items,
        records.journal_entries,
        records.journal_images,
    )
    found: list[Finding] = []
    for check in checks:
        for number, finding in enumerate(check(db)):
            if number == _MOST:
                found.append(Finding("and_more", facts={"kind": finding.code}))
                break
            found.append(finding)
        if found and found[0].code == "pages_damaged":
            break  # whatever else such a file says cannot be trusted
    return found


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


def claims_of_sessions(db: Connection) -> Iterator[Finding]:
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


def claims_of_blocks(db: Connection) -> Iterator[Finding]:
    """Compare leave and closures of single resources with their claims, part by part of a venue (C3, C4)."""
    directory = load_directory(db, course_ids=[])
    columns = (Block.id, Block.resource_id, Block.starts_at, Block.ends_at, Block.reason)
    standing = sa.select(*columns).where(Block.deleted_at.is_(None))
    wanted: dict[int, set[Interval]] = {}
    reasons: dict[int, str] = {}
    for key, resource_id, starts_at, ends_at, reason in db.execute(standing):
        reasons[key] = reason
        if resource_id is not None:
            wanted[key] = {(leaf, starts_at, ends_at) for leaf in directory.leaves_of(resource_id)}
    stored: dict[int, set[Interval]] = defaultdict(set)
    claimed = sa.select(Claim.block_id, Claim.resource_id, Claim.starts_at, Claim.ends_at)
    for block_id, resource_id, starts_at, ends_at in db.execute(claimed):
        if block_id is not None:
            stored[block_id].add((resource_id, starts_at, ends_at))
    for key in sorted(wanted.keys() | stored.keys()):
        if wanted.get(key, set()) != stored.get(key, set()):
            yield Finding("block_claims_differ", subject=str(key), facts={"reason": reasons.get(key) or f"#{key}"})


def _incomplete(db: Connection) -> Iterator[Finding]:
    """Find sessions that are out of the draft and could never have been published (S2, S4)."""
    query = sa.select(
        Session.ref, Session.status, Session.trainer_id, Session.venue_id, Session.starts_at, Session.ends_at
    ).where(Session.status.not_in((SessionStatus.DRAFT.value, SessionStatus.CANCELLED.value)))
    for ref, status, trainer_id, venue_id, starts_at, ends_at in db.execute(query):
        is_dated = starts_at is not None and ends_at is not None and starts_at < ends_at <= starts_at + LONGEST
        if trainer_id is None or venue_id is None or not is_dated:
            yield Finding("state_incomplete", subject=ref, facts={"ref": ref, "state": status})


def _unmarked(db: Connection) -> Iterator[Finding]:
    """Find people of completed sessions who are neither attended nor no-show (S5)."""
    query = (
        sa.select(Session.ref, Person.name)
        .join(Enrollment, Enrollment.session_id == Session.id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(
            Session.status == SessionStatus.COMPLETED.value,
            Enrollment.state == EnrollmentState.CONFIRMED.value,
            Enrollment.attendance == Attendance.REGISTERED.value,
        )
    )
    for ref, name in db.execute(query):
        yield Finding("mark_missing", subject=ref, facts={"ref": ref, "name": name})


def _trash(db: Connection) -> Iterator[Finding]:
    query = sa.select(Session.ref).where(
        Session.deleted_at.is_not(None),
        Session.status.not_in((SessionStatus.DRAFT.value, SessionStatus.CANCELLED.value)),
    )
    for (ref,) in db.execute(query):
        yield Finding("trash_not_empty_handed", subject=ref, facts={"ref": ref})
