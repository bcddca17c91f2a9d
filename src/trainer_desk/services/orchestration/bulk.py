"""Changes many sessions at once: rehearsed first, told line by line, one change and so one undo (R5)."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, DatabaseTrouble, DeskError, NotFound
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.planning import board, drafts
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish
from trainer_desk.services.rows.previews import Fate, PreviewLine, Remedy, RemedyKind
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.cloning import moved_by
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.trouble import savepoint
from trainer_desk.services.store.unit import Unit

FIELDS = {BulkVerb.TRAINER: "trainer_id", BulkVerb.VENUE: "venue_id", BulkVerb.CAPACITY: "capacity"}
SKIP = Remedy(RemedyKind.SKIP)
Done = tuple[int, tuple[Finding, ...]]
"""The session that came of it, and what is to be told of its hours."""

FARTHEST = 3660
"""Days that sessions can be moved or copied by; more is a slip of the finger."""

EVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def carry_out(
    store: Store,
    label: str,
    session_ids: Sequence[int],
    wish: BulkWish,
    left_out: Collection[str] = (),
    *,
    dry_run: bool = False,
    actor: str | None = None,
) -> Written[tuple[PreviewLine, ...]]:
    """Do what is wished to each session but those left out by ref, as one change, and tell what became of each.

    With `dry_run` the same is done in a transaction that is thrown away: what it tells is what will be. Raises as
    `change_many`.
    """

    def deed(unit: Unit) -> tuple[PreviewLine, ...]:
        lines = change_many(unit.db, session_ids, wish, left_out, actor=unit.actor, now=unit.now)
        if dry_run:
            unit.discard()
        return lines

    return store.perform(label, lambda: deed, actor=actor)


def change_many(
    db: DbSession,
    session_ids: Sequence[int],
    wish: BulkWish,
    left_out: Collection[str] = (),
    *,
    actor: str,
    now: dt.datetime,
) -> tuple[PreviewLine, ...]:
    """Do what is wished to each session; what is refused leaves nothing behind, and the rest is done (R5).

    Returns a line for each session by start, undated ones last. Sessions that move by the same time may take each
    other's places. Raises BadValue for a wish that cannot be (out_of_range), NotFound for a session that is gone.
    """
    _require_possible(wish)
    scheduling.lock_people_of(db, sorted(set(session_ids)), now, frees=True)
    cards = board.load_cards(db, session_ids, now=now)  # only now does nobody else move them
    known = [_known(cards, session_id) for session_id in session_ids]
    lines = {card.id: _line(db, card, wish, left_out, actor, now) for card in _in_order(known, wish)}
    return tuple(lines[card.id] for card in sorted(known, key=_start))


def _known(cards: Mapping[int, SessionCard], session_id: int) -> SessionCard:
    if session_id not in cards:
        raise NotFound(kind="session", key=session_id)
    return cards[session_id]


def _require_possible(wish: BulkWish) -> None:
    shift = dt.timedelta(days=wish.days, minutes=wish.minutes)
    if abs(shift) > dt.timedelta(days=FARTHEST):
        raise BadValue(field="days", value=wish.days, why="out_of_range", least=-FARTHEST, most=FARTHEST)
    if wish.verb is BulkVerb.CAPACITY:
        capacity_value(wish.value)


def _in_order(cards: Sequence[SessionCard], wish: BulkWish) -> Sequence[SessionCard]:
    """Return who goes first: a session that moves later goes after those whose places it may take."""
    shift = dt.timedelta(days=wish.days, minutes=wish.minutes)
    return sorted(cards, key=_start, reverse=wish.verb is BulkVerb.MOVE and shift > dt.timedelta())


def _start(card: SessionCard) -> tuple[dt.datetime, int]:
    return card.starts_at or EVER, card.id


def _line(
    db: DbSession, card: SessionCard, wish: BulkWish, left_out: Collection[str], actor: str, now: dt.datetime
) -> PreviewLine:
    if card.ref in left_out:
        return PreviewLine(card.ref, card, Fate.SKIPPED, remedies=(SKIP,), chosen=SKIP)
    try:
        with savepoint(db):
            session_id, told = DEEDS[wish.verb](db, card, wish, actor, now)
    except DatabaseTrouble:
        raise
    except DeskError as error:
        return PreviewLine(card.ref, card, Fate.REFUSED, error.findings, error=error)
    after = board.load_card(db, session_id, now=now)
    if session_id == card.id and after.version == card.version:
        return PreviewLine(card.ref, after, Fate.SAME)
    found = (*told, *session_findings(db, session_id, now=now))
    said = tuple(one for one in found if not one.code.startswith("missing_"))  # what a draft lacks is no warning
    return PreviewLine(
        card.ref, replace(after, ref=card.ref), Fate.WARNED if said else Fate.FINE, said, (SKIP,) if said else ()
    )


def _move(db: DbSession, card: SessionCard, wish: BulkWish, actor: str, now: dt.datetime) -> Done:
    fields, told = _shifted(db, card, wish)
    scheduling.edit_session(db, card.id, fields, actor=actor, now=now)
    return card.id, told


def _copy(db: DbSession, card: SessionCard, wish: BulkWish, actor: str, now: dt.datetime) -> Done:
    copied = drafts.duplicate_session(db, card.id, actor=actor, now=now)
    if not (wish.days or wish.minutes):
        return copied, ()
    fields, told = _shifted(db, card, wish)
    drafts.edit_session(db, copied, fields, actor=actor, now=now)
    return copied, told


def _set(db: DbSession, card: SessionCard, wish: BulkWish, actor: str, now: dt.datetime) -> Done:
    scheduling.edit_session(db, card.id, {FIELDS[wish.verb]: wish.value}, actor=actor, now=now)
    return card.id, ()


def _publish(db: DbSession, card: SessionCard, wish: BulkWish, actor: str, now: dt.datetime) -> Done:
    scheduling.publish(db, card.id, actor=actor, now=now)
    return card.id, ()


def _shifted(db: DbSession, card: SessionCard, wish: BulkWish) -> tuple[dict[str, dt.datetime], tuple[Finding, ...]]:
    """Return the other times of a session by wall clock. Raises BadValue where it has none yet."""
    if card.starts_at is None or card.ends_at is None:
        raise BadValue(field="start", value=None, why="missing")
    shift = dt.timedelta(days=wish.days, minutes=wish.minutes)
    span = moved_by(card.starts_at, card.ends_at, shift, load_settings(db).zone)
    return {"starts_at": span.starts_at, "ends_at": span.ends_at}, span.told


DEEDS: Mapping[BulkVerb, Callable[[DbSession, SessionCard, BulkWish, str, dt.datetime], Done]] = {
    BulkVerb.MOVE: _move,
    BulkVerb.COPY: _copy,
    BulkVerb.TRAINER: _set,
    BulkVerb.VENUE: _set,
    BulkVerb.CAPACITY: _set,
    BulkVerb.PUBLISH: _publish,
}
