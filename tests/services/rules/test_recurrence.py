"""Rules of recurrence: which are taken, which days they name, and that wall clocks stay over every change of clocks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.repeating import ClosedDays
from trainer_desk.services.rows.schedule import BlockRow
from trainer_desk.services.rules.cloning import days_for, on_day
from trainer_desk.services.rules.recurrence import LONGEST, days_of, ended_on, read_rule
from trainer_desk.services.rules.times import day_bounds, local, resolve

ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe")]
LONDON = ZONES[0]
TUESDAY = dt.date(2026, 12, 1)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2030, 12, 31)
HOUR = dt.timedelta(hours=1)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def changes(zone: ZoneInfo) -> list[dt.date]:
    """Give the days of five years that have not twenty-four hours."""
    days = (FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days))
    return [day for day in days if (b := day_bounds(day, zone))[1] - b[0] != dt.timedelta(days=1)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2026-12-01", "2026-12-08", "2026-12-15"]),
        ("rrule:freq=weekly;byday=tu,th;until=2026-12-10", ["2026-12-01", "2026-12-03", "2026-12-08", "2026-12-10"]),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", ["2026-12-01", "2027-01-05", "2027-02-02"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=3", ["2026-12-01", "2026-12-07", "2027-01-04"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-12-01", "2026-12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270331", ["2026-12-01", "2026-12-31", "2027-01-31", "2027-03-31"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261215T090000", ["2026-12-01", "2026-12-15"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261215T085959", ["2026-12-01"]),
        ("FREQ=DAILY;UNTIL=20261203T090000Z", ["2026-12-01", "2026-12-02", "2026-12-03"]),
        ("FREQ=YEARLY;COUNT=2", ["2026-12-01", "2027-12-01"]),
    ],
)
def test_days(rule: str, expected: list[str]) -> None:
    read = read_rule(rule, LONDON, begins=dt.time(9))
    assert days_of(read, TUESDAY) == tuple(d(day) for day in expected)
    again = read_rule(read.text, LONDON, begins=dt.time(9))
    assert days_of(again, TUESDAY) == days_of(read, TUESDAY)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "not_a_rule"),
        ("every tuesday", "not_a_rule"),
        ("FREQ=WEEKLY", "rule_without_end"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "rule_without_end"),
        ("FREQ=HOURLY;COUNT=2", "rule_of_hours"),
        ("FREQ=DAILY;BYHOUR=9;COUNT=2", "rule_of_hours"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", "not_a_rule"),
        ("FREQ=DAILY;INTERVAL=-1;COUNT=2", "not_a_rule"),
        ("FREQ=DAILY;COUNT=0", "not_a_rule"),
        ("FREQ=DAILY;COUNT=2;COUNT=3", "not_a_rule"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=2", "not_a_rule"),
        ("FREQ=WEEKLY;UNTIL=20260231", "not_a_rule"),
        ("FREQ=WEEKLY;UNTIL=soon", "not_a_rule"),
        ("FREQ=WEEKLY;DTSTART=20260101;COUNT=2", "not_a_rule"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "rule_too_far"),
        ("FREQ=DAILY;UNTIL=29991231", "rule_too_far"),
        ("FREQ=DAILY;COUNT=99999", "rule_too_long"),
        ("FREQ=DAILY;UNTIL=20280101", "rule_too_long"),
    ],
)
def test_refused(rule: str, why: str) -> None:
    with pytest.raises(BadValue) as refused:
        days_of(read_rule(rule, LONDON), TUESDAY)
    assert refused.value.facts["why"] == why


def test_a_rule_is_cut_short() -> None:
    rule = ended_on(read_rule("FREQ=WEEKLY;COUNT=9", LONDON), d("2026-12-10"))
    assert rule.text == "FREQ=WEEKLY;UNTIL=20261210"
    assert days_of(rule, TUESDAY) == (TUESDAY, d("2026-12-08"))


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    assert why_refused(text) != ""


@given(st.integers(1, 400), st.integers(1, 12), st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
@settings(max_examples=40, deadline=None)
def test_a_count_is_kept_or_refused(count: int, interval: int, freq: str) -> None:
    text = f"FREQ={freq};INTERVAL={interval};COUNT={count}"
    why = why_refused(text)
    if why is None:
        days = days_of(read_rule(text, LONDON), TUESDAY)
        assert (len(days), days[0], sorted(set(days))) == (count, TUESDAY, list(days))
    else:
        assert count > LONGEST or why == "rule_too_far"


def why_refused(text: str) -> str | None:
    try:
        days_of(read_rule(text, LONDON), TUESDAY)
    except BadValue as refused:
        return str(refused.facts["why"])
    return None


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_the_wall_clock_stays_over_every_change_of_five_years(zone: ZoneInfo) -> None:
    """From all over a day onto those before, of and after every change: what is odd is told, and nothing else."""
    source = day_bounds(d("2026-06-10"), zone)[0]
    odd = set(changes(zone))
    days = [day + dt.timedelta(days=n) for day in odd for n in (-1, 0, 1)]
    assert len(days) == 30
    for day in days:
        for quarter in range(0, 24 * 4, 2 if day in odd else 13):
            for length in (HOUR / 2, HOUR * 9):
                starts_at = source + quarter * HOUR / 4
                check(starts_at, starts_at + length, day, zone)


def check(starts_at: dt.datetime, ends_at: dt.datetime, day: dt.date, zone: ZoneInfo) -> None:
    span = on_day(starts_at, ends_at, day, zone)
    begins, ends = (local(one, zone).replace(tzinfo=None, fold=0) for one in (starts_at, ends_at))
    shift = dt.datetime.combine(day, begins.time()) - begins
    shown = [local(one, zone).replace(tzinfo=None, fold=0) for one in (span.starts_at, span.ends_at)]
    told = {(one.code, one.field) for one in span.told}
    assert span.ends_at > span.starts_at
    readings = resolve(begins + shift, zone)
    if readings:
        assert shown[0] == begins + shift
        assert span.starts_at == readings[0]
        assert (("time_is_ambiguous", "start") in told) == (len(readings) == 2)
        if resolve(ends + shift, zone):
            assert shown[1] == ends + shift
    else:
        assert shown[0] > begins + shift
        assert ("time_does_not_exist", "start") in told
        assert span.ends_at - span.starts_at == ends_at - starts_at
    if len(readings) == 1 and len(resolve(ends + shift, zone)) == 1:
        assert not told


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST), st.integers(0, 95), st.integers(1, 96), st.sampled_from(ZONES))
@settings(max_examples=150, deadline=None)
def test_any_session_on_any_day(source: dt.date, target: dt.date, quarter: int, length: int, zone: ZoneInfo) -> None:
    starts_at = day_bounds(source, zone)[0] + quarter * HOUR / 4
    if len(resolve(local(starts_at, zone).replace(tzinfo=None), zone)) == 1:
        span = on_day(starts_at, starts_at + length * HOUR / 4, target, zone)
        assert span.ends_at > span.starts_at
        assert abs((span.ends_at - span.starts_at) - length * HOUR / 4) <= HOUR
        back = on_day(span.starts_at, span.ends_at, source, zone)
        assert span.told or back.told or back.starts_at == starts_at


def holiday(day: str, name: str = "Holiday") -> BlockRow:
    begins, ends = day_bounds(d(day), LONDON)
    return BlockRow(1, None, begins, ends, name)


@pytest.mark.parametrize(
    ("wanted", "closed", "expected"),
    [
        # Friday is a holiday, then comes a weekend; 2026-12-07 is a Monday
        (["2026-12-03", "2026-12-04", "2026-12-05"], ClosedDays.KEEP, ["2026-12-03", "2026-12-04", "2026-12-05"]),
        (["2026-12-03", "2026-12-04"], ClosedDays.SKIP, ["2026-12-03", None]),
        (["2026-12-03", "2026-12-04"], ClosedDays.MOVE, ["2026-12-03", "2026-12-07"]),
        (["2026-12-04", "2026-12-07", "2026-12-08"], ClosedDays.MOVE, ["2026-12-07", "2026-12-08", "2026-12-09"]),
        (["2026-12-04", "2026-12-09"], ClosedDays.MOVE, ["2026-12-07", "2026-12-09"]),
    ],
)
def test_closed_days(wanted: list[str], closed: ClosedDays, expected: list[str | None]) -> None:
    placed = days_for([d(day) for day in wanted], [holiday("2026-12-04")], LONDON, (0, 1, 2, 3, 4), closed)
    assert [placed[d(day)] for day in wanted] == [day and d(day) for day in expected]
