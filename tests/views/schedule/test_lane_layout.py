"""Lanes: folded days and nights, stacked rows, and how far a label may run."""

from datetime import datetime, timedelta

import pytest

from tests.views.schedule import boards
from trainer_desk.views.schedule.lane_layout import FOLDED, ROW, ROW_MARGIN, Hours, lane_layout, shown_hours
from trainer_desk.views.schedule.layout import Day, Entry

DATES = [boards.MONDAY + timedelta(days=i) for i in range(7)]
HOURS = Hours(7 * 60, 18 * 60)


def at(day: int, hour: int) -> datetime:
    return datetime.combine(boards.MONDAY, datetime.min.time()) + timedelta(days=day, hours=hour)


def days(**held: int) -> list[Day]:
    return [Day(day, day.weekday() < 5, None, held.get(f"d{i}", 0)) for i, day in enumerate(DATES)]


def laid(entries: list[Entry], week: list[Day], resources: list[int | None], zoom: float = 1.0):  # type: ignore[no-untyped-def]
    return lane_layout(entries, week, resources, width=900, zoom=zoom, hours=HOURS)


def test_empty_weekends_fold_and_the_open_days_fill_the_view() -> None:
    found = laid([], days(), [1])
    assert [day.folded for day in found.days] == [False] * 5 + [True] * 2
    assert found.days[5].width == FOLDED
    assert found.layout.width == 900
    used = laid([], days(d5=1), [1])
    assert [day.folded for day in used.days] == [False] * 6 + [True]
    assert used.layout.width > 900


def test_overlapping_sessions_stack_and_make_the_lane_higher() -> None:
    entries = [
        Entry(1, at(0, 9), at(0, 11), (7,)),
        Entry(2, at(0, 10), at(0, 12), (7,)),
        Entry(3, at(1, 9), at(1, 10), (7,)),
    ]
    found = laid(entries, days(), [7, 8])
    assert found.lanes[0].height == 2 * ROW + 2 * ROW_MARGIN
    assert found.lanes[1].height == ROW + 2 * ROW_MARGIN
    assert found.lanes[1].y == found.lanes[0].bottom
    first, second = found.layout.by_session[1][0].box, found.layout.by_session[2][0].box
    assert second.y - first.y == ROW
    assert found.layout.by_session[3][0].box.y == first.y


def test_a_label_runs_to_the_next_block_or_the_end_of_the_day() -> None:
    entries = [Entry(1, at(0, 8), at(0, 9), (7,)), Entry(2, at(0, 12), at(0, 13), (7,))]
    found = laid(entries, days(), [7])
    first, second = found.layout.by_session[1][0], found.layout.by_session[2][0]
    assert first.box.x + first.room <= second.box.x
    assert first.room > first.box.w
    assert second.box.x + second.room <= found.days[0].right


def test_time_and_place_translate_into_each_other() -> None:
    found = laid([], days(), [7], zoom=2.0)
    x = found.x_of(2, 10 * 60)
    assert found.day_at(x) == 2
    assert found.minute_at(2, x) == pytest.approx(600)
    assert found.x_of(0, 3 * 60) == found.x_of(0, 7 * 60)


def test_a_session_with_two_trainers_stands_on_both_lanes() -> None:
    found = laid([Entry(1, at(0, 9), at(0, 11), (7, 8))], days(), [7, 8])
    assert [piece.column for piece in found.layout.by_session[1]] == [0, 1]


def test_the_hours_shown_grow_with_the_sessions() -> None:
    assert shown_hours([], DATES, 480, 1020) == Hours(420, 1080)
    early = [Entry(1, at(0, 5), at(0, 6))]
    assert shown_hours(early, DATES, 480, 1020) == Hours(300, 1080)
    assert shown_hours([Entry(1, at(0, 22), at(1, 2))], DATES, 480, 1020) == Hours(0, 1440)
