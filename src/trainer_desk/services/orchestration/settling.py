"""Settles coming sessions from which something goes: each by its choice, through the verbs of scheduling (N3, C4)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import BadValue, DeskError, Stale
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.planning import board
from trainer_desk.services.rows.absences import ORGANISATION
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Choice, Concerned, Way
from trainer_desk.services.rules.retiring import without


def require_choices(sessions: Iterable[Concerned], choices: Mapping[int, Choice], reason: str) -> None:
    """See that each session has a possible choice, and a cancellation its reason.

    Raises Stale for a session that came meanwhile, BadValue.
    """
    for concerned in sessions:
        choice = choices.get(concerned.card.id)
        if choice is None:
            raise Stale(why="changed_since", by=None, at=None)
        _require_possible(concerned, choice)
        if choice.way is Way.CANCEL and not reason.strip():
            raise BadValue(field="reason", value=reason, why="missing")


def settle_session(
    db: DbSession,
    kind: str,
    thing_id: int | None,
    card: SessionCard,
    choice: Choice,
    reason: str,
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Settle one session as chosen; `thing_id`, of that kind, is what it must do without.

    Raises what scheduling raises, with the ref of the session among the facts.
    """
    try:
        if choice.way is Way.CANCEL:
            scheduling.cancel(db, card.id, reason, actor=actor, now=now)
        if choice.way is Way.DRAFT and card.status is SessionStatus.SCHEDULED:
            scheduling.unpublish(db, card.id, actor=actor, now=now)
        fields = _fields(kind, thing_id, board.load_card(db, card.id), choice)
        if fields:
            scheduling.edit_session(db, card.id, fields, actor=actor, now=now)
    except DeskError as error:
        error.facts.setdefault("ref", card.ref)
        raise


def needed_by(choices: Collection[Choice]) -> set[int]:
    """Return the trainers, venues and pieces of equipment that the choices bring in, whose rows are to be locked."""
    found = {choice.substitute_id for choice in choices}
    found |= {each for choice in choices if choice.time for each in (choice.time.trainer_id, choice.time.venue_id)}
    return {each for each in found if each is not None}


def no_dates(choices: Mapping[int, Choice]) -> set[int]:
    """Return the sessions to which nobody can be moved, because they will not take place when they stand now."""
    return {key for key, choice in choices.items() if choice.way in (Way.CANCEL, Way.DRAFT, Way.TIME)}


def in_turn(cards: Sequence[SessionCard], choices: Mapping[int, Choice]) -> list[SessionCard]:
    """Return the sessions in the order in which they are settled: first those that give their place back."""
    gives = {Way.CANCEL, Way.DRAFT, Way.LEAVE_OUT}
    return sorted(cards, key=lambda card: choices[card.id].way not in gives)


def _require_possible(concerned: Concerned, choice: Choice) -> None:
    if choice.way not in concerned.ways:
        raise BadValue(field="way", value=choice.way.value, why="not_one_of", choices=list(concerned.ways))
    if choice.way is Way.REPLACE and choice.substitute_id is None:
        raise BadValue(field="substitute", value=None, why="missing")
    if choice.way is Way.TIME and choice.time is None:
        raise BadValue(field="start", value=None, why="missing")


def _fields(kind: str, thing_id: int | None, card: SessionCard, choice: Choice) -> dict[str, Any]:
    """Return the fields that the choice changes, once the state is what it is to be."""
    if choice.way is Way.TIME and choice.time is not None:
        time = choice.time
        return {
            "starts_at": time.starts_at,
            "ends_at": time.ends_at,
            "trainer_id": time.trainer_id,
            "venue_id": time.venue_id,
        }
    if kind == ORGANISATION:
        return dict(scheduling.NO_DATE) if choice.way is Way.DRAFT else {}
    if thing_id is not None and kind != "course" and choice.way in (Way.DRAFT, Way.LEAVE_OUT, Way.REPLACE):
        return without(kind, card, thing_id, choice.substitute_id)
    return {}
