"""Free times: who leads, where, why, in which order; and the same as trying every quarter of an hour by hand (C7)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.rules.plan import DAY, NOW, at, block, card, claim, directory, venue
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.findings import refusals
from trainer_desk.services.rows.directory import Directory, QualificationRow, Settings, TrainerRow
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rows.slots import Slot
from trainer_desk.services.rules.publishing import check_publish
from trainer_desk.services.rules.slot_wishes import Around, Busy, Taken, Wish, days_of, first_open
from trainer_desk.services.rules.slots import search

HOURS = timedelta(hours=2)
UNDATED = card(starts_at=None, ends_at=None, trainer_id=None, venue_id=None)
WISH = Wish(UNDATED, HOURS, at("08:00"))


def taken_by(rows: Iterable[ClaimRow]) -> Taken:
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in rows:
        found.setdefault(row.resource_id, []).append((row.starts_at, row.ends_at))
    return Taken(found)


def claims(*rows: ClaimRow) -> Around:
    return Around(taken_by(rows))


def told(slots: tuple[Slot, ...]) -> list[tuple[str, str, str]]:
    return [(f"{slot.starts_at:%d %H:%M}", slot.trainer_name, slot.venue_name) for slot in slots]


def find(
    wish: Wish = WISH, around: Around | None = None, plan: Directory | None = None, **changes: object
) -> list[tuple[str, str, str]]:
    return told(search(replace(wish, **changes), plan or directory(), around or Around()).slots)  # type: ignore[arg-type]


def test_the_next_times_one_after_the_other_in_the_smallest_room() -> None:
    assert find(limit=5) == [
        ("24 08:00", "Ann", "Hall A"),
        ("24 10:00", "Ann", "Hall A"),
        ("24 12:00", "Ann", "Hall A"),
        ("24 14:00", "Ann", "Hall A"),
        ("25 08:00", "Ann", "Hall A"),
    ], "a fifth would end after five"


def test_the_least_booked_of_the_week_leads_and_stands_first() -> None:
    busy = claims(claim(1, "08:00", "09:00"), claim(2, "08:00", "08:30"))
    answer = search(replace(WISH, limit=3), directory(), busy)
    assert told(answer.slots) == [
        ("24 08:30", "Bo", "Hall A"),
        ("24 10:30", "Bo", "Hall A"),
        ("24 12:30", "Bo", "Hall A"),
    ]
    assert [reason.code for reason in answer.slots[0].reasons] == ["only_trainer", "venue_seats"]
    assert [reason.code for reason in answer.slots[1].reasons] == ["least_booked", "venue_seats"]
    assert answer.slots[1].reasons[0].facts == {"name": "Bo", "minutes": 30, "free": 2}


def test_a_later_time_of_somebody_less_booked_stands_before_a_sooner_one() -> None:
    around = Around(Taken({1: [(at("16:00"), at("17:00"))]}), [block(2, "00:00", "10:00")])
    assert find(WISH, around, limit=3) == [
        ("24 10:00", "Bo", "Hall A"),
        ("24 12:00", "Bo", "Hall A"),
        ("24 08:00", "Ann", "Hall A"),
    ]


def test_whoever_would_be_over_the_target_comes_last() -> None:
    plan = directory(trainers={1: TrainerRow(1, "T1", "Ann", 2), 2: TrainerRow(2, "T2", "Bo", None)})
    busy = claims(claim(1, "16:00", "17:00"), claim(2, "12:00", "17:00"))
    answer = search(replace(WISH, limit=3), plan, busy)
    assert told(answer.slots) == [
        ("24 08:00", "Bo", "Hall A"),
        ("24 10:00", "Bo", "Hall A"),
        ("24 12:00", "Ann", "Hall A"),
    ]
    assert answer.slots[2].is_over
    assert answer.slots[2].reasons[-1].code == "over_target"


def test_what_the_session_has_already_stays_where_it_is_free() -> None:
    own = card(trainer_id=2, venue_id=20, seats_taken=15, capacity=200)
    assert find(card=own, earliest=at("13:00"), limit=1) == [("24 13:00", "Bo", "Hall")], "it seats those who come"
    assert find(card=replace(own, seats_taken=61), earliest=at("13:00"), limit=1) == []
    own = replace(own, capacity=50)
    busy = claims(claim(21, "13:00", "15:30"), claim(2, "15:00", "17:00"))
    answer = search(replace(WISH, card=own, earliest=at("13:00"), limit=1), directory(), busy)
    assert told(answer.slots) == [("25 08:00", "Bo", "Hall")]
    assert [reason.code for reason in answer.slots[0].reasons] == ["own_trainer", "own_venue"]


def test_a_session_is_not_offered_the_place_where_it_stands() -> None:
    there = card(starts_at=at("10:00"), ends_at=at("12:00"))
    assert find(card=there, earliest=at("10:00"), limit=1, trainer_id=1, venue_id=10) == [("24 12:00", "Ann", "Room A")]


@pytest.mark.parametrize(
    ("around", "first"),
    [
        (Around(blocks=[block(None, "00:00", "24:00")]), "25 08:00"),
        (Around(blocks=[block(1, "00:00", "12:00"), block(2, "00:00", "13:00", id_=8)]), "24 12:00"),
        (Around(blocks=[block(10, "00:00", "12:00")]), "24 12:00"),
        (claims(claim(10, "08:00", "09:00", after=30)), "24 09:30"),
        (Around(busy=[Busy(at("08:00"), at("09:00"), 5, refuses=True)]), "24 09:00"),
        (Around(busy=[Busy(at("08:00"), at("09:00"), 5)]), "24 08:00"),
        (claims(claim(40, "08:00", "09:00")), "24 09:00"),
        (claims(claim(3, "08:00", "09:10")), "24 09:15"),
    ],
)
def test_leave_closures_turnaround_people_equipment_and_co_trainers(around: Around, first: str) -> None:
    plan = directory(qualifications={(key, 1): (QualificationRow(key, 1),) for key in (1, 2, 3)})
    session = replace(UNDATED, co_trainer_ids=(3,), equipment_ids=(40,))
    [found] = find(WISH, around, plan, card=session, limit=1, venue_id=10)
    assert found[0] == first


def test_turnaround_after_the_session_needs_room_too() -> None:
    plan = directory(venues={10: venue(10, "Room A", turnaround_minutes=30)})
    assert find(WISH, claims(claim(10, "10:00", "11:00")), plan, limit=1, venue_id=10)[0][0] == "24 11:00"
    assert find(WISH, claims(claim(10, "10:30", "11:00")), plan, limit=1, venue_id=10)[0][0] == "24 08:00"
    assert find(WISH, Around(blocks=[block(None, "10:15", "24:00")]), plan, limit=1, venue_id=10)[0][0] == "25 08:00"


def test_a_qualification_counts_on_its_days_only() -> None:
    until = {(1, 1): (QualificationRow(1, 1, valid_until=DAY),), (2, 1): (QualificationRow(2, 1, date(2026, 11, 26)),)}
    found = find(limit=6, plan=directory(qualifications=until))
    assert [(when[:2], who) for when, who, _room in found] == [*[("24", "Ann")] * 4, *[("26", "Bo")] * 2]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"card": card(course_id=2)}, "nobody_qualified"),
        ({"card": replace(UNDATED, capacity=61)}, "no_venue_seats"),
        ({"length": timedelta(hours=10)}, "longer_than_a_day"),
        ({"card": replace(UNDATED, equipment_ids=(49,))}, "retired_things"),
        ({"card": replace(UNDATED, co_trainer_ids=(1, 2))}, "nobody_qualified"),
        ({"trainer_id": 3}, "nobody_qualified"),
        ({"venue_id": 30}, "no_venue_seats"),
    ],
)
def test_why_there_is_none(changes: dict[str, object], code: str) -> None:
    answer = search(replace(WISH, **changes), directory(), Around())  # type: ignore[arg-type]
    assert (answer.slots, [reason.code for reason in answer.lacking]) == ((), [code])


def test_nothing_is_free() -> None:
    answer = search(WISH, directory(), Around(blocks=[BlockRow(1, None, NOW, NOW + timedelta(days=90), "Closed")]))
    assert (answer.slots, [reason.code for reason in answer.lacking]) == ((), ["nothing_free"])


TAKERS = st.sampled_from((1, 2, 10, 11, 21, 22, 40))
QUARTERS = st.integers(28, 72)


@st.composite
def taken(draw: st.DrawFn) -> ClaimRow:
    start, length = draw(QUARTERS), draw(st.integers(1, 12))
    moment = at("00:00") + timedelta(minutes=15 * start)
    row = claim(draw(TAKERS), "08:00", "09:00", session_id=draw(st.integers(200, 220)))
    return replace(row, starts_at=moment, ends_at=moment + timedelta(minutes=15 * length))


def by_hand(
    session: SessionCard, plan: Directory, rows: list[ClaimRow], blocks: list[BlockRow]
) -> set[tuple[object, ...]]:
    """Try every quarter of the day, with every trainer in every venue, by the rule that schedules."""
    found = set()
    for quarter in range(32, 61):
        start = at("00:00") + timedelta(minutes=15 * quarter)
        for trainer_id in (1, 2):
            for room in plan.venues.values():
                if room.capacity is not None and room.capacity < 25:
                    continue
                tried = replace(
                    session, starts_at=start, ends_at=start + HOURS, trainer_id=trainer_id, venue_id=room.id
                )
                if not refusals(check_publish(tried, directory=plan, claims=rows, blocks=blocks, now=NOW)):
                    found.add(start)
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(taken(), max_size=25), st.lists(st.tuples(st.sampled_from((None, 1, 11, 20)), QUARTERS), max_size=2))
def test_the_search_finds_what_trying_everything_finds(
    rows: list[ClaimRow], closed: list[tuple[int | None, int]]
) -> None:
    plan = directory(
        settings=Settings(day_starts=at("08:00").time(), day_ends=at("17:00").time()),
        venues={11: venue(11, "Room B", 30, turnaround_minutes=30), 21: venue(21, "Hall A", 30, part_of_id=20)},
    )
    session = replace(UNDATED, capacity=25, equipment_ids=(40,), status=SessionStatus.DRAFT)
    blocks = [
        BlockRow(
            n, key, at("00:00") + timedelta(minutes=15 * q), at("00:00") + timedelta(minutes=15 * q + 60), "Closed"
        )
        for n, (key, q) in enumerate(closed)
    ]
    leaves = [
        replace(row, resource_id=leaf, id=row.id)
        for row in blocks
        if row.resource_id
        for leaf in plan.leaves_of(row.resource_id)
    ]
    wanted = by_hand(session, plan, rows, [*blocks, *leaves])
    wish = Wish(session, HOURS, at("00:00"), working_days=1, limit=None, near=at("12:00"))
    for step in sorted(wanted):
        near = search(replace(wish, near=step, limit=1), plan, _around(rows, blocks)).slots
        assert near[0].starts_at == step
    found = search(wish, plan, _around(rows, blocks)).slots
    assert {slot.starts_at for slot in found} <= wanted
    for slot in found:
        tried = replace(
            session, starts_at=slot.starts_at, ends_at=slot.ends_at, trainer_id=slot.trainer_id, venue_id=slot.venue_id
        )
        assert not refusals(check_publish(tried, directory=plan, claims=rows, blocks=[*blocks, *leaves], now=NOW))


@pytest.mark.parametrize(
    ("blocks", "opens"),
    [
        ([], 24),
        ([block(None, "00:00", "24:00")], 25),
        ([block(None, "00:00", "12:00")], 24),
        ([block(1, "00:00", "24:00")], 24),
        ([block(1, "00:00", "24:00"), block(2, "00:00", "24:00", id_=8)], 25),
        ([block(1, "00:00", "24:00"), block(2, "00:00", "12:00", id_=8)], 24),
        ([block(1, "00:00", "24:00"), block(2, "12:00", "24:00", id_=8), block(None, "00:00", "12:00", id_=9)], 25),
        ([BlockRow(1, None, NOW - timedelta(days=1), NOW + timedelta(days=90), "Closed")], None),
    ],
    ids=[
        "open",
        "holiday",
        "half a holiday",
        "one away",
        "both away",
        "one comes at noon",
        "in two parts",
        "closed down",
    ],
)
def test_what_is_taken_matters_from_the_first_day_on_which_somebody_is_there(
    blocks: list[BlockRow], opens: int | None
) -> None:
    plan = directory()
    found = first_open(days_of(WISH, plan), [plan.trainers[1], plan.trainers[2]], blocks)
    assert (None if found is None else found.day) == opens


def _around(rows: list[ClaimRow], blocks: list[BlockRow]) -> Around:
    return Around(taken_by(rows), blocks)
