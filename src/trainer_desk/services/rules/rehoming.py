"""Proposes another date to each person who loses one, the most urgent first, as a pure function (R7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rows.rehoming import NewPlace, Option
from trainer_desk.services.rules import queue
from trainer_desk.services.rules.queue import Place, Room, Seeker
from trainer_desk.services.rules.seating import Occasion, lacks, seat_findings

SEATED = (EnrollmentState.CONFIRMED, EnrollmentState.OFFERED)


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who loses a place in a session; `seeker` says how they stood there.

    `urgency` sorts (`rules.compliance.order_key`), `here` are the dates on which they have a place or wait already,
    `is_served` says that they have a seat for the course anyway, so that nothing need be proposed.
    """

    session_id: int
    course_id: int
    seeker: Seeker
    urgency: tuple[Any, ...]
    here: frozenset[int] = frozenset()
    is_served: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The dates that a person could have, the one that is proposed, and why there is none."""

    leaver: Leaver
    options: tuple[Option, ...]
    proposed: NewPlace | None
    reason: Finding | None


@dataclass(frozen=True, slots=True)
class Date:
    """A coming date of a course with the seats that it has left; `queues` says that people may wait for it."""

    course_id: int
    place: Place
    queues: bool


def by_urgency(leaver: Leaver) -> tuple[Any, ...]:
    """Return the order in which people are served: red first, those with a seat before those who wait (P1)."""
    group, *rest = leaver.urgency
    return (group, leaver.seeker.state not in SEATED, *rest)


def propose(
    leavers: Iterable[Leaver],
    dates: Sequence[Date],
    seats: Mapping[int, Sequence[Occasion]],
    rooms: Mapping[int, Room],
) -> list[Proposal]:
    """Return a proposal for everybody, by urgency; each takes the first date that fits, and its seat is gone.

    `dates` stand by start, `seats` are the sessions in which each person has a seat besides the one that is lost.
    A date fits when a seat is free, the run has room, nothing refuses the person and no overlap is even warned of.
    Where none does, the first queue that takes the person is only an option: nobody is made to wait unasked.
    """
    trial = [replace(date, place=replace(date.place)) for date in dates]
    left = {key: replace(room, people=set(room.people)) for key, room in rooms.items()}
    held = defaultdict(list, {person: list(own) for person, own in seats.items()})
    given: dict[int, set[int]] = defaultdict(set)
    found = []
    for leaver in sorted(leavers, key=by_urgency):
        person = leaver.seeker.sitter.person_id
        options = tuple(_options(leaver, dates, seats.get(person, ()), rooms))
        proposed, reason = None, None
        if not leaver.is_served:
            wanted = [
                one for one in trial if _is_for(leaver, one) and one.place.occasion.session_id not in given[person]
            ]
            proposed, reason = _take(leaver, wanted, held, left)
        if proposed is not None:
            given[person].add(proposed.session_id)
        found.append(Proposal(leaver, options, proposed, reason))
    return found


def _is_for(leaver: Leaver, date: Date) -> bool:
    return date.course_id == leaver.course_id and date.place.occasion.session_id not in leaver.here


def _take(
    leaver: Leaver, dates: Iterable[Date], held: dict[int, list[Occasion]], rooms: Mapping[int, Room]
) -> tuple[NewPlace | None, Finding | None]:
    """Return the first date that fits, its seat taken; else None and why the last one did not."""
    person, reason = leaver.seeker.sitter.person_id, None
    for date in dates:
        occasion = date.place.occasion
        wish = Seeker(occasion.session_id, leaver.seeker.sitter)
        (fate,) = queue.settle([date.place], [wish], held, rooms, strict=True)
        if fate.seated:
            held[person].append(occasion)
            return NewPlace(occasion.session_id), None
        reason = next(iter(fate.findings), None)
    return None, reason


def _options(
    leaver: Leaver, dates: Iterable[Date], seats: Sequence[Occasion], rooms: Mapping[int, Room]
) -> Iterable[Option]:
    """Yield every date on which the person could sit, and those for which they could at least wait."""
    sitter = leaver.seeker.sitter
    for date in dates:
        place = date.place
        if not _is_for(leaver, date) or refusals(lacks(sitter, place.occasion)):
            continue
        findings = tuple(seat_findings(sitter, place.occasion, seats))
        room = rooms.get(place.run_id or 0)
        is_kept_out = room is not None and room.left == 0 and sitter.person_id not in room.people
        if place.free != 0 and not is_kept_out and not refusals(findings):
            yield Option(NewPlace(place.occasion.session_id), findings)
        elif date.queues:
            yield Option(NewPlace(place.occasion.session_id, waits=True), findings)
