"""What people type for days and times, as tables."""

from datetime import date, time

import pytest

from trainer_desk.views.parts.wall_clock import Unreadable, day_text, read_day, read_time, stepped, time_text

TODAY = date(2026, 11, 24)
DAYS = {
    "": None,
    "  ": None,
    "today": date(2026, 11, 24),
    "Tomorrow": date(2026, 11, 25),
    "yesterday": date(2026, 11, 23),
    "+7": date(2026, 12, 1),
    "-1": date(2026, 11, 23),
    "tue": date(2026, 11, 24),
    "Thursday": date(2026, 11, 26),
    "mon": date(2026, 11, 30),
    "2026-11-26": date(2026, 11, 26),
    "26.11.2026": date(2026, 11, 26),
    "26/11/26": date(2026, 11, 26),
    "26.11.": date(2026, 11, 26),
    "5/1": date(2027, 1, 5),
    "26 nov": date(2026, 11, 26),
    "Nov 26": date(2026, 11, 26),
    "26. november": date(2026, 11, 26),
    "26 Nov, 2026": date(2026, 11, 26),
    "Thu 26 Nov 2026": date(2026, 11, 26),
    "3 feb": date(2027, 2, 3),
    "3 sept": date(2026, 9, 3),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_days_are_read(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["soon", "32.1.2026", "31/4", "2026-13-01", "26 ju", "26 nov 2026 3", "nov", "t", "26"]
)
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(Unreadable, match="Type it like 26 Nov 2026"):
        read_day(text, TODAY)


def test_a_leap_day_without_year_finds_its_year() -> None:
    assert read_day("29 feb", date(2027, 12, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 11, 26), date(2028, 2, 29)])
def test_what_is_shown_can_be_read_again(day: date) -> None:
    assert read_day(day_text(day), TODAY) == day
    assert read_day(day_text(day, weekday=False), TODAY) == day


TIMES = {
    "": None,
    "9": time(9),
    "09": time(9),
    "930": time(9, 30),
    "0930": time(9, 30),
    "9:30": time(9, 30),
    "9.30": time(9, 30),
    "9h30": time(9, 30),
    "0": time(0),
    "23:59": time(23, 59),
    "9 am": time(9),
    "9:30pm": time(21, 30),
    "12am": time(0),
    "12 pm": time(12),
}


@pytest.mark.parametrize(("text", "moment"), TIMES.items())
def test_times_are_read(text: str, moment: time | None) -> None:
    assert read_time(text) == moment


@pytest.mark.parametrize("text", ["24:00", "9:60", "99", "noon", "13 pm", "0am", "1:2:3", "-1"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(Unreadable, match="Type it like 09:30"):
        read_time(text)


@pytest.mark.parametrize(
    ("moment", "minutes", "result"),
    [
        (time(9), 15, time(9, 15)),
        (time(9, 5), 15, time(9, 15)),
        (time(9, 5), -15, time(9)),
        (time(9), -15, time(8, 45)),
        (time(9), 5, time(9, 5)),
        (time(23, 50), 15, time(23, 50)),
        (time(0), -15, time(0)),
    ],
)
def test_times_step_to_round_figures_inside_the_day(moment: time, minutes: int, result: time) -> None:
    assert stepped(moment, minutes) == result


def test_times_are_shown_with_two_digits() -> None:
    assert (time_text(time(9, 5)), time_text(None), day_text(None)) == ("09:05", "", "")
