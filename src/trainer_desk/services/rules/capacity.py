"""Seats: how many are left, when a session is full, and what is said when a room gets too small (K1, K2, K6)."""

from trainer_desk.models.enums import Severity
from trainer_desk.services.errors import BadValue
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import VenueRow

LARGEST_CAPACITY = 1_000_000
FEW = 5
"""So many of a session's seats, one is a few: with that many left it is nearly full."""


def available(capacity: int | None, taken: int) -> int | None:
    """Return the free seats, never below 0; None when unlimited; `taken` are those of confirmed and offered (K2)."""
    return None if capacity is None else max(0, capacity - taken)


def is_full(capacity: int | None, taken: int) -> bool:
    """Whether no seat is left (K2)."""
    return available(capacity, taken) == 0


def is_nearly_full(capacity: int | None, taken: int) -> bool:
    """Whether seats are left, but no more than a fifth of them (or the last one)."""
    left = available(capacity, taken)
    return capacity is not None and left is not None and 0 < left <= max(1, capacity // FEW)


def capacity_value(value: int | str | None, *, field: str = "capacity") -> int | None:
    """Return a typed capacity or minimum: at least 1, None for empty (unlimited).

    Raises `bad_value` with why `zero`, `not_a_number` or `number_too_large` (K1).
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = _whole_number(value, field)
    if number < 1:
        raise BadValue(field=field, value=str(value), why="zero" if number == 0 else "below_zero")
    if number > LARGEST_CAPACITY:
        raise BadValue(field=field, value=str(value), why="number_too_large", limit=LARGEST_CAPACITY)
    return number


def venue_capacity_exceeded(people: int, venue: VenueRow | None) -> Finding | None:
    """Return the orange finding when more people are enrolled than the venue seats; it never refuses (K1)."""
    if venue is None or venue.capacity is None or people <= venue.capacity:
        return None
    facts = {"people": people, "capacity": venue.capacity, "name": venue.name}
    return Finding("venue_capacity_exceeded", Severity.ORANGE, field="venue", subject=venue.code, facts=facts)


def capacity_below_people(capacity: int | None, people: int, enrolled: int | None = None) -> Finding | None:
    """Return the refusal when a capacity is lowered below the number of seats taken, with the ways out (K6).

    `enrolled` are the confirmed people among them: so many can be moved to the head of the queue
    or to other dates instead.
    """
    if capacity is None or capacity >= people:
        return None
    ways_out = [Fix("set_capacity", {"capacity": people})]
    moving = people - capacity
    if enrolled is not None and enrolled >= moving:
        ways_out.append(Fix("newest_to_waitlist", {"capacity": capacity, "people": moving}))
        ways_out.append(Fix("rehome_newest", {"capacity": capacity, "people": moving}))
    facts = {"people": people, "capacity": capacity}
    return Finding("capacity_below_people", field="capacity", fixes=tuple(ways_out), facts=facts)


def _whole_number(value: int | str, field: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    plain = str(value).strip()
    digits = plain[1:] if plain[:1] in ("-", "+") else plain
    if isinstance(value, bool) or not (digits.isascii() and digits.isdigit()):
        raise BadValue(field=field, value=str(value), why="not_a_number")
    if len(digits.lstrip("0")) > len(str(LARGEST_CAPACITY)):
        raise BadValue(field=field, value=str(value), why="number_too_large", limit=LARGEST_CAPACITY)
    return int(plain)
