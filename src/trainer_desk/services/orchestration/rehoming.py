"""Cancels sessions, or lowers a capacity, and gives each person a place on another date in the same change (R7, K6)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Person
from trainer_desk.services.errors import BadValue, DeskError, Refused, Stale
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import rehoming_facts as facts
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.certifying import certify_run
from trainer_desk.services.rows.rehoming import NewPlace, Rehomed, Rehoming
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll_in
from trainer_desk.services.seats.moving import full
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.settling import settle, sweep_lapsed
from trainer_desk.services.seats.writing import Hand
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

Key = tuple[int, int]
"""A session that is lost, and a person."""

Places = Mapping[Key, NewPlace | None]
NAMES = sa.select(Person.id, Person.employee_no, Person.name).where(Among(Person.id, "ids"))


def propose(db: Db, session_ids: Sequence[int], *, now: dt.datetime, besides: Collection[int] = ()) -> Rehoming:
    """Return a proposal for everybody with a place in these sessions, or waiting there, by urgency (R7).

    Nothing is written; `places()` of the answer is what `cancel_and_rehome` takes. Nobody is proposed a session of
    `besides`. Raises NotFound.
    """
    return facts.propose_for(db, session_ids, facts.places_in(db, session_ids, now), now=now, besides=besides)


def cancel_and_rehome(
    db: DbSession, session_ids: Sequence[int], reason: str, places: Places, *, actor: str, now: dt.datetime
) -> Rehomed:
    """Cancel sessions for one reason and give people the places chosen for them, all or nothing (R7).

    `places` names everybody who has a place in the sessions or waits there; None: no other date. The enrollments in
    the cancelled sessions stay on record (S4). Whoever waits on a date comes before those who are moved there. Raises
    Stale when somebody came or left meanwhile, Refused with a finding for each person who cannot have the chosen
    place, BadValue, WrongState and NotFound with the ref of the session.
    """
    hand = Hand(actor, now)
    scope = lock_places(db, session_ids, places, now)
    require_named(facts.places_in(db, session_ids, now), places)
    sweep_lapsed(db, scope, actor=actor, now=now)
    for session_id in session_ids:
        with_ref = scope.find(session_id).occasion.ref
        try:
            scheduling.call_off(db, session_id, reason, hand)
        except DeskError as error:
            error.facts.setdefault("ref", with_ref)
            raise
    scope.refresh(db)
    settle(db, scope, actor=actor, now=now)
    rehomed = give_places(db, scope, places, hand)
    runs = set().union(*(scheduling.runs_of(db, session_id) for session_id in session_ids))
    certify_run(db, runs, actor=actor, now=now)
    return rehomed


def give_places(db: DbSession, scope: Scope, places: Places, hand: Hand) -> Rehomed:
    """Give people of a locked scope the places chosen for them, by the one guard of every seat. Raises as above."""
    by_date: dict[int, dict[int, bool]] = defaultdict(dict)
    for (_lost, person), place in places.items():
        if place is not None:
            by_date[place.session_id][person] = place.waits
    seated, waiting, found = 0, 0, []
    for session_id, wishes in by_date.items():
        scope.require(session_id, "move")
        outcomes = enroll_in(db, scope, session_id, list(wishes), hand)
        scope.refresh(db)
        for (person, waits), outcome in zip(wishes.items(), outcomes, strict=True):
            if outcome.outcome == "refused" or (outcome.position is not None and not waits):
                found.append(_refusal(db, scope, session_id, person, outcome))
            seated += outcome.position is None
            waiting += outcome.position is not None
    if found:
        raise Refused(found)
    return Rehomed(seated, waiting, sum(place is None for place in places.values()))


def _refusal(db: Db, scope: Scope, session_id: int, person: int, outcome: Outcome) -> Finding:
    """Return why somebody cannot have the place that was chosen, named by the person."""
    reasons = [one for one in outcome.findings if one.code == outcome.code]
    if reasons:
        return reasons[0]
    session = scope.sessions[session_id]
    (row,) = db.execute(NAMES, {"ids": [person]})
    finding = full(session)
    more = {"name": row.name, "title": session.occasion.title, "starts_at": session.occasion.starts_at}
    return replace(finding, subject=row.employee_no, facts={**finding.facts, **more})


def lock_places(db: DbSession, session_ids: Sequence[int], places: Places, now: dt.datetime) -> Scope:
    """Lock the sessions, the dates chosen and everybody concerned, in the one order."""
    dates = {place.session_id for place in places.values() if place is not None}
    both = dates.intersection(session_ids)
    if both:
        raise BadValue(field="session", value=min(both), why="same_session")
    people = {person for _session, person in places}
    return lock_scope(db, [*session_ids, *dates], people=people, freed=people, now=now)


def require_named(leaving: Collection[Key], places: Places) -> None:
    """See that everybody is named who is there, and that whoever is moved is still there. Raises Stale."""
    moved = {key for key, place in places.items() if place is not None}
    if not places.keys() >= set(leaving) or not moved <= set(leaving):
        raise Stale(why="people_changed")
