"""What a session claims, and every way in which two things can be in each other's way."""

from datetime import timedelta
from typing import Any

import pytest

from tests.services.rules.plan import at, block, card, claim, claim_of, directory, venue
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow
from trainer_desk.services.rules.availability import claims_of, clashes, overlaps

PLAN = directory()


def with_turnaround(minutes: int) -> Directory:
    return directory(venues={10: venue(10, "Room A", turnaround_minutes=minutes)})


def codes(*claims: ClaimRow, blocks: tuple[BlockRow, ...] = (), plan: Directory = PLAN, **changes: object) -> list[str]:
    return [finding.code for finding in clashes(card(**changes), plan, claims, blocks)]


@pytest.mark.parametrize(
    ("where", "start", "end", "clash"),
    [
        ("long before", "07:00", "08:00", False),
        ("right before", "08:00", "10:00", False),
        ("over the start", "09:00", "10:01", True),
        ("the same start", "10:00", "11:00", True),
        ("inside", "10:30", "11:30", True),
        ("the same", "10:00", "12:00", True),
        ("around", "09:00", "13:00", True),
        ("the same end", "11:00", "12:00", True),
        ("over the end", "11:59", "13:00", True),
        ("right after", "12:00", "13:00", False),
        ("long after", "15:00", "16:00", False),
    ],
)
@pytest.mark.parametrize(("resource_id", "code"), [(1, "trainer_busy"), (10, "venue_busy")])
def test_half_open_intervals(where: str, start: str, end: str, clash: bool, resource_id: int, code: str) -> None:
    assert codes(claim(resource_id, start, end)) == ([code] if clash else [])
    assert overlaps(at("10:00"), at("12:00"), at(start), at(end)) is clash
    assert overlaps(at(start), at(end), at("10:00"), at("12:00")) is clash


@pytest.mark.parametrize(
    ("minutes", "start", "end", "clash"),
    [
        (0, "12:00", "13:00", False),
        (15, "12:00", "13:00", True),
        (15, "12:14", "13:00", True),
        (15, "12:15", "13:00", False),
        (15, "09:00", "10:00", False),
    ],
)
def test_the_turnaround_counts_after_the_end_of_the_venue_only(minutes: int, start: str, end: str, clash: bool) -> None:
    plan = with_turnaround(minutes)
    assert codes(claim(10, start, end), plan=plan) == (["venue_busy"] if clash else [])
    assert codes(claim(1, start, end), plan=plan) == []


def test_the_turnaround_of_the_session_before_counts_and_its_own_end_is_told() -> None:
    (finding,) = clashes(card(), PLAN, [claim(10, "08:00", "10:00", after=15)])
    assert finding.code == "venue_busy"
    assert finding.facts["ends_at"] == at("10:00")


def test_a_clash_names_field_subject_session_and_times() -> None:
    (finding,) = clashes(card(), PLAN, [claim(1, "11:00", "13:00")])
    assert (finding.field, finding.subject, finding.clashes_with) == ("trainer", "T1", ("S-200",))
    assert finding.refuses
    assert finding.facts == {
        "name": "Ann",
        "resource_id": 1,
        "at": at("10:00"),
        "title": "Fire Warden",
        "ref": "S-200",
        "session_id": 200,
        "starts_at": at("11:00"),
        "ends_at": at("13:00"),
    }


def test_a_session_is_not_in_its_own_way() -> None:
    assert codes(claim(1, "10:00", "12:00", session_id=100), claim(10, "10:00", "12:00", session_id=100)) == []


def test_every_field_is_judged_in_order_and_every_session_named() -> None:
    claims = [
        claim(40, "10:00", "12:00"),
        claim(10, "10:00", "12:00"),
        claim(2, "10:00", "12:00"),
        claim(1, "11:00", "12:00", session_id=300),
        claim(1, "10:00", "11:00"),
    ]
    found = clashes(card(co_trainer_ids=(2,), equipment_ids=(40,)), PLAN, claims)
    assert [(row.field, row.clashes_with) for row in found] == [
        ("trainer", ("S-200",)),
        ("trainer", ("S-300",)),
        ("co_trainers", ("S-200",)),
        ("venue", ("S-200",)),
        ("equipment", ("S-200",)),
    ]
    assert found[-1].code == "equipment_busy"


@pytest.mark.parametrize(
    ("booked", "taken", "expected"),
    [
        (20, (21, 22), ["venue_busy"]),
        (20, (22,), ["venue_busy"]),
        (21, (21, 22), ["venue_busy"]),
        (21, (22,), []),
        (10, (21, 22), []),
    ],
)
def test_the_whole_blocks_its_parts_and_the_other_way_round(
    booked: int, taken: tuple[int, ...], expected: list[str]
) -> None:
    assert codes(*(claim(leaf, "10:00", "12:00") for leaf in taken), venue_id=booked) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (block(1, "11:00", "18:00"), ["trainer_away"]),
        (block(1, "12:00", "18:00"), []),
        (block(10, "06:00", "10:01"), ["venue_closed"]),
        (block(10, "06:00", "10:00"), []),
        (block(2, "06:00", "18:00"), []),
    ],
)
def test_leave_and_closures(row: BlockRow, expected: list[str]) -> None:
    assert codes(blocks=(row,)) == expected
    assert codes(claim_of(row)) == expected
    assert codes(claim_of(row), blocks=(row,)) == expected


def test_a_closure_of_a_part_closes_the_whole_and_says_why() -> None:
    (finding,) = clashes(card(venue_id=20), PLAN, [], [block(22, "11:00", "18:00", reason="painting")])
    assert (finding.code, finding.facts["name"], finding.facts["reason"]) == ("venue_closed", "Hall", "painting")


def test_a_holiday_is_one_finding_of_the_start() -> None:
    holiday = block(None, "00:00", "24:00", reason="Founders' Day")
    (finding,) = clashes(card(co_trainer_ids=(2,)), PLAN, [], [holiday])
    assert (finding.code, finding.field, finding.subject) == ("venue_closed", "start", None)
    assert finding.facts["reason"] == "Founders' Day"


def test_a_holiday_begins_before_the_turnaround_is_over() -> None:
    holiday = block(None, "12:10", "24:00")
    assert codes(blocks=(holiday,)) == []
    assert codes(blocks=(holiday,), plan=with_turnaround(15)) == ["venue_closed"]


@pytest.mark.parametrize("changes", [{"starts_at": None}, {"ends_at": None}, {"ends_at": at("10:00")}])
def test_without_a_span_nothing_clashes(changes: dict[str, Any]) -> None:
    assert codes(claim(1, "00:00", "24:00"), blocks=(block(None, "00:00", "24:00"),), **changes) == []


def test_what_nobody_knows_any_more_still_clashes() -> None:
    (finding,) = clashes(card(trainer_id=77, venue_id=None), PLAN, [claim(77, "10:00", "11:00")])
    assert (finding.code, finding.facts["name"], finding.subject) == ("trainer_busy", "#77", None)


def test_the_claims_of_a_session() -> None:
    plan = directory(venues={20: venue(20, "Hall", 60, 21, 22, turnaround_minutes=10)})
    rows = claims_of(card(venue_id=20, co_trainer_ids=(2, 1), equipment_ids=(40,)), plan)
    assert [(row.resource_id, row.ends_at - at("12:00")) for row in rows] == [
        (1, timedelta()),
        (2, timedelta()),
        (21, timedelta(minutes=10)),
        (22, timedelta(minutes=10)),
        (40, timedelta()),
    ]
    assert {row.session_title for row in rows} == {"Lockout–Tagout"}
    assert {(row.starts_at, row.session_ends_at, row.session_ref) for row in rows} == {
        (at("10:00"), at("12:00"), "S-100")
    }


def test_a_part_keeps_its_own_longer_turnaround() -> None:
    plan = directory(venues={22: venue(22, "Hall B", turnaround_minutes=30)})
    ends = {row.resource_id: row.ends_at for row in claims_of(card(venue_id=20), plan)}
    assert (ends[21], ends[22]) == (at("12:00"), at("12:30"))


def test_an_undated_session_claims_nothing() -> None:
    assert claims_of(card(starts_at=None, ends_at=None), PLAN) == []
    assert claims_of(card(ends_at=None), PLAN) == []


def test_a_free_day_has_no_clash() -> None:
    assert codes() == []
