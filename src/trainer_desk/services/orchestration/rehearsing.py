"""What sessions to be made are judged by, asked of the database: without locks for a preview, with them for a write."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning import board, claims, locking
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import PreviewLine, RemedyKind
from trainer_desk.services.rows.schedule import BlockRow, SessionCard, SessionDetail
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.cloning import FARTHEST_OPEN, on_day
from trainer_desk.services.rules.repeating import Choices, Judged, Setting, Wanted, as_chosen, judge, ways_out
from trainer_desk.services.rules.times import day_bounds, local
from trainer_desk.services.store.db import Db

AFTER = dt.timedelta(days=1)
"""How far past the end of a session another time is looked for."""

KINDS = {RemedyKind.TRAINER: "trainer", RemedyKind.VENUE: "venue"}


@dataclass(frozen=True, slots=True)
class Plan:
    """Sessions to be made, the models that they are like by key, and the holidays around them."""

    wanted: tuple[Wanted, ...]
    models: dict[str, SessionDetail]
    directory: Directory
    blocks: Sequence[BlockRow]


def like(model: SessionDetail, day: dt.date | None, number: int, key: str, zone: ZoneInfo) -> Wanted:
    """Return a session to be made like another one, on a day of `zone` (None: undated), with nobody in it."""
    card = model.card
    blank = replace(
        card,
        id=-number,
        ref="",
        status=SessionStatus.DRAFT,
        seats_taken=0,
        version=1,
        offered=0,
        held=0,
        waiting=0,
        day=None,
    )
    if day is None or card.starts_at is None or card.ends_at is None:
        return Wanted(key, replace(blank, starts_at=None, ends_at=None, decision_on=None))
    span = on_day(card.starts_at, card.ends_at, day, zone)
    moved = day - local(card.starts_at, zone).date()
    decided = None if card.decision_on is None else card.decision_on + moved
    return Wanted(key, replace(blank, starts_at=span.starts_at, ends_at=span.ends_at, decision_on=decided), span.told)


def holidays_around(db: Db, days: Sequence[dt.date], zone: ZoneInfo) -> list[BlockRow]:
    """Return what is blocked from the first of the days to far enough after the last to find an open one."""
    if not days:
        return []
    last = max(days) + dt.timedelta(days=FARTHEST_OPEN + len(days))
    return board.blocks_between(db, day_bounds(min(days), zone)[0], day_bounds(last, zone)[1])


def rehearse(db: Db, plan: Plan, choices: Choices, *, publish: bool, now: dt.datetime) -> tuple[PreviewLine, ...]:
    """Return the lines with their ways out: two questions more for each day that clashes. Raises NotFound."""
    setting = _setting(db, plan, choices, publish=publish, now=now)
    judged = judge(plan.wanted, setting, choices)
    return tuple(_with_ways_out(db, line, setting, judged) for line in judged.lines)


def settle_lines(
    db: DbSession, plan: Plan, choices: Choices, *, publish: bool, now: dt.datetime
) -> tuple[PreviewLine, ...]:
    """Return the lines as they can be carried out: everything that they take is locked from here on."""
    cards = _cards(plan, choices)
    if publish:
        wanted = {one for card in cards for one in resources_of(card, plan.directory)}
        locking.lock_resources(db, wanted)
    return judge(plan.wanted, _setting(db, plan, choices, publish=publish, now=now), choices).lines


def load_plan_directory(db: Db, models: Sequence[SessionDetail]) -> Directory:
    """Return the directory with the courses of these sessions."""
    return load_directory(db, course_ids={model.card.course_id for model in models})


def _setting(db: Db, plan: Plan, choices: Choices, *, publish: bool, now: dt.datetime) -> Setting:
    _require_resources(plan.directory, choices)
    cards = [card for card in _cards(plan, choices) if card.starts_at and card.ends_at]
    taken = []
    if cards:
        begins = min(card.starts_at for card in cards if card.starts_at)
        ends = max(card.ends_at for card in cards if card.ends_at) + AFTER
        resources = {one for card in cards for one in resources_of(card, plan.directory)}
        taken = claims.claims_between(db, resources, begins, ends)
    return Setting(plan.directory, taken, plan.blocks, now, publish)


def _cards(plan: Plan, choices: Choices) -> list[SessionCard]:
    return [as_chosen(one.card, choices.get(one.key)) for one in plan.wanted]


def _with_ways_out(db: Db, line: PreviewLine, setting: Setting, judged: Judged) -> PreviewLine:
    card, directory = line.card, setting.directory
    if not line.remedies or card.starts_at is None or card.ends_at is None:
        return line
    everything = {*directory.trainers, *directory.venues, *directory.equipment}
    around = claims.claims_between(db, everything, card.starts_at, card.ends_at + AFTER)
    return ways_out(line, replace(setting, claims=[*around, *judged.taken]))


def _require_resources(directory: Directory, choices: Choices) -> None:
    """Refuse a choice of somebody or something that is not there. Raises NotFound."""
    known = {RemedyKind.TRAINER: directory.trainers.keys(), RemedyKind.VENUE: directory.venues.keys()}
    for chosen in choices.values():
        if chosen.kind in KINDS and chosen.resource_id not in known[chosen.kind]:
            raise NotFound(kind=KINDS[chosen.kind], key=f"#{chosen.resource_id}")
