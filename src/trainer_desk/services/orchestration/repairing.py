"""Puts right what a check of the database finds, as far as it follows from other rows; the rest is for people (O2)."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Person, Session
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.directory import load_directory, store_setting
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import records, recounting, seat_checks, soundness
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.planning import board, claims, locking
from trainer_desk.services.planning.reclaiming import reclaim_blocks
from trainer_desk.services.rights import verb_name
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.names import person_keys, sort_name
from trainer_desk.services.seats.holds import end_holds
from trainer_desk.services.seats.leaving import leave
from trainer_desk.services.seats.settling import settle_stuck
from trainer_desk.services.store import migrating
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import savepoint

LABELS = {
    "keys_stale": "Repair: keys for searching and sorting",
    "claims_differ": "Repair: what sessions claim",
    "block_claims_differ": "Repair: what absences block",
    "hold_left_over": "Repair: holds of cancelled sessions",
    "person_left_over": "Repair: people without a seat in groups and rooms",
    "seats_miscounted": "Repair: seats counted again",
    "run_miscounted": "Repair: people of runs counted again",
    "group_miscounted": "Repair: members of groups counted again",
    "room_miscounted": "Repair: people in rooms counted again",
    "item_differs": "Repair: what people hold",
    "promotion_lost": "Repair: who waits beside a free seat",
}
"""How the journal calls a repair."""

REPAIRED = "repaired"
"""The setting whose history tells what was repaired: a change must touch a row that the journal watches."""

PEOPLE, RESOURCES, ITEMS = (Base.metadata.tables[name] for name in ("people", "resources", "compliance_items"))


@dataclass(frozen=True, slots=True)
class Repair:
    """How findings of one code are put right: what finds them, and what mends one of them, or all at once."""

    find: Callable[[Connection, dt.datetime], Iterator[Finding]]
    mend: Callable[[DbSession, Finding, dt.datetime], None] | None = None
    mend_all: Callable[[DbSession, str, dt.datetime], object] | None = None


def repair(db: DbSession, code: str, *, actor: str, now: dt.datetime) -> tuple[Finding, ...]:
    """Mend every finding of a code in REPAIRS at `now` (UTC), each whole or not at all; return those that were mended.

    What the database refuses stays as it is: more people than seats, two sessions in one room.
    """
    how = REPAIRS[code]
    found = [finding for finding in how.find(db.connection(), now) if finding.code == code]
    if found and how.mend_all is not None:
        how.mend_all(db, actor, now)
        left = {_name(finding) for finding in how.find(db.connection(), now)}
        mended = [finding for finding in found if _name(finding) not in left]
    else:
        mended = [finding for finding in found if _is_mended(db, how, finding, now)]
    if mended:
        what = LABELS[code].removeprefix("Repair: ")
        store_setting(db, REPAIRED, f"{now:%Y-%m-%d %H:%M:%S} UTC: {what} ({len(mended)})")
    return tuple(mended)


def repair_database(store: Store, found: Collection[Finding]) -> tuple[Finding, ...]:
    """Mend what a check found, code by code, each in a change of its own; return what was mended.

    Missing guards come first, so that the journal sees the rest. Nothing is done to a file with damaged pages. Raises
    DeskError; what was mended before stays.
    """
    store.require(verb_name(repair))
    codes = {finding.code for finding in found}
    if "pages_damaged" in codes:
        return ()
    mended: tuple[Finding, ...] = ()
    if "guard_missing" in codes:
        migrating.lay_again(store.url)
        mended += tuple(finding for finding in found if finding.code == "guard_missing")
    for code in REPAIRS:
        if code in codes:
            mended += store.write(LABELS[code], repair, code).value or ()
    return mended


def _name(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.subject, tuple(sorted((name, str(value)) for name, value in finding.facts.items()))


def _is_mended(db: DbSession, how: Repair, finding: Finding, now: dt.datetime) -> bool:
    try:
        with savepoint(db):
            assert how.mend is not None
            how.mend(db, finding, now)
    except DeskError as refusal:
        if refusal.code in {"database_error", "connection_lost"}:
            raise
        return False
    return True


def _session_id(db: Db, ref: str | None) -> int:
    return int(db.execute(sa.select(Session.id).where(Session.ref == ref)).scalar_one())


def _claim_again(db: DbSession, finding: Finding, _now: dt.datetime) -> None:
    session_id = _session_id(db, finding.subject)
    directory = load_directory(db)
    locking.lock_sessions(db, [session_id])
    card = board.load_cards(db, [session_id])[session_id]
    locking.lock_resources(db, resources_of(card, directory))
    claims.drop(db, [session_id])
    if card.status in CLAIMING and card.starts_at and card.ends_at:
        claims.take(db, card, directory)


def _block_again(db: DbSession, finding: Finding, _now: dt.datetime) -> None:
    reclaim_blocks(db, [int(finding.subject or 0)])


def _end_holds(db: DbSession, finding: Finding, now: dt.datetime) -> None:
    end_holds(db, _session_id(db, finding.subject), now)


def _lead_out(db: DbSession, finding: Finding, now: dt.datetime) -> None:
    named = sa.select(Person.id).where(Person.employee_no == finding.facts["number"])
    leave(db, _session_id(db, finding.subject), [db.execute(named).scalar_one()], now)


def _key_again(db: DbSession, finding: Finding, now: dt.datetime) -> None:
    """Write the search and sort keys of whoever or whatever bears the number or code anew, with those of their items.

    A person and a resource may share it: then both are written, and one of them stays as it is.
    """
    for row in db.execute(sa.select(PEOPLE).where(PEOPLE.c.employee_no == finding.subject)).mappings().all():
        search, sorted_by = person_keys(row["employee_no"], row["name"], row["department"])
        keys = {"search": search, "sort_name": sorted_by, "version": PEOPLE.c.version + 1, "updated_at": now}
        db.execute(sa.update(PEOPLE).where(PEOPLE.c.id == row["id"]).values(keys))
        db.execute(sa.update(ITEMS).where(ITEMS.c.person_id == row["id"]).values(sort_name=sorted_by))
    for row in db.execute(sa.select(RESOURCES).where(RESOURCES.c.code == finding.subject)).mappings().all():
        keys = {"sort_name": sort_name(row["name"]), "version": RESOURCES.c.version + 1, "updated_at": now}
        db.execute(sa.update(RESOURCES).where(RESOURCES.c.id == row["id"]).values(keys))


def _keys(db: Connection, _now: dt.datetime) -> Iterator[Finding]:
    for check in (records.people_keys, records.resource_keys, records.item_keys):
        yield from check(db)


def _at_any_time(
    check: Callable[[Connection], Iterator[Finding]],
) -> Callable[[Connection, dt.datetime], Iterator[Finding]]:
    return lambda db, _now: check(db)


REPAIRS: Mapping[str, Repair] = {
    "keys_stale": Repair(_keys, _key_again),
    "claims_differ": Repair(_at_any_time(soundness.claims_of_sessions), _claim_again),
    "block_claims_differ": Repair(_at_any_time(soundness.claims_of_blocks), _block_again),
    "hold_left_over": Repair(_at_any_time(seat_checks.strays), _end_holds),
    "person_left_over": Repair(_at_any_time(seat_checks.strays), _lead_out),
    "seats_miscounted": Repair(_at_any_time(seat_checks.counters), recounting.count_seats),
    "run_miscounted": Repair(_at_any_time(seat_checks.runs), recounting.count_run),
    "group_miscounted": Repair(_at_any_time(seat_checks.groups), recounting.count_group),
    "room_miscounted": Repair(_at_any_time(seat_checks.rooms), recounting.count_room),
    "item_differs": Repair(_at_any_time(records.items), mend_all=lambda db, _actor, _now: recompute(db)),
    "promotion_lost": Repair(
        seat_checks.lost_promotions, mend_all=lambda db, actor, now: settle_stuck(db, actor=actor, now=now)
    ),
}
"""By the code of the finding, in the order in which they are mended: who is seated comes after what is counted."""
