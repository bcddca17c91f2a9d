"""Ways out: who and what is free instead, and from when."""

from datetime import datetime

import pytest

from tests.services.rules.plan import at, block, card, claim, directory, venue
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import EquipmentRow
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow
from trainer_desk.services.rules.alternatives import (
    Alternatives,
    find_alternatives,
    free_from,
    free_trainers,
    free_venues,
    is_alike,
    with_ways_out,
)
from trainer_desk.services.rules.availability import clashes

PLAN = directory()


@pytest.mark.parametrize(
    ("claims", "blocks", "names"),
    [
        ([], [], ["Bo"]),
        ([claim(2, "09:00", "10:00")], [], ["Bo"]),
        ([claim(2, "09:00", "10:01")], [], []),
        ([], [block(2, "11:00", "24:00")], []),
    ],
)
def test_free_trainers_are_qualified_and_here(claims: list[ClaimRow], blocks: list[BlockRow], names: list[str]) -> None:
    assert [row.name for row in free_trainers(card(), PLAN, claims, blocks)] == names


def test_nobody_is_offered_who_is_in_the_session_already() -> None:
    assert free_trainers(card(co_trainer_ids=(2,)), PLAN, [], []) == []


@pytest.mark.parametrize(
    ("people", "claims", "names"),
    [
        (0, [], ["Hall A", "Hall B", "Room B", "Hall"]),
        (21, [], ["Room B", "Hall"]),
        (30, [], ["Room B", "Hall"]),
        (31, [], ["Hall"]),
        (61, [], []),
        (0, [claim(21, "11:00", "12:00")], ["Hall B", "Room B"]),
    ],
)
def test_free_venues_are_large_enough_and_the_smallest_comes_first(
    people: int, claims: list[ClaimRow], names: list[str]
) -> None:
    assert [row.name for row in free_venues(card(seats_taken=people), PLAN, claims, [])] == names


def test_the_same_site_comes_first_and_a_room_without_limit_last() -> None:
    rooms = {11: venue(11, "Room B", 30, site="South"), 12: venue(12, "Yard", None)}
    names = [row.name for row in free_venues(card(), directory(venues=rooms), [], [])]
    assert names == ["Hall A", "Hall B", "Hall", "Yard", "Room B"]


@pytest.mark.parametrize(
    ("claims", "blocks", "expected"),
    [
        ([], [], None),
        ([claim(10, "09:00", "11:00")], [], "11:00"),
        ([claim(10, "09:00", "11:00"), claim(10, "12:00", "13:30")], [], "13:30"),
        ([claim(10, "09:00", "11:00"), claim(10, "13:00", "14:00")], [], "11:00"),
        ([claim(10, "09:00", "11:00"), claim(1, "12:30", "15:00")], [], "15:00"),
        ([claim(10, "09:00", "11:00")], [block(1, "11:00", "16:00")], "16:00"),
        ([claim(10, "09:00", "11:00")], [block(None, "11:00", "17:00")], "17:00"),
        ([claim(10, "09:00", "23:00")], [], None),
        ([claim(99, "09:00", "23:00")], [], None),
        ([claim(10, "09:00", "23:00", session_id=100)], [], None),
    ],
)
def test_the_next_time_at_which_everything_is_free(
    claims: list[ClaimRow], blocks: list[BlockRow], expected: str | None
) -> None:
    found = free_from(card(), PLAN, claims, blocks, at("24:00"))
    assert found == (None if expected is None else at(expected))


def test_a_later_obstacle_may_bring_an_earlier_one_back_into_the_way() -> None:
    plan = directory(venues={10: venue(10, "Room A", turnaround_minutes=60)})
    claims = [claim(10, "12:30", "13:00"), claim(1, "12:20", "14:00")]
    assert free_from(card(), plan, claims, [], at("24:00")) == at("14:00")


def test_no_time_is_offered_beyond_what_is_known() -> None:
    claims = [claim(10, "09:00", "11:00")]
    assert free_from(card(), PLAN, claims, [], None) is None
    assert free_from(card(), PLAN, claims, [], at("12:59")) is None
    assert free_from(card(), PLAN, claims, [], at("13:00")) == at("11:00")


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding("trainer_busy", field="trainer"), [("use_trainer", "Bo"), ("free_from", None)]),
        (Finding("venue_busy", field="venue"), [("use_venue", "Room B"), ("free_from", None)]),
        (
            Finding("missing_venue", field="venue", fixes=(Fix("set_field"),)),
            [("use_venue", "Room B"), ("set_field", None)],
        ),
        (Finding("venue_closed", field="start"), []),
        (Finding("trainer_busy", field="co_trainers"), [("free_from", None)]),
    ],
)
def test_each_finding_gets_the_ways_out_that_help(finding: Finding, expected: list[tuple[str, str | None]]) -> None:
    free = Alternatives((PLAN.trainers[2],), (PLAN.venues[11],), at("13:00"))
    fixes = with_ways_out(finding, free).fixes
    assert [(fix.code, fix.facts.get("name")) for fix in fixes] == expected


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Beamer 1", "beamer 2", True),
        ("Beamer", "Beamer 2", True),
        ("Practice dummy A", "Practice dummy B12", True),
        ("Practice dummy", "Practice ladder", False),
        ("Beamer 1", "Ladder 1", False),
        ("1", "2", False),
    ],
)
def test_pieces_of_one_kind_differ_in_their_number_only(name: str, other: str, *, expected: bool) -> None:
    assert is_alike(name, other) is expected


def test_another_piece_of_the_same_kind_is_offered_if_it_is_free() -> None:
    names = {40: "Beamer 1", 41: "Beamer 2", 42: "Beamer 3", 43: "Ladder", 44: "Beamer 4"}
    pieces = {key: EquipmentRow(key, f"E{key}", name, active=key != 44) for key, name in names.items()}
    plan = directory(equipment=pieces)
    wanted = card(equipment_ids=(40,))
    claims = [claim(40, "09:00", "11:00"), claim(41, "11:00", "12:00")]
    free = find_alternatives(wanted, plan, claims, [], at("24:00"))
    (finding,) = clashes(wanted, plan, claims)
    assert finding.subject == "E40"
    told = [(fix.code, fix.facts.get("id"), fix.facts.get("instead_of")) for fix in with_ways_out(finding, free).fixes]
    assert told == [("use_equipment", 42, 40), ("free_from", None, None)]


def test_what_is_offered_does_not_clash() -> None:
    claims = [claim(10, "09:00", "11:00"), claim(1, "11:30", "12:30"), claim(11, "10:00", "11:00", session_id=201)]
    known_until: datetime = at("24:00")
    free = find_alternatives(card(), PLAN, claims, [], known_until=known_until)
    for row in free.venues:
        assert not any(one.field == "venue" for one in clashes(card(venue_id=row.id), PLAN, claims))
    for trainer in free.trainers:
        assert not any(one.field == "trainer" for one in clashes(card(trainer_id=trainer.id), PLAN, claims))
    assert free.free_from == at("12:30")
    assert clashes(card(starts_at=at("12:30"), ends_at=at("14:30")), PLAN, claims) == []
