"""Why a time is offered with this trainer and this venue, and why none is (C7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from trainer_desk.services.rows.directory import Directory, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.slots import Reason
from trainer_desk.services.rules.availability import needs_of
from trainer_desk.services.rules.slot_wishes import Wish


@dataclass(frozen=True, slots=True)
class Choice:
    """Who and what was chosen: the trainer's booked minutes of the week, and how many trainers were free then.

    `busy` counts the people of the session who are elsewhere at that time.
    """

    trainer: TrainerRow
    venue: VenueRow
    booked: int
    is_over: bool
    free_trainers: int
    busy: int = 0


def reasons_for(choice: Choice, card: SessionCard, directory: Directory, needed: int) -> tuple[Reason, ...]:
    """Return the reasons for the choice: the trainer's first, then the venue's, then what else was looked at."""
    found = [_of_trainer(choice, card), _of_venue(choice.venue, card, needed)]
    if choice.is_over:
        norm = directory.norm_of(choice.trainer.id)
        found.append(Reason("over_target", {"name": choice.trainer.name, "hours": norm}))
    others = [need.name for need in needs_of(card, directory) if need.field in ("co_trainers", "equipment")]
    if others:
        found.append(Reason("others_free", {"names": others}))
    if choice.busy:
        found.append(Reason("people_busy", {"people": choice.busy}))
    return tuple(found)


def lacking(
    wish: Wish, directory: Directory, trainers: Sequence[TrainerRow], venues: Sequence[VenueRow], needed: int
) -> tuple[Reason, ...]:
    """Return what stands in the way of every time: what is retired, nobody who may teach, no venue, too short a day."""
    card = wish.card
    course = directory.courses.get(card.course_id)
    gone = retired(card, directory)
    if gone:
        return (Reason("retired_things", {"names": gone}),)
    found = []
    if not trainers:
        found.append(Reason("nobody_qualified", {"course": course.title if course else f"#{card.course_id}"}))
    if not venues:
        found.append(Reason("no_venue_seats", {"seats": needed}))
    if not found:
        found.append(Reason("longer_than_a_day", {"minutes": wish.length // timedelta(minutes=1)}))
    return tuple(found)


def retired(card: SessionCard, directory: Directory) -> list[str]:
    """Return the names of what the session cannot do without and that cannot be booked any more (S9)."""
    course = directory.courses.get(card.course_id)
    co_trainers = [directory.trainers.get(key) for key in card.co_trainer_ids]
    equipment = [directory.equipment.get(key) for key in card.equipment_ids]
    gone = [course.title] if course is not None and not course.active else []
    return gone + [row.name for row in (*co_trainers, *equipment) if row is not None and not row.active]


def _of_trainer(choice: Choice, card: SessionCard) -> Reason:
    facts = {"name": choice.trainer.name, "minutes": choice.booked, "free": choice.free_trainers}
    if choice.trainer.id == card.trainer_id:
        return Reason("own_trainer", facts)
    return Reason("only_trainer" if choice.free_trainers == 1 else "least_booked", facts)


def _of_venue(venue: VenueRow, card: SessionCard, needed: int) -> Reason:
    facts = {"name": venue.name, "capacity": venue.capacity, "needed": needed}
    if venue.id == card.venue_id:
        return Reason("own_venue", facts)
    return Reason("venue_seats" if venue.capacity is not None else "venue_unlimited", facts)
