"""Finds what a retirement concerns: coming sessions with who or what could step in, and coming places (N3)."""

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Course, Enrollment, Person, Resource, Session, SessionResource, Trainer
from trainer_desk.models.enums import EnrollmentState, ResourceKind
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning import board
from trainer_desk.services.planning.substitutes import substitutes_of
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.retiring import Place, Retirement
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Concerned, Substitute
from trainer_desk.services.rows.substitutes import Substitutes
from trainer_desk.services.rules.retiring import ways_for
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

TABLE_OF = {
    "person": "people", "course": "courses", "trainer": "resources", "venue": "resources", "equipment": "resources",
}  # fmt: skip
"""What can be retired, and the table with its `active`."""

COMING = sa.and_(
    Session.status.in_(sorted(OPEN_FOR_PEOPLE)),
    Session.deleted_at.is_(None),
    sa.or_(Session.ends_at.is_(None), Session.ends_at > sa.bindparam("now", type_=Session.starts_at.type)),
)
LINKED = sa.select(SessionResource.session_id).where(SessionResource.resource_id == sa.bindparam("thing"))
NEEDING = {
    "course": Session.course_id == sa.bindparam("thing"),
    "trainer": sa.or_(Session.trainer_id == sa.bindparam("thing"), Session.id.in_(LINKED)),
    "venue": Session.venue_id == sa.bindparam("thing"),
    "equipment": Session.id.in_(LINKED),
}
IDS = {kind: sa.select(Session.id).where(COMING, needs).order_by(Session.id) for kind, needs in NEEDING.items()}
PLACES = (
    sa.select(Enrollment.session_id, Session.ref, Enrollment.person_id, Enrollment.state)
    .join(Session, Session.id == Enrollment.session_id)
    .where(Among(Enrollment.person_id, "people"), Enrollment.state != EnrollmentState.WITHDRAWN.value, COMING)
    .order_by(Enrollment.session_id, Enrollment.person_id)
)
PEOPLE_AT_ONCE = 5_000
"""So many people are asked about with one statement: a file may have a million who leave."""

ROLES = (
    sa.select(Resource.name)
    .join(Trainer, Trainer.id == Resource.id)
    .where(Trainer.person_id == sa.bindparam("person"), Resource.active.is_(sa.true()))
    .order_by(Resource.sort_name)
)


def foresee(db: Db, kind: str, thing_id: int, *, now: dt.datetime) -> Retirement:
    """Return what retiring a person, course, trainer, venue or piece of equipment concerns after `now` (UTC).

    Sessions stand by start, undated ones last. Raises NotFound for who is not there or not in use.
    """
    name = _name_of(db, kind, thing_id)
    if kind == "person":
        roles = tuple(db.execute(ROLES, {"person": thing_id}).scalars())
        return Retirement(kind, thing_id, name, places=_places(db, thing_id, now), roles=roles)
    ids = db.execute(IDS[kind], {"thing": thing_id, "now": now}).scalars().all()
    cards = _by_start(board.load_cards(db, ids).values())
    directory = load_directory(db)
    found = substitutes_of(db, cards, directory) if kind in ("trainer", "venue") else {}
    nobody = Substitutes()
    concerned = [_concerned(kind, thing_id, card, directory, found.get(card.id, nobody)) for card in cards]
    return Retirement(kind, thing_id, name, tuple(concerned))


def places_of(db: Db, person_ids: Collection[int], *, now: dt.datetime) -> dict[int, tuple[str, list[int]]]:
    """Return the ref and who of these people has a place or waits, by coming session, in the order of the ids."""
    found: dict[int, tuple[str, list[int]]] = {}
    waiting = iter(person_ids)
    while some := list(islice(waiting, PEOPLE_AT_ONCE)):
        for row in db.execute(PLACES, {"people": some, "now": now}):
            found.setdefault(row.session_id, (row.ref, []))[1].append(row.person_id)
    return {session_id: (ref, sorted(people)) for session_id, (ref, people) in sorted(found.items())}


def _name_of(db: Db, kind: str, thing_id: int) -> str:
    model: Any = {"person": Person, "course": Course}.get(kind, Resource)
    name = Course.title if model is Course else model.name
    query = sa.select(name).where(model.id == thing_id, model.active.is_(sa.true()))
    if model is Resource:
        query = query.where(Resource.kind == ResourceKind(kind).value)
    found = db.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(kind=kind, key=thing_id)
    return str(found)


def _places(db: Db, person_id: int, now: dt.datetime) -> tuple[Place, ...]:
    states = {row.session_id: row.state for row in db.execute(PLACES, {"people": [person_id], "now": now})}
    cards = _by_start(board.load_cards(db, states).values())
    return tuple(Place(card, EnrollmentState(states[card.id])) for card in cards)


def _by_start(cards: Collection[SessionCard]) -> Sequence[SessionCard]:
    dated = [card for card in cards if card.starts_at is not None]
    undated = [card for card in cards if card.starts_at is None]
    return [*sorted(dated, key=lambda card: (card.starts_at, card.id)), *undated]


def _concerned(kind: str, thing_id: int, card: SessionCard, directory: Directory, found: Substitutes) -> Concerned:
    substitutes = _stepping_in(kind, thing_id, directory, found)
    ways = ways_for(kind, card, thing_id, has_substitutes=bool(substitutes))
    return Concerned(card, ways, substitutes)


def _stepping_in(kind: str, thing_id: int, directory: Directory, found: Substitutes) -> tuple[Substitute, ...]:
    """Return who or what could step in (C8). A venue of which the retired one is a part cannot."""
    if kind == "trainer":
        return found.trainers
    if kind == "venue":
        return tuple(one for one in found.venues if thing_id not in directory.venues[one.id].leaf_ids)
    return ()
