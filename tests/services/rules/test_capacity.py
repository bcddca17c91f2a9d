"""Seats, full sessions, typed capacities, and the two findings about them."""

import pytest

from tests.services.rules.plan import venue
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rules import capacity


@pytest.mark.parametrize(
    ("limit", "taken", "left", "full"),
    [
        (None, 1000, None, False),
        (20, 0, 20, False),
        (20, 17, 3, False),
        (20, 19, 1, False),
        (20, 20, 0, True),
        (20, 25, 0, True),
    ],
)
def test_seats_left(limit: int | None, taken: int, left: int | None, full: bool) -> None:
    assert capacity.available(limit, taken) == left
    assert capacity.is_full(limit, taken) is full


@pytest.mark.parametrize(
    ("limit", "taken", "nearly"),
    [
        (None, 0, False),
        (20, 15, False),
        (20, 16, True),
        (20, 19, True),
        (20, 20, False),
        (3, 1, False),
        (3, 2, True),
        (1, 0, True),
        (20, 25, False),
    ],
)
def test_nearly_full_is_a_fifth_of_the_seats_or_the_last_one(limit: int | None, taken: int, nearly: bool) -> None:
    assert capacity.is_nearly_full(limit, taken) is nearly


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (1, 1),
        ("20", 20),
        (" 007 ", 7),
        ("+3", 3),
        (1_000_000, 1_000_000),
        ("1000000", 1_000_000),
    ],
)
def test_a_typed_capacity(typed: int | str | None, expected: int | None) -> None:
    assert capacity.capacity_value(typed) == expected


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (0, "zero"),
        ("0", "zero"),
        ("-0", "zero"),
        (-1, "below_zero"),
        ("-20", "below_zero"),
        ("2.5", "not_a_number"),
        ("twenty", "not_a_number"),
        ("٢", "not_a_number"),
        ("²", "not_a_number"),
        ("-", "not_a_number"),
        (True, "not_a_number"),
        (1_000_001, "number_too_large"),
        ("9" * 5000, "number_too_large"),
    ],
)
def test_what_is_no_capacity(typed: int | str, why: str) -> None:
    with pytest.raises(DeskError) as refusal:
        capacity.capacity_value(typed)
    assert (refusal.value.code, refusal.value.facts["why"]) == ("bad_value", why)


@pytest.mark.parametrize(
    ("people", "seats", "told"), [(20, 20, False), (21, 20, True), (25, 20, True), (99, None, False), (0, 0, False)]
)
def test_more_people_than_the_venue_seats(people: int, seats: int | None, told: bool) -> None:
    finding = capacity.venue_capacity_exceeded(people, venue(10, "Room A", seats))
    assert (finding is not None) is told
    if finding is not None:
        assert not finding.refuses


def test_without_a_venue_nothing_is_exceeded() -> None:
    assert capacity.venue_capacity_exceeded(99, None) is None


@pytest.mark.parametrize(("limit", "people", "told"), [(5, 6, True), (6, 6, False), (None, 6, False)])
def test_a_capacity_below_the_people(limit: int | None, people: int, told: bool) -> None:
    finding = capacity.capacity_below_people(limit, people)
    assert (finding is not None) is told
    if finding is not None:
        assert finding.refuses
        assert finding.fixes[0].facts == {"capacity": 6}
