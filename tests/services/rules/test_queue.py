"""Who comes next, who is seated and who is passed over and why; nobody who is passed over costs a seat (K5, K8)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.rules.plan import DAY, NOW, at
from trainer_desk.models.enums import ComplianceStatus, OverlapPolicy, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.rules.queue import Fate, Place, Room, Seeker, promotes, queue_key, settle
from trainer_desk.services.rules.seating import Occasion, Sitter

BLOCK, WARN = OverlapPolicy.BLOCK, OverlapPolicy.WARN
ENROL, OFFER, OFF = WaitlistMode.ENROL, WaitlistMode.OFFER, WaitlistMode.OFF
JOINED, URGENT = WaitlistOrder.JOINED, WaitlistOrder.URGENT
SCHEDULED = SessionStatus.SCHEDULED
RED, PENDING, GREEN = ComplianceStatus.NON_COMPLIANT, ComplianceStatus.PENDING, ComplianceStatus.COMPLIANT


def occasion(session: int = 1, starts: str = "09:00", ends: str = "10:00", policy: OverlapPolicy = BLOCK) -> Occasion:
    return Occasion(session, f"S{session}", f"Session {session}", "Course", SCHEDULED, at(starts), at(ends), policy)


def place(free: int | None, session: int = 1, starts: str = "09:00", ends: str = "10:00", **more: object) -> Place:
    return Place(occasion(session, starts, ends), free, ENROL, JOINED, day=DAY, expiring_days=60, **more)  # type: ignore[arg-type]


def seeker(person: int, position: int | None, session: int = 1, **more: object) -> Seeker:
    return Seeker(session, Sitter(person, f"P{person}", f"Person {person}"), position, **more)  # type: ignore[arg-type]


def seated(fates: list[Fate]) -> list[tuple[int, int]]:
    """Give (session, person) in the order in which the seats were given."""
    return [(fate.seeker.session_id, fate.seeker.sitter.person_id) for fate in fates if fate.seated]


def reasons(fates: list[Fate]) -> dict[int, tuple[str | None, str | None]]:
    return {fate.seeker.sitter.person_id: fate.skip for fate in fates if not fate.seated}


@pytest.mark.parametrize(
    ("status", "starts_at", "waitlist", "moves"),
    [
        (SCHEDULED, NOW + timedelta(seconds=1), ENROL, True),
        (SCHEDULED, NOW + timedelta(seconds=1), OFFER, True),
        (SCHEDULED, NOW + timedelta(seconds=1), OFF, False),
        (SCHEDULED, NOW, ENROL, False),
        (SCHEDULED, NOW - timedelta(days=1), ENROL, False),
        (SCHEDULED, None, ENROL, False),
        *[(status, NOW + timedelta(days=1), ENROL, False) for status in SessionStatus if status is not SCHEDULED],
    ],
)
def test_when_a_queue_moves(
    status: SessionStatus, starts_at: datetime | None, waitlist: WaitlistMode, moves: bool
) -> None:
    assert promotes(status, starts_at, waitlist, NOW) is moves


@pytest.mark.parametrize(
    ("free", "positions", "order"),
    [
        (0, {1: 1, 2: 2}, []),
        (1, {1: 1, 2: 2}, [1]),
        (1, {1: 9, 2: 2, 3: None}, [2]),
        (2, {1: None, 2: 5}, [2, 1]),
        (5, {1: 3, 2: 2, 3: 1, 4: None}, [3, 2, 1, 4]),
        (2, {1: 1, 2: 0, 3: -1}, [3, 2]),
        (None, {1: 1, 2: None}, [1, 2]),
        (3, {}, []),
    ],
)
def test_seats_go_by_the_place_in_the_queue_newcomers_last(
    free: int | None, positions: dict[int, int | None], order: list[int]
) -> None:
    own = place(free)
    fates = settle([own], [seeker(person, position) for person, position in positions.items()], {}, {})
    assert [person for _session, person in seated(fates)] == order
    assert own.free == (None if free is None else free - len(order))
    assert len(fates) == len(positions)


def test_newcomers_are_seated_in_the_order_given() -> None:
    fates = settle([place(2)], [seeker(person, None) for person in (9, 4, 6)], {}, {})
    assert [person for _session, person in seated(fates)] == [9, 4]


@pytest.mark.parametrize(
    ("status", "expires_on", "rank"),
    [
        (RED, None, 1),
        (RED, date(2025, 1, 1), 2),
        (GREEN, DAY - timedelta(days=1), 3),
        (PENDING, None, 4),
        (GREEN, DAY, 5),
        (GREEN, DAY + timedelta(days=60), 6),
        (None, None, 7),
    ],
)
def test_the_most_urgent_comes_first(status: ComplianceStatus | None, expires_on: date | None, rank: int) -> None:
    others = [
        (RED, None), (RED, date(2025, 1, 1)), (GREEN, DAY - timedelta(days=1)), (PENDING, None), (GREEN, DAY),
        (GREEN, DAY + timedelta(days=60)), (None, None),
    ]  # fmt: skip
    queue = [
        seeker(person, person, status=held, expires_on=until)
        for person, (held, until) in enumerate(others, 1)
        if (held, until) != (status, expires_on)
    ]
    key = queue_key(replace(place(0), order=URGENT))
    ranked = sorted([seeker(99, 99, status=status, expires_on=expires_on), *queue], key=key)
    assert [one.sitter.person_id for one in ranked].index(99) == rank - 1


@pytest.mark.parametrize(
    ("order", "ranked"),
    [(JOINED, [5, 2, 3, 1, 4]), (URGENT, [5, 3, 4, 2, 1])],
)
def test_joining_decides_among_equals_and_who_was_put_back_is_ahead(order: WaitlistOrder, ranked: list[int]) -> None:
    queue = [
        seeker(1, 7, status=GREEN, expires_on=DAY + timedelta(days=300)),
        seeker(2, 4),
        seeker(3, 6, status=RED),
        seeker(4, None, status=RED),
        seeker(5, 0),
    ]
    assert [one.sitter.person_id for one in sorted(queue, key=queue_key(replace(place(0), order=order)))] == ranked


def test_who_is_busy_keeps_the_place_and_costs_no_seat() -> None:
    there = occasion(2, "09:30", "10:30")
    fates = settle([place(1)], [seeker(1, 1), seeker(2, 2), seeker(3, 3)], {1: [there]}, {})
    assert seated(fates) == [(1, 2)]
    assert reasons(fates) == {1: ("attendee_busy", "S2"), 3: (None, None)}


def test_the_reason_is_told_although_there_is_no_seat() -> None:
    fates = settle([place(0)], [seeker(1, 1), seeker(2, 2)], {1: [occasion(2)]}, {})
    assert reasons(fates) == {1: ("attendee_busy", "S2"), 2: (None, None)}


def test_what_is_only_warned_of_is_told_with_the_seat_and_refuses_where_strict() -> None:
    warned, there = replace(place(1), occasion=occasion(policy=WARN)), occasion(2, policy=WARN)
    [fate] = settle([replace(warned)], [seeker(1, 1)], {1: [there]}, {})
    assert (fate.seated, fate.reason, [finding.code for finding in fate.findings]) == (True, None, ["attendee_busy"])
    [fate] = settle([replace(warned)], [seeker(1, 1)], {1: [there]}, {}, strict=True)
    assert (fate.seated, fate.reason, fate.skip) == (False, None, (None, None))


def test_a_seat_given_now_makes_busy_for_the_next_session() -> None:
    places = [place(1, 2, "09:30", "10:30"), place(1, 1), place(1, 3, "10:30", "11:00")]
    fates = settle(places, [seeker(1, 1, session) for session in (1, 2, 3)], {}, {})
    assert seated(fates) == [(1, 1), (3, 1)]
    assert reasons(fates) == {1: ("attendee_busy", "S1")}


def test_a_run_takes_so_many_people_and_the_earlier_session_first() -> None:
    places = [place(5, 2, "11:00", "12:00", run_id=8), place(5, 1, run_id=8)]
    queue = [seeker(1, 1, 2), seeker(2, 1, 1), seeker(3, 2, 1), seeker(2, 2, 2)]
    room = Room("R8", 1, 4)
    fates = settle(places, queue, {}, {8: room})
    assert seated(fates) == [(1, 2), (2, 2)]
    assert reasons(fates) == {3: ("run_full", None), 1: ("run_full", None)}
    assert (room.left, room.people) == (0, {2})
    assert places[0].free == 4


def test_who_is_on_the_run_costs_no_room() -> None:
    fates = settle([place(5, run_id=8)], [seeker(1, 1), seeker(2, 2)], {}, {8: Room("R8", 0, 4, {2})})
    assert seated(fates) == [(1, 2)]
    [full] = [fate.reason for fate in fates if fate.reason]
    assert (full.code, full.subject, full.facts) == ("run_full", "R8", {"people": 4, "capacity": 4})


def test_no_seat_comes_before_no_room_on_the_run() -> None:
    [fate] = settle([place(0, run_id=8)], [seeker(1, 1)], {}, {8: Room("R8", 0, 4)})
    assert (fate.seated, fate.reason) == (False, None)


def test_a_run_without_a_limit_takes_everybody() -> None:
    assert len(seated(settle([place(None, run_id=8)], [seeker(1, 1), seeker(2, 2)], {}, {}))) == 2
    assert len(seated(settle([place(None, run_id=8)], [seeker(1, 1), seeker(2, 2)], {}, {8: Room("R8", None)}))) == 2


def test_what_was_given_is_left_as_it_was() -> None:
    seats = {1: [occasion(3, "12:00", "13:00")]}
    settle([place(1)], [seeker(1, 1)], seats, {})
    assert seats == {1: [occasion(3, "12:00", "13:00")]}


QUEUES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 6), st.one_of(st.none(), st.integers(-2, 9))),
    max_size=12,
    unique_by=lambda row: row[:2],
)


@given(
    queue=QUEUES,
    free=st.tuples(*[st.one_of(st.none(), st.integers(0, 3))] * 3),
    left=st.integers(0, 3),
    busy=st.sets(st.integers(1, 6)),
)
def test_no_seat_too_many_and_none_in_vain(
    queue: list[tuple[int, int, int | None]], free: tuple[int | None, ...], left: int, busy: set[int]
) -> None:
    """Sessions 1 and 2 share a capped run; 2 and 3 overlap, and so does somebody's other seat."""
    times = {1: ("08:00", "09:00"), 2: ("09:00", "10:00"), 3: ("09:30", "10:30")}
    places = [place(free[n - 1], n, *times[n], run_id=8 if n < 3 else None) for n in times]
    seats = {person: [occasion(9, "10:00", "11:00")] for person in busy}
    room = Room("R8", left, 5)
    seekers = [seeker(person, position, session) for session, person, position in queue]
    fates = settle(places, seekers, seats, {8: room})
    given_to = seated(fates)
    for number, own in enumerate(places, 1):
        people = [person for session, person in given_to if session == number]
        assert own.free is None or (own.free >= 0 and own.free == (free[number - 1] or 0) - len(people))
    assert len({person for session, person in given_to if session < 3}) == left - (room.left or 0)
    assert not busy & {person for session, person in given_to if session == 3}
    assert not {p for s, p in given_to if s == 2} & {p for s, p in given_to if s == 3}
    left_over = [fate.seeker for fate in fates if not fate.seated]
    taken = {p: [*seats.get(p, []), *(places[s - 1].occasion for s, q in given_to if q == p)] for _s, p, _n in queue}
    assert seated(settle(places, left_over, taken, {8: room})) == []
