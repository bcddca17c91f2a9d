"""Wall-clock moves across the changes of summer time."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.views.schedule import boards
from trainer_desk.views.schedule import wall, words

BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("start", "days", "minutes", "expected"),
    [
        (utc(2026, 3, 26, 8), 7, 0, utc(2026, 4, 2, 7)),
        (utc(2026, 10, 22, 7), 7, 0, utc(2026, 10, 29, 8)),
        (utc(2026, 11, 24, 8), 0, 90, utc(2026, 11, 24, 9, 30)),
        (utc(2026, 3, 28, 22, 30), 0, 240, utc(2026, 3, 29, 1, 30)),
    ],
)
def test_a_move_keeps_the_clock(start: datetime, days: int, minutes: int, expected: datetime) -> None:
    clock = wall.to_wall(start, BERLIN) + timedelta(days=days, minutes=minutes)
    moved, end = wall.placed(clock, timedelta(hours=2), BERLIN)
    assert moved == expected
    assert wall.clock_length(moved, end, BERLIN) == timedelta(hours=2)


def test_both_readings_of_the_hour_shown_twice_find_their_instant_again() -> None:
    second = utc(2026, 10, 25, 1, 30)
    assert wall.to_wall(second, BERLIN).hour == 2
    assert wall.to_utc(wall.to_wall(second, BERLIN), BERLIN) == second


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (datetime(2026, 3, 29, 2, 30), BERLIN, False),  # noqa: DTZ001
        (datetime(2026, 3, 29, 3, 0), BERLIN, True),  # noqa: DTZ001
        (datetime(2026, 3, 29, 1, 30), LONDON, False),  # noqa: DTZ001
        (datetime(2026, 10, 25, 2, 30), BERLIN, True),  # noqa: DTZ001
    ],
)
def test_the_skipped_hour_is_never_shown(moment: datetime, zone: ZoneInfo, expected: bool) -> None:
    assert wall.exists(moment, zone) is expected


@pytest.mark.parametrize(
    ("minute", "step", "nearest", "before"),
    [(0, 15, 0, 0), (7, 15, 0, 0), (8, 15, 15, 0), (22.4, 15, 15, 15), (52.5, 15, 60, 45), (13, 5, 15, 10)],
)
def test_snapping(minute: float, step: int, nearest: int, before: int) -> None:
    assert wall.snap(minute, step) == nearest
    assert wall.snap_down(minute, step) == before


def test_a_start_off_the_grid_stays_until_it_is_really_moved() -> None:
    assert wall.snapped_start(550, 555) == 550
    assert wall.snapped_start(550, 563) == 570


def test_minutes_of_a_day_reach_beyond_it() -> None:
    day = date(2026, 11, 24)
    assert wall.minute_of(wall.at(day, 600), day) == 600
    assert wall.minute_of(wall.at(day, 600), day + timedelta(days=1)) == 600 - 1440


@pytest.mark.parametrize(("computer", "differs"), [("Europe/Paris", False), ("Asia/Tokyo", True)])
def test_another_clock_on_the_computer_is_noticed(
    monkeypatch: pytest.MonkeyPatch, computer: str, differs: bool
) -> None:
    monkeypatch.setenv("TZ", computer)
    time.tzset()
    try:
        card = boards.card(1, "Fire Warden", utc(2026, 11, 24, 8), utc(2026, 11, 24, 10))
        assert wall.differs_here(utc(2026, 11, 24, 8), BERLIN) is differs
        expected = ["In your time: Tue 24 Nov · 17:00–19:00"] if differs else []
        assert words.here(card, boards.directory()) == expected
    finally:
        monkeypatch.undo()
        time.tzset()
