"""Stretches of time: what is free between what is taken, what is common, and which starts are offered."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.rules.plan import at
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.free_times import (
    Span,
    common,
    free_starts,
    holds,
    joined,
    nearest_first,
    one_after_the_other,
    working_days,
)
from trainer_desk.services.rules.times import local

HOUR = timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")


def spans(*clocks: str) -> list[Span]:
    """Read `09:00-10:00`."""
    return [(at(start), at(end)) for start, end in (clock.split("-") for clock in clocks)]


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ((), ("08:00-16:00",)),
        (("09:00-10:00",), ("08:00-08:00", "10:00-16:00")),
        (("08:30-10:00",), ("10:00-16:00",)),
        (("06:00-08:00", "08:00-09:00"), ("09:00-16:00",)),
        (("10:00-12:00", "10:30-11:00", "12:30-13:00"), ("08:00-09:00", "13:00-16:00")),
        (("10:00-16:30",), ("08:00-09:00",)),
        (("07:00-18:00",), ()),
    ],
)
def test_an_hour_between_what_is_taken(taken: tuple[str, ...], free: tuple[str, ...]) -> None:
    assert free_starts(spans(*taken), HOUR, at("08:00"), at("17:00")) == spans(*free)


def test_joining_and_meeting() -> None:
    one, other = spans("08:00-09:00", "10:00-12:00"), spans("09:00-10:30", "12:00-13:00")
    assert joined([*other, *one]) == spans("08:00-13:00")
    assert common(one, other) == spans("09:00-09:00", "10:00-10:30", "12:00-12:00")
    assert [holds(one, at(clock)) for clock in ("07:59", "08:00", "09:00", "09:01", "12:00")] == [
        False, True, True, False, True,
    ]  # fmt: skip


def test_starts_stand_on_the_quarter_unless_that_is_too_late() -> None:
    free = spans("08:05-10:20", "11:10-11:10", "12:00-12:00")
    found = list(one_after_the_other(free, HOUR, LONDON))
    assert found == [at("08:15"), at("09:15"), at("10:15"), at("12:00")], "11:10 is within an hour of the third"
    assert list(one_after_the_other(spans("11:10-11:10"), HOUR, LONDON)) == [at("11:10")]


def test_the_nearest_comes_first_and_the_earlier_of_two() -> None:
    found = list(nearest_first(spans("08:00-09:00", "10:30-12:00"), HOUR, LONDON, at("09:40")))
    assert found == [at("09:00"), at("10:30"), at("08:00"), at("11:30")]
    assert next(nearest_first(spans("08:00-12:00"), HOUR, LONDON, at("09:40"))) == at("09:40")


@pytest.mark.parametrize(
    ("zone", "first", "hours"),
    [
        ("Europe/London", date(2026, 10, 23), [9, 9]),
        ("Australia/Lord_Howe", date(2026, 10, 2), [9, 9]),
        ("America/New_York", date(2026, 3, 6), [9, 9]),
    ],
)
def test_working_hours_keep_the_wall_clock(zone: str, first: date, hours: list[int]) -> None:
    """Friday and Monday, with a change of clocks between."""
    days = list(working_days(Settings(zone_name=zone), first, 2))
    assert [(ends - begins) // HOUR for _day, (begins, ends) in days] == hours
    for day, (begins, ends) in days:
        assert [local(one, ZoneInfo(zone)) for one in (begins, ends)] == [
            datetime.combine(day, clock, ZoneInfo(zone)) for clock in (time(8), time(17))
        ]


def test_a_night_of_work_over_a_change_of_clocks_is_as_long_as_it_is() -> None:
    settings = Settings(day_starts=time(1, 30), day_ends=time(4), working_days=(6,))
    (_spring, spring), (_next, following) = working_days(settings, date(2026, 3, 29), 2)
    assert (spring[1] - spring[0], following[1] - following[0]) == (HOUR * 1.5, HOUR * 2.5)
