"""Edits of a series: what one session became is made of those that follow or of all, days leave and come back (R3)."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import CLAIMING, SessionStatus, SkipWhy
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.rehearsing import AFTER, like
from trainer_desk.services.planning import board, claims, locking, series
from trainer_desk.services.planning.attendees import busy_attendees
from trainer_desk.services.planning.fields import fields_of, laid_on
from trainer_desk.services.planning.making import New, make_sessions
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import Fate, PreviewLine, Remedy, RemedyKind
from trainer_desk.services.rows.repeating import Reach, Series
from trainer_desk.services.rows.schedule import ClaimRow, SessionCard, SessionDetail
from trainer_desk.services.rules.availability import claims_of, resources_of
from trainer_desk.services.rules.cloning import on_day
from trainer_desk.services.rules.publishing import as_hints, check_publish
from trainer_desk.services.rules.recurrence import ended_on, read_rule
from trainer_desk.services.rules.repeating import Choices, Setting, as_chosen, ways_out
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

TIME = frozenset({"starts_at", "ends_at"})
SPREAD = TIME | {
    "trainer_id", "venue_id", "co_trainer_ids", "equipment_ids", "capacity", "minimum", "title", "description",
    "waitlist", "waitlist_order", "notes", "metadata",
}  # fmt: skip
"""What can be made the same in the other sessions of a series; course, run and dates of decision are each one's own."""

OPEN = frozenset({SessionStatus.DRAFT, SessionStatus.SCHEDULED})
NOTHING: Choices = {}


@dataclass(frozen=True, slots=True)
class _Member:
    """A session of a series as it would be, and the fields that differ from what it is."""

    before: SessionCard
    wanted: SessionCard
    values: Mapping[str, Any]


def preview_spread(
    db: Db, session_id: int, names: Collection[str], reach: Reach, choices: Choices = NOTHING, *, now: dt.datetime
) -> tuple[PreviewLine, ...]:
    """Return a line for each coming session that fields of this one are to be made of, called by its ref (R3).

    `names` are fields of a session; of the time its wall clock is taken, and how far it lies from its day of the rule.
    They are judged together, so that one may move onto the place that another leaves. Raises NotFound, BadValue for a
    session of no series (no_series) and for a field that is each one's own.
    """
    members, directory = _members(db, session_id, names, reach, choices, now)
    lines, setting = _judge(db, members, directory, choices, now)
    return tuple(_helped(db, line, setting) for line in lines)


def spread(
    db: DbSession,
    session_id: int,
    names: Collection[str],
    reach: Reach,
    choices: Choices = NOTHING,
    *,
    actor: str,
    now: dt.datetime,
) -> tuple[PreviewLine, ...]:
    """Make fields of this session those of the ones that follow, or of all to come, and return what became of each.

    Whatever is refused stays as it is and is told in its line. Raises as `preview_spread`.
    """
    members, directory = _members(db, session_id, names, reach, choices, now)
    scheduling.lock_people_of(db, [session_id, *(one.before.id for one in members)], now, frees=True)
    members, directory = _members(db, session_id, names, reach, choices, now)
    cards = [card for one in members for card in (one.before, one.wanted)]
    locking.lock_resources(db, {key for card in cards for key in resources_of(card, directory)})
    lines, _setting = _judge(db, members, directory, choices, now)
    going = [one for one, line in zip(members, lines, strict=True) if line.fate in (Fate.FINE, Fate.WARNED)]
    claims.drop(db, [one.before.id for one in going if one.before.status in CLAIMING and one.values.keys() & SPREAD])
    for one in going:
        chosen = choices.get(one.before.ref)
        if chosen is not None and chosen.kind is RemedyKind.DRAFT and one.before.status is SessionStatus.SCHEDULED:
            scheduling.unpublish(db, one.before.id, actor=actor, now=now)
        scheduling.edit_session(db, one.before.id, one.values, actor=actor, now=now)
    _claim_again(db, [one.before.id for one in going], directory)
    return lines


def edit_series(
    db: DbSession,
    session_id: int,
    fields: Mapping[str, Any],
    reach: Reach,
    choices: Choices = NOTHING,
    *,
    actor: str,
    now: dt.datetime,
) -> tuple[PreviewLine, ...]:
    """Edit a session of a series and, as far as `reach` goes, the others with it, as one change. Raises as both."""
    scheduling.edit_session(db, session_id, fields, actor=actor, now=now)
    return () if reach is Reach.THIS else spread(db, session_id, fields.keys(), reach, choices, actor=actor, now=now)


def skip_day(db: DbSession, session_id: int, reason: str, *, actor: str, now: dt.datetime) -> None:
    """Take the session of a day out of its series: it is cancelled, or an empty draft goes to the trash (R3).

    The day stays as a row that `take_back` gives its session again. Raises BadValue for a session of no series and
    without a reason, WrongState for one that is over.
    """
    series_id, day = _series_of(db, session_id)
    series.lock_members(db, series_id)
    _remove(db, board.load_card(db, session_id), reason, actor, now)
    series.leave_out(db, series_id, {day: SkipWhy.TAKEN_OUT}, actor=actor, now=now)


def take_back(db: DbSession, series_id: int, day: dt.date, *, actor: str, now: dt.datetime) -> int:
    """Give a skipped day its session again, as a draft, and return its id (R3).

    One that was taken out comes back with its people; a day that never had one gets a session like its neighbour.
    Raises NotFound for a day that is not left out.
    """
    series.lock_members(db, series_id)
    whole = series.load_series(db, series_id)
    found = next((one for one in whole.days if one.day == day and one.is_out), None)
    if found is None:
        raise NotFound(kind="series", key=day.isoformat())
    if found.card is None:
        session_id = _made_on(db, whole, day, now)
    else:
        session_id = found.card.id
        if board.load_session(db, session_id).deleted_at is not None:
            scheduling.restore_session(db, session_id, actor=actor, now=now)
        elif found.card.status is SessionStatus.CANCELLED:
            scheduling.reinstate(db, session_id, actor=actor, now=now)
    series.take_in(db, series_id, [day], actor=actor, now=now)
    return session_id


def end_series(db: DbSession, session_id: int, reason: str, *, actor: str, now: dt.datetime) -> int:
    """Let a series end with this session: later ones that are still to come go as in `skip_day`. Return how many."""
    series_id, day = _series_of(db, session_id)
    series.lock_members(db, series_id)
    whole = series.load_series(db, series_id)
    later = [one.card for one in whole.days if one.day > day and one.card is not None and not one.is_out]
    going = [card for card in later if _is_coming(card, now)]
    for card in going:
        _remove(db, card, reason, actor, now)
    settings = load_directory(db, course_ids=[]).settings
    rule = ended_on(read_rule(whole.rule, settings.zone), day).text
    series.end_rule(db, series_id, rule, actor=actor, now=now)
    series.take_in(db, series_id, [one.day for one in whole.days if one.day > day and one.why], actor=actor, now=now)
    return len(going)


def _remove(db: DbSession, card: SessionCard, reason: str, actor: str, now: dt.datetime) -> None:
    if card.status is SessionStatus.DRAFT and not card.seats_taken and not card.waiting:
        scheduling.delete_session(db, card.id, actor=actor, now=now)
    else:
        scheduling.cancel(db, card.id, reason, actor=actor, now=now)


def _series_of(db: Db, session_id: int) -> tuple[int, dt.date]:
    found = series.series_of(db, session_id)
    if found is None:
        raise BadValue(field="series", value=board.load_card(db, session_id).ref, why="no_series")
    return found


def _is_coming(card: SessionCard, now: dt.datetime) -> bool:
    return card.status in OPEN and (card.ends_at is None or card.ends_at > now)


def _members(
    db: Db, session_id: int, names: Collection[str], reach: Reach, choices: Choices, now: dt.datetime
) -> tuple[list[_Member], Directory]:
    unknown = sorted(set(names) - SPREAD)
    if unknown:
        raise BadValue(field=unknown[0], value=None, why="each_ones_own")
    series_id, day = _series_of(db, session_id)
    model = board.load_session(db, session_id)
    whole = series.load_series(db, series_id, now=now)
    reached = [
        (one.day, one.card)
        for one in whole.days
        if one.card is not None and not one.is_out and one.card.id != session_id and _is_coming(one.card, now)
        if reach is Reach.ALL or (reach is Reach.FOLLOWING and one.day > day)
    ]
    cards = board.load_cards(db, [card.id for _day, card in reached], now=now)
    directory = load_directory(db, course_ids={model.card.course_id, *(card.course_id for card in cards.values())})
    details = {key: board.load_session(db, key) for key in cards} if set(names) - TIME else {}
    return [
        _member(cards[card.id], details.get(card.id), model, names, own - day, directory, choices)
        for own, card in reached
    ], directory


def _member(
    card: SessionCard,
    detail: SessionDetail | None,
    model: SessionDetail,
    names: Collection[str],
    apart: dt.timedelta,
    directory: Directory,
    choices: Choices,
) -> _Member:
    """Return a session with the fields of the model; `apart` is how many days of the rule lie between them."""
    values = {name: value for name, value in fields_of(model).items() if name in names and name not in TIME}
    starts_at, ends_at = model.card.starts_at, model.card.ends_at
    if TIME & set(names) and starts_at is not None and ends_at is not None:
        zone = directory.settings.zone
        span = on_day(starts_at, ends_at, local(starts_at, zone).date() + apart, zone)
        values |= {"starts_at": span.starts_at, "ends_at": span.ends_at}
    wanted = as_chosen(laid_on(card, values), choices.get(card.ref))
    chosen = {name: getattr(wanted, name) for name in (*TIME, "trainer_id", "venue_id", "co_trainer_ids")}
    values |= {name: value for name, value in chosen.items() if value != getattr(card, name)}
    stored = (
        fields_of(replace(detail, card=card)) if detail is not None else {name: getattr(card, name) for name in TIME}
    )
    values = {name: value for name, value in values.items() if name not in stored or stored[name] != value}
    return _Member(card, wanted, values)


def _judge(
    db: Db, members: Sequence[_Member], directory: Directory, choices: Choices, now: dt.datetime
) -> tuple[tuple[PreviewLine, ...], Setting]:
    """Judge all together: who is refused keeps its place, and the others are looked at again with that."""
    cards = [card for one in members for card in (one.before, one.wanted) if card.starts_at and card.ends_at]
    taken, blocks = [], []
    if cards:
        begins = min(card.starts_at for card in cards if card.starts_at)
        ends = max(card.ends_at for card in cards if card.ends_at) + AFTER
        taken = claims.claims_between(
            db, {key for card in cards for key in resources_of(card, directory)}, begins, ends
        )
        blocks = board.blocks_between(db, begins, ends)
    setting = Setting(directory, taken, blocks, now, publish=True)
    changing = [one for one in members if one.values and not _is_skipped(one, choices)]
    busy = {one.before.id: tuple(busy_attendees(db, one.wanted, directory, now)) for one in changing}
    going = set(busy)
    while True:
        lines = [_line(one, going, setting, choices, members, busy) for one in members]
        refused = {line.card.id for line in lines if line.fate is Fate.REFUSED} & going
        if not refused:
            return tuple(lines), replace(setting, claims=_others(setting.claims, going))
        going -= refused


def _line(
    one: _Member,
    going: Collection[int],
    setting: Setting,
    choices: Choices,
    members: Sequence[_Member],
    busy: Mapping[int, Sequence[Finding]],
) -> PreviewLine:
    chosen, ref = choices.get(one.before.ref), one.before.ref
    if not one.values:
        return PreviewLine(ref, one.before, Fate.SAME, chosen=chosen)
    if _is_skipped(one, choices):
        return PreviewLine(ref, one.before, Fate.SKIPPED, (), (Remedy(RemedyKind.SKIP),), chosen)
    becomes_draft = one.before.status is SessionStatus.DRAFT or (chosen and chosen.kind is RemedyKind.DRAFT)
    found = [*_found(one, going, setting, members), *busy[one.before.id]]
    if becomes_draft:
        told = tuple(as_hints([finding for finding in found if not finding.code.startswith("missing_")]))
        card = replace(one.wanted, status=SessionStatus.DRAFT)
        return PreviewLine(ref, card, Fate.WARNED if told else Fate.FINE, told, chosen=chosen)
    if refusals(found):
        ways = (Remedy(RemedyKind.DRAFT), Remedy(RemedyKind.SKIP))
        return PreviewLine(ref, one.wanted, Fate.REFUSED, tuple(found), ways, chosen)
    return PreviewLine(ref, one.wanted, Fate.WARNED if found else Fate.FINE, tuple(found), chosen=chosen)


def _found(one: _Member, going: Collection[int], setting: Setting, members: Sequence[_Member]) -> list[Finding]:
    """Return what speaks against a member, with the earlier ones where they are going to be."""
    before = members[: members.index(one)]
    moved = [
        claim
        for other in before
        if other.before.id in going and other.before.status in CLAIMING
        for claim in claims_of(other.wanted, setting.directory)
    ]
    taken = [*_others(setting.claims, going), *moved]
    return check_publish(one.wanted, directory=setting.directory, claims=taken, blocks=setting.blocks, now=setting.now)


def _others(taken: Sequence[ClaimRow], going: Collection[int]) -> list[ClaimRow]:
    return [claim for claim in taken if claim.session_id not in going]


def _is_skipped(one: _Member, choices: Choices) -> bool:
    chosen = choices.get(one.before.ref)
    return chosen is not None and chosen.kind is RemedyKind.SKIP


def _helped(db: Db, line: PreviewLine, setting: Setting) -> PreviewLine:
    card, directory = line.card, setting.directory
    if line.fate is not Fate.REFUSED or card.starts_at is None or card.ends_at is None:
        return line
    everything = {*directory.trainers, *directory.venues, *directory.equipment}
    around = claims.claims_between(db, everything, card.starts_at, card.ends_at + AFTER)
    return ways_out(line, replace(setting, claims=around))


def _claim_again(db: DbSession, ids: Sequence[int], directory: Directory) -> None:
    """Give back the claims of those whose edit needed no check, and so took none anew."""
    for card in board.load_cards(db, ids).values():
        if card.status in CLAIMING:
            claims.take(db, card, directory)


def _made_on(db: DbSession, whole: Series, day: dt.date, now: dt.datetime) -> int:
    """Make a session on a day that never had one, like the nearest before it, or else after it."""
    there = [one for one in whole.days if one.card is not None and one.card.starts_at is not None]
    if not there:
        raise NotFound(kind="series", key=day.isoformat())
    nearest = min(there, key=lambda one: (one.day > day, abs((one.day - day).days)))
    assert nearest.card is not None
    model = board.load_session(db, nearest.card.id)
    directory = load_directory(db, course_ids=[model.card.course_id])
    made = like(model, day, 1, day.isoformat(), directory.settings.zone)
    more = {"series_id": whole.id, "series_day": day}
    return make_sessions(db, [New(made.card, model, more)], directory, now=now)[0]
