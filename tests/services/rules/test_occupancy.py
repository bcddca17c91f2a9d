"""Who counts as being in a room, and when it is full: tables of cases (K9)."""

import datetime as dt

import pytest

from trainer_desk.models.enums import VenueKind
from trainer_desk.services.findings import Fix
from trainer_desk.services.rows.door import Occupancy
from trainer_desk.services.rules.occupancy import (
    gauge,
    is_alive,
    lapses_at,
    places_left,
    presence_seconds,
    room_full,
    with_waitlist,
)

NOON = dt.datetime(2026, 7, 6, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "own", "seconds"),
    [
        (VenueKind.VIRTUAL, None, 90),
        (VenueKind.VIRTUAL, 30, 30),
        (VenueKind.ROOM, None, None),
        (VenueKind.BOOTH, None, None),
        (VenueKind.SITE, None, None),
        (VenueKind.BOOTH, 300, 300),
    ],
)
def test_a_presence_needs_a_sign_of_life_in_virtual_rooms_or_where_the_venue_says_so(
    kind: VenueKind, own: int | None, seconds: int | None
) -> None:
    assert presence_seconds(kind, own) == seconds
    assert lapses_at(NOON, seconds) == (None if seconds is None else NOON + dt.timedelta(seconds=seconds))


@pytest.mark.parametrize(("after", "alive"), [(-1, False), (0, False), (1, True), (None, True)])
def test_a_presence_is_over_at_the_instant_at_which_its_sign_is_due(after: int | None, alive: bool) -> None:
    assert is_alive(lapses_at(NOON, after), NOON) is alive


@pytest.mark.parametrize(
    ("present", "limit", "session_present", "capacity", "left", "shown"),
    [
        (3, None, 3, None, None, (3, None)),
        (5, None, 3, None, None, (3, None)),
        (17, 20, 17, None, 3, (17, 20)),
        (17, 20, 11, 12, 1, (11, 12)),
        (19, 20, 11, 12, 1, (19, 20)),
        (20, 20, 5, 12, 0, (20, 20)),
        (12, 20, 12, 12, 0, (12, 12)),
        (14, None, 12, 12, 0, (12, 12)),
        (22, 20, 22, None, 0, (22, 20)),
        (0, 1, 0, 1, 1, (0, 1)),
    ],
)
def test_the_nearer_limit_counts(
    present: int,
    limit: int | None,
    session_present: int,
    capacity: int | None,
    left: int | None,
    shown: tuple[int, int | None],
) -> None:
    occupancy = Occupancy(present, limit, session_present, capacity)
    assert (places_left(occupancy), gauge(occupancy)) == (left, shown)
    full = room_full(occupancy, "Room 1", "R1")
    assert (full is None) is (left != 0)
    if full is not None:
        assert (full.code, full.subject, full.refuses) == ("room_full", "R1", True)
        assert full.facts == {"people": shown[0], "capacity": shown[1], "name": "Room 1"}


def test_the_waitlist_is_a_way_out_for_a_named_person() -> None:
    full = room_full(Occupancy(1, 1, 1, None), "Booth", "B")
    assert full is not None
    assert full.fixes == ()
    assert with_waitlist(full, 7, "Ann").fixes == (Fix("join_waitlist", {"person_id": 7, "person": "Ann"}),)
