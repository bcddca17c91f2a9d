"""Day widths, "+n", readable days, midnight and the changes of summer time."""

from datetime import date, datetime, timedelta

import pytest

from tests.views.schedule import boards
from trainer_desk.views.schedule.layout import Day, Entry, calendar_days, entry_of, spans
from trainer_desk.views.schedule.week_layout import READABLE, day_shares, week_layout

MONDAY = boards.MONDAY
DATES = [MONDAY + timedelta(days=i) for i in range(7)]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day, hours=hour, minutes=minute)


def days(*busy: int) -> list[Day]:
    return [Day(day, day.weekday() < 5, None, count) for day, count in zip(DATES, busy, strict=True)]


def parallel(day: int, count: int, first_id: int = 1) -> list[Entry]:
    return [Entry(first_id + i, at(day, 9), at(day, 11)) for i in range(count)]


def test_a_busy_day_gets_at_most_two_and_a_half_times_the_room() -> None:
    shares = day_shares(days(9, 0, 1, 3, 2, 0, 0), [9, 0, 1, 3, 2, 0, 0])
    assert shares[0] / shares[1] == pytest.approx(2.5)
    assert shares[1] == shares[2] < shares[4] < shares[3] < shares[0]


def test_empty_days_off_shrink_and_used_ones_less() -> None:
    shares = day_shares(days(1, 1, 1, 1, 1, 1, 0), [1, 1, 1, 1, 1, 1, 0])
    assert shares[5] == pytest.approx(0.62)
    assert shares[6] == pytest.approx(0.42)
    holiday = [Day(DATES[0], True, "Founders’ Day"), *days(0, 1, 1, 1, 1, 0, 0)[1:]]
    assert day_shares(holiday, [0, 1, 1, 1, 1, 0, 0])[0] == pytest.approx(0.42)


def test_columns_fill_the_width_without_gaps() -> None:
    week = week_layout(parallel(1, 4), days(0, 4, 0, 0, 0, 0, 0), 1074, 52)
    assert week.columns[0].x == 0
    assert week.columns[-1].right == 1074
    for left, right in zip(week.columns, week.columns[1:], strict=False):
        assert left.right == right.x


def test_more_than_five_columns_show_four_and_a_tile() -> None:
    week = week_layout(parallel(1, 9), days(0, 9, 0, 0, 0, 0, 0), 1074, 52)
    assert len(week.layout.pieces) == 4
    (tile,) = week.layout.more
    assert len(tile.session_ids) == 5
    assert tile.day == DATES[1]
    assert not any(piece.box.meets(tile.box) for piece in week.layout.pieces)


def test_the_day_view_shows_all_and_keeps_them_readable() -> None:
    single = [Day(DATES[1], True, None, 31)]
    week = week_layout([*parallel(1, 30), Entry(99, at(1, 14), at(1, 15))], single, 1074, 52, None)
    assert len(week.layout.pieces) == 31
    assert week.layout.more == ()
    assert week.layout.width == 30 * READABLE
    boxes = [week.layout.by_session[key][0].box for key in range(1, 31)]
    assert all(box.w >= READABLE - 3 for box in boxes)
    assert week.layout.by_session[99][0].box.right <= 1074


@pytest.mark.parametrize("hour", [26.0, 52.0, 125.0])
def test_short_sessions_back_to_back_never_cover_each_other(hour: float) -> None:
    entries = [Entry(i, at(0, 9, 15 * i), at(0, 9, 15 * (i + 1))) for i in range(3)]
    week = week_layout(entries, days(3, 0, 0, 0, 0, 0, 0), 1074, hour)
    boxes = [piece.box for piece in week.layout.pieces]
    assert all(not a.meets(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_a_night_session_stands_on_both_days() -> None:
    week = week_layout([Entry(1, at(0, 22), at(1, 2))], days(1, 1, 0, 0, 0, 0, 0), 1074, 60)
    first, second = week.layout.by_session[1]
    assert (first.column, second.column) == (0, 1)
    assert first.box.bottom == pytest.approx(24 * 60 - 1)
    assert second.box.y == pytest.approx(1)


def test_a_session_that_ends_at_midnight_stays_on_its_day() -> None:
    assert [span.day for span in spans(at(0, 22), at(1, 0), DATES)] == [0]


def test_the_hour_shown_twice_hides_nothing() -> None:
    sunday = date(2026, 10, 25)
    start = boards.instant(sunday, 0)
    ends = start + timedelta(hours=2, minutes=45), start + timedelta(hours=3, minutes=15)
    entry = entry_of(boards.card(1, "Fire Warden", *ends), boards.SETTINGS)
    assert entry is not None
    assert entry.end < entry.start
    assert len(spans(entry.start, entry.end, [sunday])) == 1


def test_holidays_are_organisation_wide_blocks_over_the_working_hours() -> None:
    board = boards.busy_week()
    entries = [entry for card in board.sessions if (entry := entry_of(card, boards.SETTINGS))]
    found = calendar_days(DATES, entries, board.blocks, boards.SETTINGS)
    assert [day.holiday for day in found] == [None, None, None, None, "Founders’ Day", None, None]
    assert [day.sessions for day in found] == [6, 8, 8, 8, 0, 1, 0]
