"""Enters, changes and lifts leave, closures and holidays, and settles the sessions that stand there with it (C4)."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.orchestration import scheduling, settling
from trainer_desk.services.orchestration.absence_concerns import foresee
from trainer_desk.services.planning import blocks, locking
from trainer_desk.services.planning.absences import standing_in
from trainer_desk.services.rows.absences import Entered, Foreseen, Wanted
from trainer_desk.services.rows.settling import Choice, Way
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.names import LINE_LIMIT, clean_name


def enter_absence(
    db: DbSession,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    *,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Enter leave of a trainer or a closure (UTC, half-open), and settle every session that stands there (C4).

    `choices` names each session of `absence_concerns.foresee`; one that came meanwhile is Stale. `reason` is why
    sessions are cancelled. All or nothing: raises Refused with the ref of the session that cannot be settled so,
    BadValue, `duplicate_ref` for what is away for just this time already, NotFound. A holiday: `enter_holiday`.
    """
    _require_resource(wanted.resource_id)
    return _enter(db, wanted, choices, reason, actor=actor, now=now)


def enter_holiday(
    db: DbSession,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    *,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Close the whole organisation for a holiday, which needs a name; as `enter_absence`."""
    return _enter(db, _named(wanted), choices, reason, actor=actor, now=now)


def change_absence(
    db: DbSession,
    block_id: int,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    *,
    version: int | None = None,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Give leave or a closure other times or another reason, and settle what stands there then.

    Raises as `enter_absence`, and Stale for an old `version`.
    """
    _require_resource(wanted.resource_id)
    return _change(db, block_id, wanted, choices, reason, version=version, actor=actor, now=now)


def change_holiday(
    db: DbSession,
    block_id: int,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    *,
    version: int | None = None,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Give a holiday other days or another name; as `change_absence`."""
    return _change(db, block_id, _named(wanted), choices, reason, version=version, actor=actor, now=now)


def lift_absence(db: DbSession, block_id: int, *, version: int | None = None, actor: str, now: dt.datetime) -> None:
    """Take leave or a closure away; sessions stay where they were settled to. Raises NotFound, Stale."""
    _require_resource(blocks.lock_block(db, block_id, version=version).resource_id)
    blocks.lift_block(db, block_id, actor=actor, now=now)


def _enter(
    db: DbSession, wanted: Wanted, choices: Mapping[int, Choice], reason: str, *, actor: str, now: dt.datetime
) -> Entered:
    clean = blocks.checked(wanted)
    found = _secure(db, clean, choices, reason, now)
    blocks.require_new(db, clean)
    block_id = blocks.add_block(
        db, clean.resource_id, clean.starts_at, clean.ends_at, clean.reason, actor=actor, now=now
    )
    return _settle(db, block_id, found, choices, reason, actor=actor, now=now)


def _change(
    db: DbSession,
    block_id: int,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str,
    *,
    version: int | None,
    actor: str,
    now: dt.datetime,
) -> Entered:
    clean = blocks.checked(wanted)
    found = _secure(db, clean, choices, reason, now)
    block = blocks.lock_block(db, block_id, version=version)
    if block.resource_id != clean.resource_id:
        raise NotFound(kind="absence", key=f"#{block_id}")
    blocks.require_new(db, clean, besides=block_id)
    blocks.change_block(db, block, clean, now=now)
    return _settle(db, block_id, found, choices, reason, actor=actor, now=now)


def _secure(db: DbSession, wanted: Wanted, choices: Mapping[int, Choice], reason: str, now: dt.datetime) -> Foreseen:
    """Take all locks in their order and return what is concerned, which no longer changes then."""
    found = foresee(db, wanted, now=now)
    settling.require_choices(found.sessions, choices, reason)
    ids = {concerned.card.id for concerned in found.sessions}
    directory = load_directory(db)
    if ids:
        scheduling.lock_people_of(db, sorted(ids), now, frees=True)
    needed = {one for concerned in found.sessions for one in resources_of(concerned.card, directory)}
    coming = settling.needed_by([choices[key] for key in ids])
    for key in coming if wanted.resource_id is None else {*coming, wanted.resource_id}:
        needed.update(directory.leaves_of(key))
    locking.lock_resources(db, needed)
    if standing_in(db, wanted.resource_id, wanted.starts_at, wanted.ends_at, directory, over=now) != ids:
        raise Stale(why="changed_since", by=None, at=None)
    return found


def _settle(
    db: DbSession,
    block_id: int,
    found: Foreseen,
    choices: Mapping[int, Choice],
    reason: str,
    *,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Settle each session; the absence stands by now, so that nothing is settled back into it."""
    cards = [concerned.card for concerned in found.sessions]
    for card in settling.in_turn(cards, choices):
        if choices[card.id].way is not Way.KEEP:
            settling.settle_session(
                db, found.kind, found.resource_id, card, choices[card.id], reason, actor=actor, now=now
            )
    return Entered(block_id, dict(Counter(choices[card.id].way for card in cards)))


def _named(wanted: Wanted) -> Wanted:
    """Return a holiday with a clean name. Raises BadValue when it has none."""
    return Wanted(None, wanted.starts_at, wanted.ends_at, clean_name(wanted.reason, field="name", limit=LINE_LIMIT))


def _require_resource(resource_id: int | None) -> None:
    """Raise NotFound for a holiday, which is for administrators."""
    if resource_id is None:
        raise NotFound(kind="absence", key="")
