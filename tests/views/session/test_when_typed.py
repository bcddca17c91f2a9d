"""Day and clock times as typed become start and end; a length is kept, an odd hour refused."""

import datetime as dt

import pytest

from tests.factories import BERLIN, at
from trainer_desk.services.errors import DeskError
from trainer_desk.views.session.when_typed import Frame, Typed, completed, shown, to_fields

DAY = dt.date(2026, 7, 6)
EMPTY = Frame(None, None, BERLIN, dt.time(8), 90)


def clock(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "before", "edited", "outcome"),
    [
        (Typed(DAY), Typed(), "day", Typed(DAY, clock("08:00"), clock("09:30"))),
        (Typed(None, clock("09:00"), clock("10:00")), Typed(), "day", Typed()),
        (Typed(DAY, clock("11:00")), Typed(DAY), "start", Typed(DAY, clock("11:00"), clock("12:30"))),
        (
            Typed(DAY, clock("11:00"), clock("10:00")),
            Typed(DAY, clock("09:00"), clock("10:00")),
            "start",
            Typed(DAY, clock("11:00"), clock("12:00")),
        ),
        (
            Typed(DAY, clock("23:30"), clock("10:00")),
            Typed(DAY, clock("09:00"), clock("10:00")),
            "start",
            Typed(DAY, clock("23:30"), clock("00:30"), True),
        ),
        (
            Typed(DAY, clock("09:00"), clock("08:00")),
            Typed(DAY, clock("09:00"), clock("10:00")),
            "end",
            Typed(DAY, clock("09:00"), clock("08:00")),
        ),
        (
            Typed(DAY, clock("11:00"), clock("10:00")),
            Typed(DAY, clock("12:00"), clock("10:00")),
            "start",
            Typed(DAY, clock("11:00"), clock("10:00")),
        ),
        (Typed(DAY, None, clock("10:00")), Typed(DAY, clock("9:00".zfill(5)), clock("10:00")), "start", None),
    ],
)
def test_what_is_filled_in(typed: Typed, before: Typed, edited: str, outcome: Typed | None) -> None:
    assert completed(typed, before, edited, EMPTY) == (outcome or typed)


def test_stored_instants_are_shown_and_read_back() -> None:
    late, early = at("2026-07-06 22:00"), at("2026-07-07 02:00")
    typed = shown(late, early, BERLIN)
    assert typed == Typed(DAY, clock("22:00"), clock("02:00"), True)
    assert to_fields(typed, Frame(None, None, BERLIN)) == {"starts_at": late, "ends_at": early}


def test_the_second_reading_of_a_doubled_hour_stays_what_it_is() -> None:
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    typed = shown(second, None, BERLIN)
    assert to_fields(typed, Frame(second, None, BERLIN))["starts_at"] == second
    with pytest.raises(DeskError, match="time_is_ambiguous"):
        to_fields(typed, Frame(None, None, BERLIN))


def test_a_skipped_hour_is_refused() -> None:
    with pytest.raises(DeskError, match="time_does_not_exist"):
        to_fields(Typed(dt.date(2027, 3, 28), clock("02:30")), EMPTY)


def test_a_time_without_a_day_is_refused() -> None:
    with pytest.raises(DeskError, match="bad_value"):
        to_fields(Typed(None, clock("09:00")), EMPTY)
