"""Retires a person, course, trainer, venue or piece of equipment, and settles all that is coming in one change (N3)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.orchestration import retiring_concerns as concerns
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.settling import needed_by, require_choices, settle_session
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.planning import locking
from trainer_desk.services.rows.retiring import Retired, Retirement
from trainer_desk.services.rows.settling import Choice
from trainer_desk.services.seats.enrolling import withdraw_all
from trainer_desk.services.seats.scope import lock_scope

TABLES = Base.metadata.tables


def retire(
    db: DbSession,
    kind: str,
    thing_id: int,
    choices: Mapping[int, Choice],
    reason: str = "",
    *,
    actor: str,
    now: dt.datetime,
) -> Retired:
    """Settle every coming session as chosen and take the thing out of use; a person's coming places are given up.

    `choices` names each session of `concerns.foresee`; one that came meanwhile is Stale, so that nothing is passed
    over. `reason` is needed where a session is cancelled. All or nothing: raises Refused with the ref of the session
    in which a substitute cannot take the place, BadValue, WrongState, NotFound.
    """
    foreseen = concerns.foresee(db, kind, thing_id, now=now)
    require_choices(foreseen.sessions, choices, reason)
    cards = [concerned.card for concerned in foreseen.sessions]
    _lock(db, kind, thing_id, foreseen, choices, now)
    if {one.card for one in concerns.foresee(db, kind, thing_id, now=now).sessions} != set(cards):
        raise Stale(why="changed_since", by=None, at=None)
    for card in cards:
        settle_session(db, kind, thing_id, card, choices[card.id], reason, actor=actor, now=now)
    given_up = give_up_places(db, [thing_id], actor=actor, now=now) if kind == "person" else {}
    _take_out_of_use(db, kind, thing_id, now)
    settled = Counter(choices[card.id].way for card in cards)
    return Retired(dict(settled), sum(map(len, given_up.values())))


def give_up_places(
    db: DbSession, person_ids: Collection[int], *, actor: str, now: dt.datetime
) -> dict[int, tuple[str, ...]]:
    """Withdraw people who leave from every session to come; seats go on at once. Return the refs by person (K4)."""
    places = concerns.places_of(db, person_ids, now=now)
    if not places:
        return {}
    lock_scope(db, places, people=person_ids, freed=person_ids, now=now)
    refs: dict[int, tuple[str, ...]] = {}
    for session_id, (ref, people) in places.items():
        withdraw_all(db, session_id, people, actor=actor, now=now)
        refs |= {person: (*refs.get(person, ()), ref) for person in people}
    return refs


def _lock(
    db: DbSession, kind: str, thing_id: int, foreseen: Retirement, choices: Mapping[int, Choice], now: dt.datetime
) -> None:
    """Take all locks in their order: sessions with their people, then what they take and what steps in."""
    ids = [concerned.card.id for concerned in foreseen.sessions]
    if ids:
        scheduling.lock_people_of(db, ids, now, frees=True)
    if kind in ("trainer", "venue", "equipment"):
        locking.lock_resources(db, {thing_id, *needed_by(list(choices.values()))})


def _take_out_of_use(db: DbSession, kind: str, thing_id: int, now: dt.datetime) -> None:
    table = TABLES[concerns.TABLE_OF[kind]]
    statement = (
        sa.update(table)
        .where(table.c.id == thing_id, table.c.active.is_(sa.true()))
        .values(active=False, version=table.c.version + 1, updated_at=now)
    )
    if db.connection().execute(statement).rowcount != 1:
        raise NotFound(kind=kind, key=thing_id)
    if kind == "person":
        recompute(db, people=[thing_id])
    elif kind == "course":
        recompute(db, courses=[thing_id])
