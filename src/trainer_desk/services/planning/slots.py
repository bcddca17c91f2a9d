"""Finds the next free times of a session, each with a trainer, a venue and the reasons (C7)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning import board
from trainer_desk.services.planning.attendees import busy_times
from trainer_desk.services.planning.taken import blocks_of, taken_between
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.services.rows.slots import Reason, Slot, SlotAnswer
from trainer_desk.services.rules.slot_wishes import Around, Wish, after_days, candidates, days_of, first_open
from trainer_desk.services.rules.slots import by_load, search
from trainer_desk.services.rules.times import week_bounds
from trainer_desk.services.rules.transitions import require_editable
from trainer_desk.services.store.db import Db

SOON = 5
"""How many working days are looked at before all others for the next free times."""

NEAR_DAYS = 10
"""How many working days before and after a wanted time the nearest free ones are looked for."""


def find_slots(
    db: Db,
    session_id: int,
    *,
    now: dt.datetime,
    limit: int | None = 10,
    earliest: dt.datetime | None = None,
    fixed_trainer: int | None = None,
    fixed_venue: int | None = None,
    away: Sequence[BlockRow] = (),
) -> list[Slot]:
    """Return the next free times of a session within twenty working days, the least booked trainer's first (C7).

    They begin at `earliest`, else where the session stands, and never before `now` (UTC). `fixed_trainer` and
    `fixed_venue` (ids) allow nobody and nothing else; without them the session's own come first where they are free.
    `away` are absences that are about to be entered. Raises NotFound, WrongState.
    """
    answer = answer_slots(
        db,
        session_id,
        now=now,
        limit=limit,
        earliest=earliest,
        fixed_trainer=fixed_trainer,
        fixed_venue=fixed_venue,
        away=away,
    )
    return list(answer.slots)


def answer_slots(
    db: Db,
    session_id: int,
    *,
    now: dt.datetime,
    limit: int | None = 10,
    earliest: dt.datetime | None = None,
    fixed_trainer: int | None = None,
    fixed_venue: int | None = None,
    away: Sequence[BlockRow] = (),
) -> SlotAnswer:
    """Return what `find_slots` does, and why there is none. Raises NotFound, WrongState."""
    card = board.load_card(db, session_id, now=now)
    require_editable(card.status, ["starts_at"], ref=card.ref)
    directory = load_directory(db, course_ids=[card.course_id])
    begins = max(now, earliest or card.starts_at or now)
    wish = Wish(card, length_of(card, directory), begins, limit=limit, trainer_id=fixed_trainer, venue_id=fixed_venue)
    return search_for(db, wish, directory, away)


def slots_near(
    db: Db,
    session_id: int,
    near: dt.datetime,
    *,
    now: dt.datetime,
    limit: int | None = 40,
    fixed_trainer: int | None = None,
    fixed_venue: int | None = None,
) -> SlotAnswer:
    """Return the free times of a session nearest to `near` (UTC), within ten working days of it and after `now`.

    Raises NotFound, WrongState.
    """
    card = board.load_card(db, session_id, now=now)
    require_editable(card.status, ["starts_at"], ref=card.ref)
    directory = load_directory(db, course_ids=[card.course_id])
    back = near - dt.timedelta(days=7 * NEAR_DAYS // max(1, len(directory.settings.working_days)))
    wish = Wish(
        card, length_of(card, directory), max(now, back), 2 * NEAR_DAYS, limit, fixed_trainer, fixed_venue, near
    )
    return search_for(db, wish, directory)


def length_of(card: SessionCard, directory: Directory) -> dt.timedelta:
    """Return how long the session takes: its own length, or its course's while it has no time."""
    own = card.length
    if own is not None and own > dt.timedelta():
        return own
    return dt.timedelta(minutes=directory.courses[card.course_id].duration_minutes)


def search_for(db: Db, wish: Wish, directory: Directory, away: Sequence[BlockRow] = ()) -> SlotAnswer:
    """Return the answer to a wish: reads what is taken, of those alone who and which could do, and searches there.

    The next times are mostly found within a week, so that is searched first, and the rest for what is lacking then.
    `away` are absences that are about to be entered.
    """
    if wish.near is not None or wish.limit is None or wish.working_days <= SOON:
        return _search_in(db, wish, directory, away)
    found = _search_in(db, replace(wish, working_days=SOON), directory, away)
    if len(found.slots) >= wish.limit:
        return found
    later = after_days(wish, directory, SOON, limit=wish.limit - len(found.slots))
    rest = _search_in(db, later, directory, away)
    slots = tuple(sorted((*found.slots, *rest.slots), key=by_load))
    return SlotAnswer(slots, () if slots else _lacking(found, rest, wish))


def _lacking(found: SlotAnswer, rest: SlotAnswer, wish: Wish) -> tuple[Reason, ...]:
    """Return why there is none on any of the days: what held in both parts, else that nothing is free."""
    if found.lacking == rest.lacking and found.lacking[0].code != "nothing_free":
        return rest.lacking
    return (Reason("nothing_free", {"days": wish.working_days}),)


def _search_in(db: Db, wish: Wish, directory: Directory, away: Sequence[BlockRow]) -> SlotAnswer:
    days = days_of(wish, directory)
    trainers, venues = candidates(wish, directory, [day for day, _hours in days])
    if not days or not trainers or not venues:
        return search(wish, directory, Around())
    card, until = wish.card, days[-1][1][1] + dt.timedelta(days=2)
    resources = {row.id for row in trainers} | {leaf for row in venues for leaf in row.leaf_ids}
    resources.update(card.co_trainer_ids, card.equipment_ids)
    # Leave and closures of a venue close its parts as well.
    closing = resources.union(row.id for row in directory.venues.values() if not resources.isdisjoint(row.leaf_ids))
    blocks = [*blocks_of(db, closing, wish.earliest, until), *away]
    begins = first_open(days, trainers, blocks)
    if begins is None:
        return search(wish, directory, Around(blocks=blocks))
    monday = week_bounds(begins, directory.settings.zone)[0]
    taken = taken_between(db, resources, monday, until, besides=card.id)
    return search(wish, directory, Around(taken, blocks, busy_times(db, card, directory, wish.earliest, until)))
