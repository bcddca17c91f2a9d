"""Enters, changes and lifts leave, closures and holidays, and settles the sessions that stand there with it (C4)."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.orchestration import scheduling, settling
from trainer_desk.services.orchestration.absence_concerns import standing
from trainer_desk.services.orchestration.rehoming import Places, cancel_and_rehome, propose
from trainer_desk.services.planning import blocks, locking
from trainer_desk.services.planning.absences import standing_in
from trainer_desk.services.rows.absences import Entered, Foreseen, Wanted
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.rehoming import Rehomed
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Choice, Way
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.names import LINE_LIMIT, clean_name


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to become of the sessions, as it was chosen; `found` is what is concerned, once that is known."""

    choices: Mapping[int, Choice]
    reason: str
    places: Places | None
    found: Foreseen | None = None

    @property
    def cards(self) -> dict[int, SessionCard]:
        """The sessions concerned, by id."""
        return {one.card.id: one.card for one in self.found.sessions} if self.found else {}

    @property
    def cancelled(self) -> list[int]:
        """Which of them are cancelled."""
        return [key for key in self.cards if self.choices[key].way is Way.CANCEL]


def enter_absence(
    db: DbSession,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    places: Places | None = None,
    *,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Enter leave of a trainer or a closure (UTC, half-open), and settle every session that stands there (C4).

    `choices` names each session of `absence_concerns.foresee`; one that came meanwhile is Stale. `reason` is why
    sessions are cancelled, `places` where their people go (None: as it is proposed; R7). All or nothing:
    raises Refused with the ref of the session that cannot be settled so, BadValue, `duplicate_ref` for what is away
    for just this time already, NotFound. A holiday: `enter_holiday`.
    """
    _require_resource(wanted.resource_id)
    return _enter(db, wanted, _Order(choices, reason, places), actor=actor, now=now)


def enter_holiday(
    db: DbSession,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    places: Places | None = None,
    *,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Close the whole organisation for a holiday, which needs a name; as `enter_absence`."""
    return _enter(db, _named(wanted), _Order(choices, reason, places), actor=actor, now=now)


def change_absence(
    db: DbSession,
    block_id: int,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    places: Places | None = None,
    *,
    version: int | None = None,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Give leave or a closure other times or another reason, and settle what stands there then.

    Raises as `enter_absence`, and Stale for an old `version`.
    """
    _require_resource(wanted.resource_id)
    return _change(db, block_id, wanted, _Order(choices, reason, places), version, actor=actor, now=now)


def change_holiday(
    db: DbSession,
    block_id: int,
    wanted: Wanted,
    choices: Mapping[int, Choice],
    reason: str = "",
    places: Places | None = None,
    *,
    version: int | None = None,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Give a holiday other days or another name; as `change_absence`."""
    return _change(db, block_id, _named(wanted), _Order(choices, reason, places), version, actor=actor, now=now)


def lift_absence(db: DbSession, block_id: int, *, version: int | None = None, actor: str, now: dt.datetime) -> None:
    """Take leave or a closure away; sessions stay where they were settled to. Raises NotFound, Stale."""
    _require_resource(blocks.lock_block(db, block_id, version=version).resource_id)
    blocks.lift_block(db, block_id, actor=actor, now=now)


def _enter(db: DbSession, wanted: Wanted, order: _Order, *, actor: str, now: dt.datetime) -> Entered:
    clean = blocks.checked(wanted)
    order = _secure(db, clean, order, now)
    blocks.require_new(db, clean)
    block_id = blocks.add_block(
        db, clean.resource_id, clean.starts_at, clean.ends_at, clean.reason, actor=actor, now=now
    )
    return _settle(db, block_id, order, actor=actor, now=now)


def _change(
    db: DbSession, block_id: int, wanted: Wanted, order: _Order, version: int | None, *, actor: str, now: dt.datetime
) -> Entered:
    clean = blocks.checked(wanted)
    order = _secure(db, clean, order, now)
    block = blocks.lock_block(db, block_id, version=version)
    if block.resource_id != clean.resource_id:
        raise NotFound(kind="absence", key=f"#{block_id}")
    blocks.require_new(db, clean, besides=block_id)
    blocks.change_block(db, block, clean, now=now)
    return _settle(db, block_id, order, actor=actor, now=now)


def _secure(db: DbSession, wanted: Wanted, order: _Order, now: dt.datetime) -> _Order:
    """Take all locks in their order and return what is to be done, which no longer changes then."""
    found = standing(db, wanted, now=now)
    settling.require_choices(found.sessions, order.choices, order.reason)
    order = replace(order, found=found)
    ids = set(order.cards)
    if order.cancelled and order.places is None:
        moved = settling.no_dates(order.choices)
        order = replace(order, places=propose(db, order.cancelled, now=now, besides=moved).places())
    if ids:
        dates = {place.session_id for place in (order.places or {}).values() if place is not None}
        people = {person for _session, person in order.places or {}}
        scheduling.lock_people_of(db, sorted(ids | dates), now, frees=True, people=people)
    directory = load_directory(db)
    locking.lock_resources(db, _resources(order, wanted, directory))
    if standing_in(db, wanted.resource_id, wanted.starts_at, wanted.ends_at, directory, over=now) != ids:
        raise Stale(why="changed_since", by=None, at=None)
    return order


def _resources(order: _Order, wanted: Wanted, directory: Directory) -> set[int]:
    """Return whatever the sessions take now, what steps in and what is away."""
    found = {one for card in order.cards.values() for one in resources_of(card, directory)}
    coming = settling.needed_by([order.choices[key] for key in order.cards])
    for key in coming if wanted.resource_id is None else {*coming, wanted.resource_id}:
        found.update(directory.leaves_of(key))
    return found


def _settle(db: DbSession, block_id: int, order: _Order, *, actor: str, now: dt.datetime) -> Entered:
    """Settle each session; the absence stands by now, so that nothing is settled back into it."""
    rehomed = Rehomed()
    if order.cancelled:
        rehomed = cancel_and_rehome(db, order.cancelled, order.reason, order.places or {}, actor=actor, now=now)
    assert order.found is not None
    kind, resource_id = order.found.kind, order.found.resource_id
    for card in settling.in_turn(list(order.cards.values()), order.choices):
        choice = order.choices[card.id]
        if choice.way not in (Way.KEEP, Way.CANCEL):
            settling.settle_session(db, kind, resource_id, card, choice, order.reason, actor=actor, now=now)
    return Entered(block_id, dict(Counter(order.choices[key].way for key in order.cards)), rehomed)


def _named(wanted: Wanted) -> Wanted:
    """Return a holiday with a clean name. Raises BadValue when it has none."""
    return Wanted(None, wanted.starts_at, wanted.ends_at, clean_name(wanted.reason, field="name", limit=LINE_LIMIT))


def _require_resource(resource_id: int | None) -> None:
    """Raise NotFound for a holiday, which is for administrators."""
    if resource_id is None:
        raise NotFound(kind="absence", key="")
