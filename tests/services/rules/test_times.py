"""Wall clocks over the skipped and doubled hours of zones that change by an hour, by half of one, and at midnight."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rules import times

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
HAVANA = ZoneInfo("America/Havana")
BEIRUT = ZoneInfo("Asia/Beirut")
APIA = ZoneInfo("Pacific/Apia")
ZONES = (LONDON, NEW_YORK, LORD_HOWE)

FIRST, LAST = datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2099-12-31")
wall_clocks = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(microsecond=0))
instants = wall_clocks.map(lambda moment: moment.replace(tzinfo=UTC))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        (LONDON, "2026-12-01T09:00", ["2026-12-01T09:00"]),
        (LONDON, "2026-07-01T09:00", ["2026-07-01T08:00"]),
        (LONDON, "2027-03-28T00:59:59", ["2027-03-28T00:59:59"]),
        (LONDON, "2027-03-28T01:00", []),
        (LONDON, "2027-03-28T01:59:59", []),
        (LONDON, "2027-03-28T02:00", ["2027-03-28T01:00"]),
        (LONDON, "2026-10-25T00:59:59", ["2026-10-24T23:59:59"]),
        (LONDON, "2026-10-25T01:00", ["2026-10-25T00:00", "2026-10-25T01:00"]),
        (LONDON, "2026-10-25T01:59:59", ["2026-10-25T00:59:59", "2026-10-25T01:59:59"]),
        (LONDON, "2026-10-25T02:00", ["2026-10-25T02:00"]),
        (NEW_YORK, "2026-03-08T02:30", []),
        (NEW_YORK, "2026-11-01T01:30", ["2026-11-01T05:30", "2026-11-01T06:30"]),
        (LORD_HOWE, "2026-10-04T02:15", []),
        (LORD_HOWE, "2026-10-04T02:30", ["2026-10-03T15:30"]),
        (LORD_HOWE, "2026-04-05T01:45", ["2026-04-04T14:45", "2026-04-04T15:15"]),
        (LORD_HOWE, "2026-04-05T02:00", ["2026-04-04T15:30"]),
        (APIA, "2011-12-30T12:00", []),
    ],
)
def test_a_wall_clock_has_no_one_or_two_instants(zone: ZoneInfo, wall: str, expected: list[str]) -> None:
    assert times.resolve(datetime.fromisoformat(wall), zone) == tuple(utc(text) for text in expected)


@given(instant=instants, zone=st.sampled_from(ZONES))
def test_every_instant_is_found_again_by_its_wall_clock(instant: datetime, zone: ZoneInfo) -> None:
    wall = times.local(instant, zone).replace(tzinfo=None, fold=0)
    assert instant in times.resolve(wall, zone)


@given(instant=instants, zone=st.sampled_from(ZONES))
def test_what_is_written_is_read_back(instant: datetime, zone: ZoneInfo) -> None:
    assert times.parse_moment(times.iso_text(instant, zone), LONDON, "start") == instant


@given(wall=wall_clocks, zone=st.sampled_from(ZONES))
def test_every_reading_shows_the_wall_clock_it_came_from(wall: datetime, zone: ZoneInfo) -> None:
    readings = times.resolve(wall, zone)
    assert len(readings) <= 2
    for reading in readings:
        assert times.local(reading, zone).replace(tzinfo=None, fold=0) == wall


@given(instant=instants, zone=st.sampled_from((*ZONES, BEIRUT)))
def test_an_instant_lies_in_its_own_day_and_week(instant: datetime, zone: ZoneInfo) -> None:
    here = times.local(instant, zone)
    begins, ends = times.day_bounds(here.date(), zone)
    assert begins <= instant < ends
    monday, next_monday = times.iso_week_bounds(instant, zone)
    assert monday <= begins
    assert ends <= next_monday
    assert times.local(monday, zone).isocalendar()[:2] == here.isocalendar()[:2]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (LONDON, date(2026, 11, 24), 24),
        (LONDON, date(2027, 3, 28), 23),
        (LONDON, date(2026, 10, 25), 25),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (BEIRUT, date(2026, 3, 29), 23),
        (HAVANA, date(2026, 11, 1), 25),
        (HAVANA, date(2026, 10, 31), 24),
        (APIA, date(2011, 12, 30), 0),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(zone: ZoneInfo, day: date, hours: float) -> None:
    begins, ends = times.day_bounds(day, zone)
    assert ends - begins == timedelta(hours=hours)


def test_the_week_of_a_clock_change_ends_at_midnight() -> None:
    begins, ends = times.iso_week_bounds(utc("2027-03-28T20:00"), LONDON)
    assert (begins, ends) == (utc("2027-03-22T00:00"), utc("2027-03-28T23:00"))


def test_a_skipped_time_names_its_neighbours() -> None:
    with pytest.raises(DeskError) as refusal:
        times.to_instant(datetime.fromisoformat("2027-03-28T01:30"), LONDON, field="start")
    assert refusal.value.code == "time_does_not_exist"
    assert refusal.value.facts["earlier"] == utc("2027-03-28T00:30")
    assert refusal.value.facts["later"] == utc("2027-03-28T01:30")


def test_a_doubled_time_names_both_readings_unless_one_is_preferred() -> None:
    wall = datetime.fromisoformat("2026-10-25T01:30")
    with pytest.raises(DeskError) as refusal:
        times.to_instant(wall, LONDON, field="start")
    assert refusal.value.code == "time_is_ambiguous"
    readings = (refusal.value.facts["earlier"], refusal.value.facts["later"])
    assert readings == (utc("2026-10-25T00:30"), utc("2026-10-25T01:30"))
    assert times.to_instant(wall, LONDON, field="start", prefer="earlier") == readings[0]
    assert times.to_instant(wall, LONDON, field="start", prefer="later") == readings[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01T09:00", "2026-12-01T09:00:00"),
        (" 2026-12-01T09:00:30 ", "2026-12-01T09:00:30"),
        ("2026-12-01T09:00+01:00", "2026-12-01T08:00:00"),
        ("2026-12-01T09:00:00-0530", "2026-12-01T14:30:00"),
        ("2026-12-01T09:00Z", "2026-12-01T09:00:00"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00"),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00"),
        ("2027-03-28T01:30+00:00", "2027-03-28T01:30:00"),
    ],
)
def test_a_written_moment_is_read(text: str, expected: str) -> None:
    assert times.parse_moment(text, LONDON, "start") == utc(expected)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" ", "empty"),
        ("tomorrow", "not_a_time"),
        ("2026-12-01", "not_a_time"),
        ("2026-12-01T9:00", "not_a_time"),
        ("2026-13-01T09:00", "not_a_time"),
        ("2026-02-29T09:00", "not_a_time"),
        ("2026-12-01T24:00", "not_a_time"),
        ("2026-12-01T09:60", "not_a_time"),
        ("2026-12-01T09:00:60", "not_a_time"),
        ("2026-12-01T09:00:00.5", "not_a_time"),
        ("2026-12-01T09:00+25:00", "not_a_time"),
        ("٢٠٢٦-12-01T09:00", "not_a_time"),
        ("2026-12-01T09:00\n2026", "not_a_time"),
        ("0001-01-01T00:00", "year_out_of_range"),
        ("9999-12-31T23:59", "year_out_of_range"),
        ("0001-01-01T00:00+14:00", "year_out_of_range"),
    ],
)
def test_anything_else_is_a_bad_value(text: str, why: str) -> None:
    with pytest.raises(DeskError) as refusal:
        times.parse_moment(text, LONDON, "start")
    assert (refusal.value.code, refusal.value.facts["why"]) == ("bad_value", why)
    assert refusal.value.facts["field"] == "start"


@pytest.mark.parametrize("text", ["2026-W54", "2026-W00", "2026-48", "W48", ""])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(DeskError) as refusal:
        times.parse_week(text, "week")
    assert refusal.value.facts["why"] == "not_a_week"


def test_weeks_and_days_are_read() -> None:
    assert times.parse_week("2026-W48", "week") == date(2026, 11, 23)
    assert times.parse_week("2026-W53", "week") == date(2026, 12, 28)
    assert times.parse_day("2026-11-24", "day") == date(2026, 11, 24)
    with pytest.raises(DeskError):
        times.parse_day("24.11.2026", "day")
    with pytest.raises(DeskError):
        times.parse_day("2026-02-30", "day")


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        ("2026-07-06T07:00:00+00:00", "2026-07-06T09:00"),
        ("2026-07-06T07:00:30+00:00", "2026-07-06T09:00:30"),
        ("2026-10-25T00:30:00+00:00", "2026-10-25T02:30+02:00"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_a_wall_clock_is_written_with_its_offset_only_in_a_doubled_hour(instant: str, text: str) -> None:
    assert times.wall_text(datetime.fromisoformat(instant), BERLIN) == text
