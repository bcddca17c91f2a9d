"""Changes many sessions at once: rehearsed first, told line by line, one change and so one undo (R5)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, DatabaseTrouble, DeskError, NotFound, Stale
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.rehearsing import holidays_around
from trainer_desk.services.planning import board, drafts, locking
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.rows.bulk import NOTHING_SHOWN, BulkVerb, BulkWish, Shown
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import Fate, PreviewLine, Remedy
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.services.rules import bulk as rules
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.trouble import savepoint
from trainer_desk.services.store.unit import Unit

FARTHEST = 3660
"""Days that sessions can be moved or copied by; more is a slip of the finger."""

Deed = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Work:
    """One change of many: what is wished, what was shown and chosen, what is known around, who does it and when."""

    db: DbSession
    wish: BulkWish
    shown: Shown
    directory: Directory
    actor: str
    now: dt.datetime


def carry_out(
    store: Store,
    label: str,
    session_ids: Sequence[int],
    wish: BulkWish,
    shown: Shown = NOTHING_SHOWN,
    *,
    dry_run: bool = False,
    actor: str | None = None,
) -> Written[tuple[PreviewLine, ...]]:
    """Do what is wished to each session as one change, with what was chosen for each, and tell what became of each.

    With `dry_run` the same is done in a transaction that is thrown away: what it tells is what will be. So it is when
    somebody changed one of the sessions since it was `shown`: the lines then say which, and stand as they would be
    now. Raises as `change_many`.
    """

    def deed(unit: Unit) -> tuple[PreviewLine, ...]:
        lines = change_many(unit.db, session_ids, wish, shown, actor=unit.actor, now=unit.now)
        if dry_run or has_changed(lines):
            unit.discard()
        return lines

    return store.perform(label, lambda: deed, actor=actor)


def has_changed(lines: Sequence[PreviewLine]) -> bool:
    """Whether somebody changed one of them since they were shown, so that nothing was written."""
    return any(line.changed is not None for line in lines)


def change_many(
    db: DbSession,
    session_ids: Sequence[int],
    wish: BulkWish,
    shown: Shown = NOTHING_SHOWN,
    *,
    actor: str,
    now: dt.datetime,
) -> tuple[PreviewLine, ...]:
    """Do what is wished to each session; what is refused leaves nothing behind, and the rest is done (R5).

    Returns a line for each session by start, undated ones last. Sessions that move by the same time may take each
    other's places. Raises BadValue for a wish that cannot be (out_of_range), NotFound for a session that is gone.
    """
    _require_possible(wish)
    ids = sorted(set(session_ids))
    scheduling.lock_people_of(db, ids, now, frees=True)
    cards = board.load_cards(db, ids, now=now)  # only now does nobody else move them
    known = [_known(cards, session_id) for session_id in ids]
    work = Work(db, wish, shown, load_directory(db, course_ids={card.course_id for card in known}), actor, now)
    locking.lock_resources(db, {one for card in known for one in _needed(work, card)})
    changed = {card.id: _changed(work, card) for card in known}  # before this change stands in the journal itself
    lines = {card.id: replace(_line(work, card), changed=changed[card.id]) for card in rules.goes_first(known, wish)}
    return _with_remedies(work, [lines[card.id] for card in sorted(known, key=rules.by_start)])


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


def _needed(work: Work, card: SessionCard) -> set[int]:
    """Return what a session takes and would take; all of it is locked at once, by id, so that no two wait in a ring."""
    wanted = _wanted(work, card)
    return resources_of(card, work.directory) | (resources_of(wanted, work.directory) if wanted else set())


def _wanted(work: Work, card: SessionCard) -> SessionCard | None:
    """Return the session as it is wished; None where that cannot be said."""
    chosen = work.shown.choices.get(card.ref)
    try:
        fields, _told = rules.wanted_fields(card, work.wish, chosen, work.directory.settings)
    except BadValue:
        return None
    return replace(card, **fields)


def _line(work: Work, card: SessionCard) -> PreviewLine:
    chosen = work.shown.choices.get(card.ref)
    if rules.is_left_out(card, work.shown.choices):
        return PreviewLine(card.ref, card, Fate.SKIPPED, remedies=(rules.SKIP,), chosen=chosen, before=card)
    return replace(_judged(work, card, chosen), chosen=chosen, before=card)


def _judged(work: Work, card: SessionCard, chosen: Remedy | None) -> PreviewLine:
    """Do it to one session, and return what became of it."""
    db, now = work.db, work.now
    try:
        with savepoint(db):
            fields, told = rules.wanted_fields(card, work.wish, chosen, work.directory.settings)
            session_id = DEEDS[work.wish.verb](db, card.id, fields, actor=work.actor, now=now)
    except DatabaseTrouble:
        raise
    except DeskError as error:
        return PreviewLine(card.ref, card, Fate.REFUSED, error.findings, error=error)
    after = board.load_card(db, session_id, now=now)
    if session_id == card.id and after.version == card.version:
        return PreviewLine(card.ref, after, Fate.SAME)
    found = (*told, *session_findings(db, session_id, now=now))
    said = tuple(one for one in found if not one.code.startswith("missing_"))  # what a draft lacks is no warning
    return PreviewLine(card.ref, replace(after, ref=card.ref), Fate.WARNED if said else Fate.FINE, said)


def _changed(work: Work, card: SessionCard) -> DeskError | None:
    """Return who changed what of a session since it was shown, if anybody did; what is left out may change."""
    before = None if rules.is_left_out(card, work.shown.choices) else work.shown.before.get(card.ref)
    fields = rules.changed_fields(before, card) if before is not None else ()
    if not fields:
        return None
    return Stale(**(locking.stale(work.db, card).facts | {"why": "shown_before", "fields": fields}))


def _with_remedies(work: Work, lines: Sequence[PreviewLine]) -> tuple[PreviewLine, ...]:
    """Return the lines, those that clash with what would help them."""
    clashing = {line.key for line in lines if line.fate in (Fate.REFUSED, Fate.WARNED)}
    if not clashing:
        return tuple(lines)
    wanted = {line.key: _would_be(work, line) for line in lines if line.key in clashing}
    zone = work.directory.settings.zone
    blocks = holidays_around(
        work.db, [local(card.starts_at, zone).date() for card in wanted.values() if card.starts_at], zone
    )
    return tuple(_helped(work, line, wanted[line.key], blocks) if line.key in clashing else line for line in lines)


def _would_be(work: Work, line: PreviewLine) -> SessionCard:
    if line.fate is Fate.WARNED or line.before is None:
        return line.card
    return _wanted(work, line.before) or line.card


def _helped(work: Work, line: PreviewLine, card: SessionCard, blocks: Sequence[BlockRow]) -> PreviewLine:
    return replace(line, remedies=rules.remedies_for(card, line.findings, blocks, work.directory.settings))


def _edit(db: DbSession, session_id: int, fields: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    scheduling.edit_session(db, session_id, fields, actor=actor, now=now)
    return session_id


def _copy(db: DbSession, session_id: int, fields: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    locking.lock_session(db, session_id)  # what lies in the trash is not copied
    copied = drafts.duplicate_session(db, session_id, actor=actor, now=now)
    if fields:
        drafts.edit_session(db, copied, fields, actor=actor, now=now)
    return copied


def _publish(db: DbSession, session_id: int, fields: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    if fields:
        scheduling.edit_session(db, session_id, fields, actor=actor, now=now)
    scheduling.publish(db, session_id, actor=actor, now=now)
    return session_id


DEEDS: Mapping[BulkVerb, Deed] = {
    BulkVerb.MOVE: _edit,
    BulkVerb.COPY: _copy,
    BulkVerb.DUPLICATE: _copy,
    BulkVerb.TRAINER: _edit,
    BulkVerb.VENUE: _edit,
    BulkVerb.CAPACITY: _edit,
    BulkVerb.PUBLISH: _publish,
}
