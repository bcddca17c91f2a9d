"""What can be done at the organisation: each deed reads how things stand and gives a verb with its arguments."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

import sqlalchemy as sa

from tests.services.orchestration.undo_machine.world import DAY, FIRST, HOUR, NOW, Ids
from trainer_desk.models import Block, Enrollment, SeatHold, SeriesSkip, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import (
    absence_concerns,
    absences,
    bulk,
    rehoming,
    repeating,
    run_days,
    scheduling,
    series_editing,
    substituting,
)
from trainer_desk.services.orchestration.lowering import lower_and_rehome, lower_capacity, propose_lowering
from trainer_desk.services.planning import blocks, drafts, placing
from trainer_desk.services.rows.absences import Wanted
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish
from trainer_desk.services.rows.rehoming import NewPlace, Rehoming
from trainer_desk.services.rows.repeating import CloneWish, Reach, SeriesWish
from trainer_desk.services.rows.settling import Choice, Concerned, Way
from trainer_desk.services.seats import enrolling, holds, moving, next_date, on_run, whole_run
from trainer_desk.services.store.engine import Store

T = TypeVar("T")
Deed = tuple[Any, ...]
"""A verb and its arguments."""


@dataclass
class Hand:
    """Somebody with a pair of dice before an organisation."""

    store: Store
    dice: Random

    def __post_init__(self) -> None:
        self.ids = Ids.read(self.store)

    def one(self, of: Sequence[T]) -> T:
        return self.dice.choice(of)

    def some(self, of: Sequence[T], most: int = 3) -> list[T]:
        return self.dice.sample(of, min(len(of), self.dice.randint(1, most)))

    def session(self, *states: SessionStatus) -> int:
        """Give a session, where there is one in a state that suits; now and then any other."""
        query = sa.select(Session.id).where(Session.deleted_at.is_(None)).order_by(Session.id)
        if states and self.dice.random() < 0.9:
            query = query.where(Session.status.in_(states))
        return self.one(self.all(query) or self.ids.sessions)

    def all(self, query: sa.Select[Any]) -> list[Any]:
        with self.store.reading() as db:
            return [row[0] if len(row) == 1 else tuple(row) for row in db.execute(query)]

    def read(self, query: Callable[..., T], *args: Any, **named: Any) -> T:
        return self.store.read(query, *args, **named)


OPEN = (SessionStatus.DRAFT, SessionStatus.SCHEDULED)
DRAFT, SCHEDULED, CANCELLED = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.CANCELLED
SEAT = sa.select(Enrollment.session_id, Enrollment.person_id).where(
    Enrollment.state != EnrollmentState.WITHDRAWN.value
).order_by(Enrollment.id)  # fmt: skip
HOLDS = sa.select(SeatHold.id).where(SeatHold.ended_at.is_(None)).order_by(SeatHold.id)
MEMBERS = sa.select(Session.id, Session.series_id).where(
    Session.series_id.is_not(None), Session.deleted_at.is_(None)
).order_by(Session.id)  # fmt: skip
SKIPS = sa.select(SeriesSkip.day).where(SeriesSkip.deleted_at.is_(None)).order_by(SeriesSkip.day)
BLOCKS = (
    sa.select(Block.id, Block.resource_id, Block.starts_at)
    .where(Block.deleted_at.is_(None), Block.resource_id.is_not(None))
    .order_by(Block.id)
)


def create(hand: Hand) -> Deed:
    wanted = {
        "course_id": hand.one(hand.ids.courses), "trainer_id": hand.one([*hand.ids.trainers, None]),
        "venue_id": hand.one([*hand.ids.venues, None]), "starts_at": start(hand), "capacity": hand.one([1, 3, None]),
        "equipment_ids": hand.one([(), tuple(hand.ids.equipment)]),
    }  # fmt: skip
    return drafts.create_draft, wanted | {"ends_at": wanted["starts_at"] + HOUR}


def start(hand: Hand) -> dt.datetime:
    return FIRST + hand.dice.randint(0, 9) * DAY + hand.one([0, 1, 2]) * HOUR / 2


def move_in_time(hand: Hand) -> Deed:
    moved = start(hand)
    return scheduling.edit_session, hand.session(*OPEN), {"starts_at": moved, "ends_at": moved + HOUR}


def edit(hand: Hand) -> Deed:
    fields = hand.one(
        [
            {"trainer_id": hand.one(hand.ids.trainers)},
            {"venue_id": hand.one(hand.ids.venues)},
            {"capacity": hand.one([1, 2, 3, 5, None])},
            {"waitlist": hand.one([WaitlistMode.OFF, WaitlistMode.ENROL, WaitlistMode.OFFER])},
            {"co_trainer_ids": tuple(hand.some(hand.ids.trainers, 1))},
            {"equipment_ids": hand.one([(), tuple(hand.ids.equipment)])},
            {"run_id": hand.one([*hand.ids.runs, None])},
            {"title": hand.one(["Morning", "Evening"])},
        ]
    )
    return scheduling.edit_session, hand.session(*OPEN), fields


def turn(hand: Hand) -> Deed:
    """Move a session through its life."""
    return hand.one(
        [
            (scheduling.publish, hand.session(DRAFT)),
            (scheduling.publish, hand.session(DRAFT)),
            (scheduling.unpublish, hand.session(SCHEDULED)),
            (scheduling.unschedule, hand.session(SCHEDULED)),
            (scheduling.cancel, hand.session(*OPEN), "Storm"),
            (scheduling.reinstate, hand.session(CANCELLED)),
            (scheduling.delete_session, hand.session(DRAFT, CANCELLED)),
            (drafts.duplicate_session, hand.session()),
            (placing.place_copy, hand.session(), {"starts_at": start(hand)}),
        ]
    )


def restore(hand: Hand) -> Deed | None:
    gone = hand.all(sa.select(Session.id).where(Session.deleted_at.is_not(None)).order_by(Session.id))
    return (scheduling.restore_session, hand.one(gone)) if gone else None


def enroll(hand: Hand) -> Deed:
    return enrolling.enroll, hand.session(*OPEN), hand.some(hand.ids.people)


def leave(hand: Hand) -> Deed | None:
    seats = hand.all(SEAT)
    return (enrolling.withdraw, *hand.one(seats)) if seats else None


def swap(hand: Hand) -> Deed | None:
    seats = hand.all(SEAT)
    if not seats:
        return None
    session, person = hand.one(seats)
    if hand.dice.random() < 0.5:
        return moving.move_person, person, session, hand.session(*OPEN)
    return moving.replace_person, session, person, hand.one(hand.ids.people)


def next_dates(hand: Hand) -> Deed:
    return next_date.enroll_next, hand.one(hand.ids.courses), hand.some(hand.ids.people)


def hold(hand: Hand) -> Deed:
    held = hand.all(HOLDS)
    if held and hand.dice.random() < 0.6:
        one = hand.one(held)
        fill = (holds.fill_hold, one, hand.some(hand.ids.people))
        return hand.one([(holds.release_hold, one), fill])
    return holds.hold_seats, hand.session(*OPEN), hand.dice.randint(1, 2), "Guests", NOW + 300 * DAY


def runs(hand: Hand) -> Deed:
    run, people = hand.one(hand.ids.runs), hand.some(hand.ids.people)
    return hand.one(
        [
            (whole_run.enroll_in_run, run, people),
            (on_run.put_on_run, run, people),
            (on_run.take_off_run, run, people),
            (run_days.change_run, run, {"max_people": hand.one([2, 3, 5, None])}),
            (run_days.change_run, run, {"members_only": hand.one([True, False])}),
            (run_days.add_days, run, [(begins := start(hand), begins + HOUR)], {}),
        ]
    )


def lower(hand: Hand) -> Deed:
    session, capacity = hand.session(*OPEN), hand.dice.randint(1, 2)
    if hand.dice.random() < 0.4:
        return lower_capacity, session, capacity
    proposal = hand.read(propose_lowering, session, capacity, now=NOW)
    return lower_and_rehome, session, capacity, chosen(hand, proposal)


def cancel_several(hand: Hand) -> Deed:
    wanted = list(dict.fromkeys(hand.session(*OPEN) for _ in range(hand.dice.randint(1, 2))))
    return (
        rehoming.cancel_and_rehome,
        wanted,
        "Trainer is ill",
        chosen(hand, hand.read(rehoming.propose, wanted, now=NOW)),
    )


def chosen(hand: Hand, proposal: Rehoming) -> dict[tuple[int, int], NewPlace | None]:
    """Take what is proposed, here and there something else."""
    places = proposal.places()
    for person in proposal.people:
        if hand.dice.random() < 0.3:
            places[person.key] = hand.one([None, *(option.place for option in person.options)])
    return places


def be_away(hand: Hand) -> Deed:
    begins = FIRST + hand.dice.randint(0, 8) * DAY - HOUR
    whom = hand.one([*hand.ids.trainers, *hand.ids.venues, *hand.ids.equipment, None])
    wanted = Wanted(whom, begins, begins + hand.one([1, 2]) * DAY, "Away")
    verb = absences.enter_absence if whom is not None else absences.enter_holiday
    return verb, wanted, settled(hand, wanted), "Away"


def change_leave(hand: Hand) -> Deed | None:
    there = hand.all(BLOCKS)
    if not there:
        return None
    block, resource, starts_at = hand.one(there)
    if hand.dice.random() < 0.5:
        return hand.one([absences.lift_absence, blocks.lift_block]), block
    begins = starts_at + hand.one([-1, 1]) * DAY
    wanted = Wanted(resource, begins, begins + 2 * DAY, "Longer")
    return absences.change_absence, block, wanted, settled(hand, wanted), "Away"


def settled(hand: Hand, wanted: Wanted) -> dict[int, Choice]:
    """Settle each session that stands in an absence in one of its ways."""
    return {one.card.id: way_of(hand, one) for one in hand.read(absence_concerns.foresee, wanted, now=NOW).sessions}


def way_of(hand: Hand, concerned: Concerned) -> Choice:
    way = hand.one(concerned.ways)
    if way is Way.REPLACE:
        return Choice(way, substitute_id=hand.one(concerned.substitutes).id)
    return Choice(way, time=hand.one(concerned.times) if way is Way.TIME else None)


def substitute(hand: Hand) -> Deed | None:
    trainer = hand.one(hand.ids.trainers)
    taught = sa.select(Session.id).where(Session.trainer_id == trainer, Session.deleted_at.is_(None))
    sessions = hand.all(taught.order_by(Session.id))
    others = [one for one in hand.ids.trainers if one != trainer]
    return (substituting.substitute, trainer, {one: hand.one(others) for one in sessions}) if sessions else None


def repeat(hand: Hand) -> Deed:
    """Clone a run or a session, or make a session the first of a series."""
    first, publish = (FIRST + hand.dice.randint(7, 30) * DAY).date(), hand.dice.random() < 0.5
    if hand.dice.random() < 0.4:
        wish = CloneWish(first, hand.one(hand.ids.runs), code=f"R{hand.dice.randint(0, 9**9)}", publish=publish)
        return repeating.clone_run, wish
    if hand.dice.random() < 0.3:
        return repeating.clone_run, CloneWish(first, session_id=hand.session(*OPEN), publish=publish)
    rule = hand.one(["FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;COUNT=3"])
    return repeating.make_series, SeriesWish(hand.session(*OPEN), rule, publish=publish)


def series(hand: Hand) -> Deed | None:
    """Edit, skip, take back or end a series."""
    members = hand.all(MEMBERS)
    if not members:
        return None
    session, whole = hand.one(members)
    left_out = hand.all(SKIPS.where(SeriesSkip.series_id == whole))
    fields = hand.one(
        [{"capacity": hand.one([2, 4])}, {"trainer_id": hand.one(hand.ids.trainers)}, {"title": "Serial"}]
    )
    deeds: list[Deed] = [
        (series_editing.edit_series, session, fields, hand.one(list(Reach))),
        (series_editing.edit_series, session, fields, hand.one(list(Reach))),
        (series_editing.skip_day, session, "Holiday"),
        (series_editing.end_series, session, "Enough"),
    ]
    deeds += [(series_editing.take_back, whole, day) for day in left_out]
    return hand.one(deeds)


def many(hand: Hand) -> Deed:
    """Change several sessions at once; some of them are refused, and the rest goes through."""
    sessions = list(dict.fromkeys(hand.session(*OPEN) for _ in range(hand.dice.randint(2, 4))))
    wish = hand.one(
        [
            BulkWish(BulkVerb.MOVE, days=hand.one([-1, 1, 7]), minutes=hand.one([0, 30])),
            BulkWish(BulkVerb.COPY, days=hand.one([0, 7])),
            BulkWish(BulkVerb.TRAINER, value=hand.one(hand.ids.trainers)),
            BulkWish(BulkVerb.VENUE, value=hand.one([*hand.ids.venues, None])),
            BulkWish(BulkVerb.CAPACITY, value=hand.one([1, 2, 4, None])),
            BulkWish(BulkVerb.PUBLISH),
        ]
    )
    return bulk.change_many, sessions, wish


DEEDS: Sequence[tuple[Callable[[Hand], Deed | None], int]] = (
    (create, 2), (move_in_time, 3), (edit, 4), (turn, 6), (restore, 1), (enroll, 5), (leave, 2), (swap, 3),
    (next_dates, 2), (hold, 2), (runs, 4), (lower, 3), (cancel_several, 4), (be_away, 4), (change_leave, 2),
    (substitute, 2), (repeat, 4), (series, 4), (many, 5),
)  # fmt: skip
"""What is done, and how often relative to the others."""


def any_deed(hand: Hand) -> Deed | None:
    """Give one of the deeds; None where it cannot even be asked for."""
    (make,) = hand.dice.choices([make for make, _often in DEEDS], [often for _make, often in DEEDS])
    try:
        return make(hand)
    except DeskError:
        return None
