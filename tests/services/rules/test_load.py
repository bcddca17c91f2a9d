"""Hours as text, and which minutes count in a week."""

from typing import Any

import pytest

from tests.services.rules.plan import at, card
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rules.load import LoadMinutes, hours_text, load_of


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0h"),
        (45, "0.75h"),
        (60, "1h"),
        (90, "1.5h"),
        (720, "12h"),
        (600, "10h"),
        (6000, "100h"),
        (20, "0.33h"),
        (1, "0.02h"),
    ],
)
def test_hours(minutes: int, text: str) -> None:
    assert hours_text(minutes) == text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": SessionStatus.SCHEDULED}, LoadMinutes(120, 0)),
        ({"status": SessionStatus.IN_PROGRESS}, LoadMinutes(120, 0)),
        ({"status": SessionStatus.COMPLETED}, LoadMinutes(0, 120)),
        ({"status": SessionStatus.DRAFT}, None),
        ({"status": SessionStatus.CANCELLED}, None),
        ({"status": SessionStatus.SCHEDULED, "starts_at": at("08:00")}, LoadMinutes(240, 0)),
        ({"status": SessionStatus.SCHEDULED, "starts_at": at("07:59")}, None),
        ({"status": SessionStatus.SCHEDULED, "starts_at": at("20:00"), "ends_at": at("21:00")}, None),
        ({"status": SessionStatus.SCHEDULED, "starts_at": at("19:59"), "ends_at": at("43:59")}, LoadMinutes(1440, 0)),
    ],
)
def test_the_start_decides_and_the_whole_duration_counts(changes: dict[str, Any], expected: LoadMinutes | None) -> None:
    assert load_of([card(**changes)], at("08:00"), at("20:00")).get(1) == expected


def test_co_trainers_count_in_full_and_once() -> None:
    cards = [card(status=SessionStatus.SCHEDULED, co_trainer_ids=(2, 1)), card(id=101, status=SessionStatus.COMPLETED)]
    loads = load_of(cards, at("00:00"), at("24:00"))
    assert loads == {1: LoadMinutes(120, 120), 2: LoadMinutes(120, 0)}
