"""Edits of a series: this one, those that follow or all; days that leave and come back; both kinds of database."""

import datetime as dt

import pytest

from tests.databases import StoreFactory
from tests.factories import at, make_enrollment, make_person, prepared
from tests.services.planning.world import NINE, World, make_world
from trainer_desk.models.enums import SessionStatus, SkipWhy
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.orchestration.repeating import make_series
from trainer_desk.services.orchestration.series_editing import (
    edit_series,
    end_series,
    preview_spread,
    skip_day,
    spread,
    take_back,
)
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.series import load_series
from trainer_desk.services.rows.previews import Fate, RemedyKind
from trainer_desk.services.rows.repeating import Reach, Series, SeriesWish

WEEK = dt.timedelta(days=7)


class Weekly:
    """Four Mondays at nine from 6 July 2026 on, all scheduled."""

    def __init__(self, world: World, rule: str = "FREQ=WEEKLY;COUNT=4") -> None:
        self.world = world
        first = world.scheduled()
        done = world.do(make_series, SeriesWish(first, rule, publish=True))
        self.id, self.sessions = done.series_id, [first, *done.session_ids.values()]

    def starts(self) -> list[dt.datetime | None]:
        return [self.world.card(one).starts_at for one in self.sessions]

    def read(self) -> Series:
        return self.world.store.read(load_series, self.id)


@pytest.fixture
def weekly(store_factory: StoreFactory) -> Weekly:
    """Give the series, once on each kind of database."""
    return Weekly(make_world(store_factory))


def test_a_time_of_this_and_those_that_follow(weekly: Weekly) -> None:
    world, second = weekly.world, weekly.sessions[1]
    moved = {"starts_at": at("2026-07-14 11:00"), "ends_at": at("2026-07-14 12:30")}
    lines = world.do(edit_series, second, moved, Reach.FOLLOWING)
    assert [line.fate for line in lines] == [Fate.FINE, Fate.FINE]
    assert weekly.starts() == [NINE, *(at(f"2026-07-{day} 11:00") for day in (14, 21, 28))]
    assert world.card(weekly.sessions[3]).ends_at == at("2026-07-28 12:30")
    assert {day.day for day in weekly.read().days} == {dt.date(2026, 7, 6) + n * WEEK for n in range(4)}
    assert world.store.read(check_database) == []
    undo_last(world.store)
    assert weekly.starts() == [at(f"2026-07-{day:02} 09:00") for day in (6, 13, 20, 27)]


def test_one_may_move_onto_the_place_that_another_leaves(weekly: Weekly) -> None:
    world, first = weekly.world, weekly.sessions[0]
    world.edit(first, venue_id=world.other_room)  # so that it stands beside the second for a while
    world.edit(first, starts_at=NINE + WEEK, ends_at=NINE + WEEK + dt.timedelta(hours=1), trainer_id=world.bo)
    lines = world.do(spread, first, ["starts_at", "ends_at"], Reach.ALL)
    assert [line.fate for line in lines] == [Fate.FINE] * 3
    assert weekly.starts() == [at(f"2026-07-{day} 09:00") for day in (13, 20, 27)] + [at("2026-08-03 09:00")]
    assert world.store.read(check_database) == []


def test_what_clashes_stays_and_is_told_with_ways_out(weekly: Weekly) -> None:
    world, first = weekly.world, weekly.sessions[0]
    third = NINE + 2 * WEEK
    world.scheduled(
        starts_at=third, ends_at=third + dt.timedelta(hours=1), venue_id=world.other_room, trainer_id=world.bo
    )
    world.edit(first, trainer_id=world.bo)
    lines = world.store.read(preview_spread, first, ["trainer_id"], Reach.ALL, now=NINE - WEEK)
    assert [line.fate for line in lines] == [Fate.FINE, Fate.REFUSED, Fate.FINE]
    assert [one.code for one in lines[1].findings] == ["trainer_busy"]
    assert RemedyKind.SHIFT in {one.kind for one in lines[1].remedies}
    assert world.do(spread, first, ["trainer_id"], Reach.ALL)[1].fate is Fate.REFUSED
    trainers = [world.card(one).trainer_id for one in weekly.sessions]
    assert trainers == [world.bo, world.bo, world.ann, world.bo]
    assert world.store.read(check_database) == []
    shift = next(one for one in lines[1].remedies if one.kind is RemedyKind.SHIFT)
    world.do(spread, first, ["trainer_id"], Reach.ALL, {lines[1].key: shift})
    helped = world.card(weekly.sessions[2])
    assert (helped.trainer_id, helped.starts_at) == (world.bo, shift.starts_at)


def test_other_fields_need_no_check(weekly: Weekly) -> None:
    world, first = weekly.world, weekly.sessions[0]
    lines = world.do(edit_series, first, {"capacity": 7, "notes": "Bring boots"}, Reach.ALL)
    assert [line.fate for line in lines] == [Fate.FINE] * 3
    assert {(world.card(one).capacity, world.detail(one).notes) for one in weekly.sessions} == {(7, "Bring boots")}
    assert world.store.read(check_database) == []
    assert [one.fate for one in world.do(spread, first, ["capacity"], Reach.ALL)] == [Fate.SAME] * 3


def test_a_day_is_skipped_and_taken_back_with_its_people(weekly: Weekly) -> None:
    world, second = weekly.world, weekly.sessions[1]
    with prepared(world.store) as db:
        make_enrollment(db, second, make_person(db))
    world.do(skip_day, second, "Fire drill")
    day = weekly.read().days[1]
    assert (day.why, day.is_out) == (SkipWhy.TAKEN_OUT, True)
    assert (world.card(second).status, world.detail(second).cancel_reason) == (SessionStatus.CANCELLED, "Fire drill")
    assert world.do(take_back, weekly.id, day.day) == second
    assert (world.card(second).status, world.card(second).enrolled) == (SessionStatus.DRAFT, 1)
    assert not weekly.read().days[1].is_out
    with pytest.raises(NotFound):
        world.do(take_back, weekly.id, day.day)


def test_an_excepted_day_gets_a_session_after_all(store_factory: StoreFactory) -> None:
    world = make_world(store_factory)
    first = world.scheduled()
    day = dt.date(2026, 7, 13)
    done = world.do(make_series, SeriesWish(first, "FREQ=WEEKLY;COUNT=3", frozenset({day})))
    made = world.do(take_back, done.series_id, day)
    assert (world.card(made).starts_at, world.card(made).status) == (at("2026-07-13 09:00"), SessionStatus.DRAFT)
    assert [one.is_out for one in world.store.read(load_series, done.series_id).days] == [False] * 3
    undo_last(world.store)
    assert [one.is_out for one in world.store.read(load_series, done.series_id).days] == [False, True, False]


def test_a_series_ends(weekly: Weekly) -> None:
    world = weekly.world
    assert world.do(end_series, weekly.sessions[1], "No more") == 2
    assert [world.card(one).status.value for one in weekly.sessions] == ["SCHEDULED"] * 2 + ["CANCELLED"] * 2
    assert weekly.read().rule == "FREQ=WEEKLY;UNTIL=20260713"


def test_what_is_each_ones_own_and_what_is_no_series(weekly: Weekly) -> None:
    world = weekly.world
    with pytest.raises(BadValue, match="each_ones_own"):
        world.do(spread, weekly.sessions[0], ["run_id"], Reach.ALL)
    alone = world.draft(starts_at=None, ends_at=None)
    for verb, more in ((spread, (["capacity"], Reach.ALL)), (skip_day, ("x",)), (end_series, ("x",))):
        with pytest.raises(BadValue, match="no_series"):
            world.do(verb, alone, *more)
