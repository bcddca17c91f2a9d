"""What is said about a session before it is dropped, judged from the board in memory."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.views.schedule import boards
from trainer_desk.models.enums import SessionStatus, VenueKind
from trainer_desk.services.rows.directory import Directory, Settings, VenueRow
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.texts import finding_text
from trainer_desk.views.schedule.occupancy import Occupancy
from trainer_desk.views.schedule.placing import Situation, new_draft, place
from trainer_desk.views.schedule.requests import Taken
from trainer_desk.views.schedule.shown import Shown
from trainer_desk.views.schedule.verdict import Level, clashing, judge

TUESDAY = boards.MONDAY + timedelta(days=1)
DIRECTORY = boards.directory()
JOHN, AISHA, MARTA = 101, 102, 103
ROOM_A, ROOM_B = 201, 202


def session(number: int, hour: int, hours: int = 2, **fields: object) -> SessionCard:
    start = boards.instant(TUESDAY, hour)
    return replace(boards.card(number, "Fire Warden", start, start + timedelta(hours=hours)), **fields)  # type: ignore[arg-type]


WITH_JOHN = session(1, 9, trainer_id=MARTA, co_trainer_ids=(JOHN,))


def verdict(card: SessionCard, *others: SessionCard, directory: Directory = DIRECTORY) -> tuple[Level, list[str]]:
    occupancy = Occupancy(boards.only(*others, card), directory)
    found = judge(card, occupancy, directory, boards.NOW)
    return found.level, [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("card", "other", "level", "codes"),
    [
        (session(1, 9), session(2, 11), Level.OK, []),
        (session(1, 9), session(2, 10, venue_id=ROOM_B), Level.BLOCK, ["trainer_busy"]),
        (session(1, 9), session(2, 10, trainer_id=AISHA), Level.BLOCK, ["venue_busy"]),
        (session(1, 9), session(2, 10), Level.BLOCK, ["trainer_busy", "venue_busy"]),
        (session(1, 9, status=SessionStatus.DRAFT), session(2, 10, venue_id=ROOM_B), Level.WARN, ["trainer_busy"]),
        (session(1, 9), session(2, 10, status=SessionStatus.DRAFT), Level.OK, []),
        (session(1, 9), session(2, 10, status=SessionStatus.CANCELLED), Level.OK, []),
        (session(1, 9, status=SessionStatus.DRAFT, trainer_id=None, venue_id=None), session(2, 9), Level.OK, []),
        (session(1, 9, trainer_id=None), session(2, 12), Level.BLOCK, ["missing_trainer"]),
        (WITH_JOHN, session(2, 10, venue_id=ROOM_B), Level.BLOCK, ["trainer_busy"]),
        (session(1, 9, trainer_id=MARTA, course_id=13), session(2, 12), Level.BLOCK, ["trainer_not_qualified"]),
    ],
)  # fmt: skip
def test_verdicts(card: SessionCard, other: SessionCard, level: Level, codes: list[str]) -> None:
    assert verdict(card, other) == (level, codes)


def test_the_parts_of_a_venue_and_its_turnaround_count() -> None:
    hall = VenueRow(300, "HALL", "Hall", VenueKind.ROOM, 90, None, 0, "", (ROOM_A, ROOM_B))
    part = replace(DIRECTORY.venues[ROOM_A], part_of_id=300, turnaround_minutes=30)
    directory = replace(DIRECTORY, venues={**DIRECTORY.venues, 300: hall, ROOM_A: part})
    whole = session(1, 9, trainer_id=AISHA, venue_id=300)
    assert verdict(whole, session(2, 10), directory=directory) == (Level.BLOCK, ["venue_busy"])
    after = session(3, 11, trainer_id=AISHA)
    assert verdict(after, session(2, 9), directory=directory) == (Level.BLOCK, ["venue_busy"])


def test_leave_and_holidays_stand_in_the_way() -> None:
    card = session(1, 9)
    board = boards.only(card, blocks=(boards.leave(JOHN, TUESDAY), boards.holiday(TUESDAY, "Founders’ Day")))
    found = judge(card, Occupancy(board, DIRECTORY), DIRECTORY, boards.NOW)
    assert [finding.code for finding in found.findings] == ["trainer_away", "venue_closed"]


def test_long_sessions_are_found_behind_short_ones() -> None:
    long = session(2, 8, 9)
    short = session(3, 10, 1, trainer_id=AISHA)
    occupancy = Occupancy(boards.only(long, short), DIRECTORY)
    claims, _ = occupancy.around(session(1, 15, 1))
    assert {claim.session_id for claim in claims} == {2}


def test_the_clash_mark_is_for_what_cannot_stand() -> None:
    board = boards.busy_week()
    occupancy = Occupancy(board, DIRECTORY)
    marked = clashing(board, occupancy, DIRECTORY, boards.NOW)
    by_id = {card.id: card for card in board.sessions}
    assert [by_id[key].status for key in marked] == [SessionStatus.DRAFT]


def situation(board: Board, directory: Directory = DIRECTORY) -> Situation:
    return Shown(board, directory, boards.NOW).situation


def test_the_bubble_says_when_who_where_and_why_not() -> None:
    card, other = session(1, 9), session(2, 14)
    target = place(
        card, datetime(2026, 11, 24, 13, 45), datetime(2026, 11, 24, 15, 45), situation(boards.only(card, other))  # noqa: DTZ001
    )  # fmt: skip
    assert target.verdict.level is Level.BLOCK
    assert target.lines == (
        "Tue 24 Nov · 13:45–15:45",
        "John Smith · Training Room A",
        "Can’t drop here: John Smith teaches Fire Warden 14:00–16:00.",
        "and 1 more",
    )


def test_the_bubble_says_the_new_load_and_that_a_copy_is_one() -> None:
    card, other = session(1, 9, status=SessionStatus.DRAFT), session(2, 14, 3)
    start = datetime(2026, 11, 25, 9)  # noqa: DTZ001
    target = place(card, start, start + timedelta(hours=2), situation(boards.only(card, other)), copy=True)
    assert target.lines[0] == "Copy · Wed 25 Nov · 09:00–11:00"
    assert target.lines[-1] == "John Smith: 5h booked this week after this"
    assert target.request is not None
    assert target.request.copy


def test_a_start_inside_the_skipped_hour_is_refused_with_its_reason() -> None:
    sunday = date(2026, 3, 29)
    start = boards.instant(sunday, 5)
    card = boards.card(1, "Fire Warden", start, start + timedelta(hours=1), status=SessionStatus.DRAFT)
    board = boards.only(card, monday=date(2026, 3, 23))
    wanted = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001
    target = place(card, wanted, wanted + timedelta(hours=1), situation(board))
    assert target.verdict.level is Level.BLOCK
    said = finding_text(target.verdict.findings[0], boards.ZONE)
    assert "does not exist" in said
    assert "01:30" in said
    assert "03:30" in said
    assert new_draft(wanted, wanted + timedelta(hours=1), None, situation(board)).verdict.level is Level.BLOCK


def test_over_the_change_of_summer_time_the_clock_is_kept() -> None:
    friday = date(2026, 3, 27)
    start = boards.instant(friday, 9)
    card = boards.card(1, "Fire Warden", start, start + timedelta(hours=2), status=SessionStatus.DRAFT)
    board = boards.only(card, monday=date(2026, 3, 23), days=14)
    wanted = datetime(2026, 3, 30, 9)  # noqa: DTZ001
    target = place(card, wanted, wanted + timedelta(hours=2), situation(board))
    assert target.request is not None
    assert target.request.starts_at == boards.instant(date(2026, 3, 30), 9)
    assert target.request.starts_at - start == timedelta(hours=71)


def test_another_zone_is_drawn_in_its_own_clock() -> None:
    tokyo = Settings("Kaisha", "Asia/Tokyo")
    shown = Shown(boards.only(session(1, 9)), boards.directory(tokyo), boards.NOW)
    assert shown.faces[1].start == "17:00"


def test_what_is_not_moved_keeps_its_instant_in_the_hour_shown_twice() -> None:
    sunday = date(2026, 10, 25)
    second = boards.instant(sunday, 0) + timedelta(hours=3, minutes=30)
    card = boards.card(1, "Fire Warden", second, second + timedelta(hours=1), status=SessionStatus.DRAFT)
    shown = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    target = place(
        card,
        shown,
        shown + timedelta(hours=1),
        situation(boards.only(card, monday=date(2026, 10, 19))),
        lane=AISHA,
        taken=Taken(trainer_id=AISHA),
    )
    assert target.request is not None
    assert (target.request.starts_at, target.request.ends_at) == (second, second + timedelta(hours=1))
