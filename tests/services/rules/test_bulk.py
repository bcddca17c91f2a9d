"""What each of many sessions becomes by one wish: the fields, the order, the ways out, what counts as changed (R5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.services.rules.plan import at, card
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import BadValue
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rows.previews import Remedy, RemedyKind
from trainer_desk.services.rows.schedule import BlockRow
from trainer_desk.services.rules.bulk import SKIP, changed_fields, goes_first, remedies_for, wanted_fields

LONDON = Settings(zone_name="Europe/London")
NINE, TEN = at("09:00"), at("10:00")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SESSION = card(starts_at=NINE, ends_at=TEN)
LATER = Remedy(RemedyKind.SHIFT, starts_at=NINE + 5 * HOUR)


@pytest.mark.parametrize(
    ("wish", "chosen", "fields"),
    [
        (BulkWish(BulkVerb.MOVE, days=1), None, {"starts_at": NINE + DAY, "ends_at": TEN + DAY}),
        (BulkWish(BulkVerb.MOVE, minutes=-30), None, {"starts_at": NINE - HOUR / 2, "ends_at": TEN - HOUR / 2}),
        (BulkWish(BulkVerb.MOVE, days=1), SKIP, {"starts_at": NINE + DAY, "ends_at": TEN + DAY}),
        (BulkWish(BulkVerb.MOVE, days=1), LATER, {"starts_at": NINE + 5 * HOUR, "ends_at": TEN + 5 * HOUR}),
        (BulkWish(BulkVerb.DUPLICATE), None, {}),
        (BulkWish(BulkVerb.PUBLISH), None, {}),
        (BulkWish(BulkVerb.PUBLISH), Remedy(RemedyKind.VENUE, 12), {"venue_id": 12}),
        (BulkWish(BulkVerb.VENUE, value=11), None, {"venue_id": 11}),
        (BulkWish(BulkVerb.VENUE, value=11), Remedy(RemedyKind.VENUE, 12), {"venue_id": 12}),
        (BulkWish(BulkVerb.CAPACITY), None, {"capacity": None}),
        (
            BulkWish(BulkVerb.TRAINER, value=2),
            LATER,
            {"trainer_id": 2, "starts_at": NINE + 5 * HOUR, "ends_at": TEN + 5 * HOUR},
        ),
    ],
)
def test_the_fields_that_a_session_gets(wish: BulkWish, chosen: Remedy | None, fields: dict[str, Any]) -> None:
    assert wanted_fields(SESSION, wish, chosen, LONDON) == (fields, ())


def test_a_co_trainer_who_is_to_lead_helps_no_more() -> None:
    helped = replace(SESSION, trainer_id=1, co_trainer_ids=(2, 3))
    fields, _told = wanted_fields(helped, BulkWish(BulkVerb.PUBLISH), Remedy(RemedyKind.TRAINER, 2), LONDON)
    assert fields == {"trainer_id": 2, "co_trainer_ids": (3,)}


def test_the_wall_clock_stays_across_a_change_of_the_clocks_and_odd_hours_are_told() -> None:
    spring = datetime(2027, 3, 27, 1, 30, tzinfo=UTC)
    night = card(starts_at=spring, ends_at=spring + HOUR)
    fields, told = wanted_fields(night, BulkWish(BulkVerb.MOVE, days=1), None, LONDON)
    assert fields["starts_at"] == datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "01:30 is skipped and becomes 02:30"
    assert [one.code for one in told] == ["time_does_not_exist"]
    fields, told = wanted_fields(SESSION, BulkWish(BulkVerb.MOVE, days=180), None, LONDON)
    assert (fields["starts_at"] - NINE - 180 * DAY, told) == (-HOUR, ())


@pytest.mark.parametrize("verb", [BulkVerb.MOVE, BulkVerb.COPY, BulkVerb.DUPLICATE])
def test_what_has_no_time_cannot_move(verb: BulkVerb) -> None:
    with pytest.raises(BadValue):
        wanted_fields(card(starts_at=None, ends_at=None), BulkWish(verb, days=1), None, LONDON)


def use(code: str, key: int) -> Fix:
    return Fix(code, {"id": key, "code": f"T{key}", "name": f"No {key}"})


BUSY = Finding("trainer_busy", field="trainer", fixes=(use("use_trainer", 2), use("use_trainer", 3)))
FULL = Finding(
    "venue_busy", field="venue", fixes=(use("use_venue", 12), Fix("free_from", {"starts_at": TEN, "at": NINE}))
)
BELOW = Finding("capacity_below_people", field="capacity", fixes=(Fix("set_capacity", {"capacity": 5}),))
NEXT_DAY = Remedy(RemedyKind.SHIFT, starts_at=NINE + DAY)


@pytest.mark.parametrize(
    ("findings", "ways"),
    [
        ([], [SKIP]),
        ([BELOW], [SKIP]),
        ([BUSY], [Remedy(RemedyKind.TRAINER, 2), Remedy(RemedyKind.TRAINER, 3), NEXT_DAY, SKIP]),
        (
            [FULL, BUSY],
            [
                Remedy(RemedyKind.TRAINER, 2),
                Remedy(RemedyKind.TRAINER, 3),
                Remedy(RemedyKind.VENUE, 12),
                Remedy(RemedyKind.SHIFT, starts_at=TEN),
                NEXT_DAY,
                SKIP,
            ],
        ),
        ([Finding("venue_closed", field="start")], [NEXT_DAY, SKIP]),
    ],
    ids=["nothing", "no clash", "trainer", "both, trainers first", "holiday"],
)
def test_the_ways_out_of_a_clash(findings: Sequence[Finding], ways: list[Remedy]) -> None:
    assert list(remedies_for(SESSION, findings, [], LONDON)) == ways


def test_the_next_open_day_passes_the_closed_ones() -> None:
    closed = BlockRow(1, None, NINE + DAY, NINE + 2 * DAY - HOUR, "Fair")
    found = remedies_for(SESSION, [BUSY], [closed], LONDON)
    assert Remedy(RemedyKind.SHIFT, starts_at=NINE + 3 * DAY) in found


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ()),
        ({"version": 9, "seats_taken": 4, "waiting": 2, "title": "Another"}, ()),
        ({"starts_at": TEN, "ends_at": TEN + HOUR}, ("start", "end")),
        ({"trainer_id": 2, "co_trainer_ids": (3,)}, ("trainer", "co_trainers")),
        ({"venue_id": 12, "equipment_ids": (20,)}, ("venue", "equipment")),
        ({"capacity": 3}, ("capacity",)),
        ({"status": SessionStatus.CANCELLED}, ("state",)),
        ({"course_id": 99}, ("course",)),
    ],
    ids=["nothing", "people and words", "time", "trainers", "places", "capacity", "state", "course"],
)
def test_what_counts_as_changed(change: dict[str, Any], told: tuple[str, ...]) -> None:
    assert changed_fields(SESSION, replace(SESSION, **change)) == told


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (BulkWish(BulkVerb.MOVE, days=1), [3, 2, 1]),
        (BulkWish(BulkVerb.MOVE, days=-1), [1, 2, 3]),
        (BulkWish(BulkVerb.COPY, days=1), [1, 2, 3]),
        (BulkWish(BulkVerb.PUBLISH), [1, 2, 3]),
    ],
)
def test_what_moves_later_goes_last_first(wish: BulkWish, first: list[int]) -> None:
    cards = [replace(SESSION, id=n, starts_at=NINE + n * DAY, ends_at=TEN + n * DAY) for n in (2, 1)]
    undated = replace(SESSION, id=3, starts_at=None, ends_at=None)
    assert [one.id for one in goes_first([*cards, undated], wish)] == first
