"""The days of a run keep their wall clock, whatever the clocks do between; working days pass over the weekend (R1)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.spreading import EVERY_DAY, WEEKLY, WORKING_DAYS, spread
from trainer_desk.services.rules.times import local, to_instant

LONDON = Settings()


def at(wall: str) -> dt.datetime:
    return to_instant(dt.datetime.fromisoformat(wall), ZoneInfo("Europe/London"), field="start")


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (WORKING_DAYS, ["2026-10-23", "2026-10-26", "2026-10-27"]),
        (EVERY_DAY, ["2026-10-23", "2026-10-24", "2026-10-25"]),
        (WEEKLY, ["2026-10-23", "2026-10-30", "2026-11-06"]),
    ],
)
def test_every_day_is_at_the_same_wall_clock_across_a_change(rhythm: str, days: list[str]) -> None:
    spans = spread(at("2026-10-23T09:00"), at("2026-10-23T12:30"), 3, rhythm, LONDON)
    for (starts_at, ends_at), day in zip(spans, days, strict=True):
        assert local(starts_at, LONDON.zone).isoformat()[:16] == f"{day}T09:00"
        assert ends_at is not None
        assert local(ends_at, LONDON.zone).isoformat()[:16] == f"{day}T12:30"


def test_the_first_day_stands_even_on_a_day_off_and_an_end_may_be_open() -> None:
    spans = spread(at("2026-10-24T09:00"), None, 2, WORKING_DAYS, LONDON)
    assert [local(one, LONDON.zone).day for one, _end in spans] == [24, 26]
    assert [end for _start, end in spans] == [None, None]
    never = Settings(working_days=())
    assert len(spread(at("2026-10-24T09:00"), None, 2, WORKING_DAYS, never)) == 2


def test_a_time_that_does_not_exist_or_comes_twice_is_told() -> None:
    for first, code in (("2027-03-27T01:30", "time_does_not_exist"), ("2026-10-24T01:30", "time_is_ambiguous")):
        with pytest.raises(DeskError) as refusal:
            spread(at(first), None, 2, EVERY_DAY, LONDON)
        assert refusal.value.code == code
