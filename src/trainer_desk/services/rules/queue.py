"""The queue of a session: who comes next, who gets a seat, and who is passed over and why, as a pure function (K5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rules.compliance import group_of, order_key
from trainer_desk.services.rules.seating import Occasion, Sitter, seat_findings


@dataclass(slots=True)
class Place:
    """A session with the seats that it has left; `free` None is unlimited. Settling counts `free` down."""

    occasion: Occasion
    free: int | None
    waitlist: WaitlistMode
    order: WaitlistOrder
    run_id: int | None = None
    day: date | None = None
    """The day of its start in the organisation's zone, on which urgency is judged."""
    expiring_days: int = 0


@dataclass(slots=True)
class Room:
    """A run with the people that it can still take; `left` None is unlimited. `people` are on it already (K8)."""

    code: str
    left: int | None
    limit: int | None = None
    people: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who wants a seat: waiting at a `position`, or a newcomer without one, who stands behind all."""

    session_id: int
    sitter: Sitter
    position: int | None = None
    status: ComplianceStatus | None = None
    expires_on: date | None = None
    skip: tuple[str | None, str | None] = (None, None)
    """The reason that was recorded when the queue was last looked at: its code and the session in the way."""
    state: EnrollmentState | None = None
    """How they stand in the session; None for who never was in it."""
    due_on: date | None = None
    counts_from: date | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a seeker: `seated`, or not, and then the first of the `findings` that refuse says why.

    Not seated and nothing refuses: there is no seat.
    """

    seeker: Seeker
    seated: bool
    findings: tuple[Finding, ...] = ()

    @property
    def reason(self) -> Finding | None:
        """What keeps a seeker from a free seat."""
        found = refusals(self.findings)
        return None if self.seated or not found else found[0]

    @property
    def skip(self) -> tuple[str | None, str | None]:
        """The reason as it is recorded: its code and the session in the way."""
        reason = self.reason
        return (None, None) if reason is None else (reason.code, next(iter(reason.clashes_with), None))


def promotes(status: SessionStatus, starts_at: datetime | None, waitlist: WaitlistMode, now: datetime) -> bool:
    """Whether a session's queue moves at `now` (UTC): scheduled, with a waitlist, never after the start (K5)."""
    is_coming = starts_at is not None and starts_at > now
    return status is SessionStatus.SCHEDULED and is_coming and waitlist is not WaitlistMode.OFF


def settle(
    places: Iterable[Place],
    seekers: Sequence[Seeker],
    seats: Mapping[int, Sequence[Occasion]],
    rooms: Mapping[int, Room],
    *,
    strict: bool = False,
) -> list[Fate]:
    """Give the free seats to those who come next and can be seated; return the fate of every seeker (K5, K8).

    `seats` are the sessions in which each person has a seat already, by person. Who cannot be seated costs no seat.
    Sessions of a capped run share its room, the earlier one first. With `strict` an overlap that is only warned of
    refuses, too.
    """
    taken = {person: list(held) for person, held in seats.items()}
    fates: list[Fate] = []
    for place in sorted(places, key=_start):
        own = [seeker for seeker in seekers if seeker.session_id == place.occasion.session_id]
        for seeker in sorted(own, key=queue_key(place)):
            held = taken.get(seeker.sitter.person_id, [])
            fate = _fate(seeker, place, held, rooms.get(place.run_id or 0), strict)
            if fate.seated:
                _take(place, seeker.sitter.person_id, taken, rooms.get(place.run_id or 0))
            fates.append(fate)
    return fates


def queue_key(place: Place) -> Callable[[Seeker], tuple[Any, ...]]:
    """Return the order of a session's queue: by joining, or the most urgent compliance first (K5).

    Positions below 1 were given to people who lost their seat when the capacity was lowered; they come first (K6).
    """

    def key(seeker: Seeker) -> tuple[Any, ...]:
        position = (seeker.position is None, seeker.position or 0)
        if place.order is WaitlistOrder.JOINED or place.day is None:
            return position
        group = group_of(
            seeker.status, seeker.expires_on, place.day, place.expiring_days, seeker.due_on, seeker.counts_from
        )
        is_ahead = seeker.position is not None and seeker.position < 1
        return (not is_ahead, *order_key(group, seeker.expires_on, "", 0), *position)

    return key


def run_full(room: Room) -> Finding:
    """Return the refusal of a run that has as many people as it may (K8)."""
    return Finding("run_full", field="people", subject=room.code, facts={"people": room.limit, "capacity": room.limit})


def _start(place: Place) -> tuple[bool, Any, int]:
    starts_at = place.occasion.starts_at
    return starts_at is None, starts_at, place.occasion.session_id


def _fate(seeker: Seeker, place: Place, seats: Sequence[Occasion], room: Room | None, strict: bool) -> Fate:
    found = tuple(seat_findings(seeker.sitter, place.occasion, seats))
    if refusals(found) or (strict and any(finding.code == "attendee_busy" for finding in found)) or place.free == 0:
        return Fate(seeker, False, found)
    if room is not None and room.left == 0 and seeker.sitter.person_id not in room.people:
        return Fate(seeker, False, (run_full(room), *found))
    return Fate(seeker, True, found)


def _take(place: Place, person_id: int, taken: dict[int, list[Occasion]], room: Room | None) -> None:
    if place.free is not None:
        place.free -= 1
    taken.setdefault(person_id, []).append(place.occasion)
    if room is not None and person_id not in room.people:
        room.people.add(person_id)
        room.left = None if room.left is None else room.left - 1
