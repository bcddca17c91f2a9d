"""Runs and sessions again on other days: what is told beforehand is what happens, on both kinds of database."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import at, make_block, make_enrollment, make_person, make_run, make_run_member, prepared
from tests.services.planning.world import NINE, World, make_world
from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus, SkipWhy
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.orchestration.repeating import clone_run, make_series, preview_clone, preview_series
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import runs
from trainer_desk.services.planning.series import load_series
from trainer_desk.services.rows.previews import Fate, RemedyKind
from trainer_desk.services.rows.repeating import CloneWish, ClosedDays, SeriesWish

JUNE = dt.date(2027, 6, 7)
"""A Monday, as is the first day of the run."""
DAY = dt.timedelta(days=1)
WEEKLY = "FREQ=WEEKLY;COUNT=4"


@pytest.fixture
def world(store_factory: StoreFactory) -> World:
    """Give the organisation, once on each kind of database."""
    return make_world(store_factory)


@pytest.fixture
def july(world: World) -> int:
    """Give a run of three days, Monday to Wednesday from nine to ten, with somebody in it."""
    with prepared(world.store) as db:
        run = make_run(db, "JULY", course=world.fire, max_people=9, members_only=True, end_date=dt.date(2026, 7, 8))
        person = make_person(db)
        make_run_member(db, run, person)
    for day in range(3):
        starts_at = NINE + day * DAY
        session = world.scheduled(starts_at=starts_at, ends_at=starts_at + DAY / 24, run_id=run)
    with prepared(world.store) as db:
        make_enrollment(db, session, person)
    return run


def test_a_run_again_keeps_the_wall_clock_and_leaves_the_people(world: World, july: int) -> None:
    done = world.do(clone_run, CloneWish(dt.date(2027, 1, 11), run_id=july, code="JANUARY", name="January"))
    new = world.store.read(runs.load_run, "JANUARY", now=NINE)
    assert new.summary.run.name == "January"
    assert (new.summary.run.start_date, new.summary.run.end_date) == (dt.date(2027, 1, 11), dt.date(2027, 1, 13))
    assert (new.summary.run.max_people, new.summary.run.members_only, new.summary.run.people_taken) == (9, True, 0)
    cards = [one.card for one in new.sessions]
    assert [card.starts_at for card in cards] == [at(f"2027-01-{day} 09:00") for day in (11, 12, 13)]
    assert {(card.status, card.seats_taken, card.trainer_id) for card in cards} == {(SessionStatus.DRAFT, 0, world.ann)}
    assert [line.fate for line in done.lines] == [Fate.FINE] * 3


def test_what_is_taken_stays_a_draft_and_the_rest_is_scheduled(world: World, july: int) -> None:
    taken = at("2027-06-08 09:30")
    world.scheduled(starts_at=taken, ends_at=taken + DAY / 24, trainer_id=world.bo)
    wish = CloneWish(JUNE, run_id=july, publish=True)
    lines = world.store.read(preview_clone, wish, now=NINE)
    assert [line.fate for line in lines] == [Fate.FINE, Fate.WARNED, Fate.FINE]
    clash = lines[1]
    assert [one.code for one in clash.findings] == ["venue_busy"]
    assert {one.kind for one in clash.remedies} == {
        RemedyKind.VENUE, RemedyKind.SHIFT, RemedyKind.DRAFT, RemedyKind.SKIP
    }  # fmt: skip
    done = world.do(clone_run, wish)
    cards = [world.card(done.session_ids[line.key]) for line in done.lines]
    assert [card.status.value for card in cards] == ["SCHEDULED", "DRAFT", "SCHEDULED"]
    assert {one.card.run_id for one in world.store.read(runs.load_run, "JULY-2", now=NINE).sessions} == {done.run_id}
    assert world.store.read(check_database) == []


@pytest.mark.parametrize("kind", list(RemedyKind))
def test_each_remedy_helps(world: World, july: int, kind: RemedyKind) -> None:
    taken = at("2027-06-08 09:00")
    world.scheduled(starts_at=taken, ends_at=taken + DAY / 24)
    wish = CloneWish(JUNE, run_id=july, publish=True)
    clash = world.store.read(preview_clone, wish, now=NINE)[1]
    choices = {clash.key: next(one for one in clash.remedies if one.kind is kind)}
    if kind in (RemedyKind.TRAINER, RemedyKind.VENUE):  # both are taken, so one of them is not enough
        choices = {clash.key: choices[clash.key]}
        helped = world.store.read(preview_clone, wish, choices, now=NINE)[1]
        assert len(helped.findings) == 1
        return
    done = world.do(clone_run, wish, choices)
    made = done.session_ids.get(clash.key)
    if kind is RemedyKind.SKIP:
        assert (made, len(done.session_ids)) == (None, 2)
    else:
        expected = SessionStatus.DRAFT if kind is RemedyKind.DRAFT else SessionStatus.SCHEDULED
        assert world.card(made).status is expected


def test_sessions_to_be_made_clash_with_each_other(world: World) -> None:
    """Moved off a holiday to the day of another one: the order stays, and only one of two can be scheduled."""
    with prepared(world.store) as db:
        run = make_run(db, "TWICE", course=world.fire)
    world.scheduled(run_id=run)
    world.draft(run_id=run)
    lines = world.store.read(preview_clone, CloneWish(JUNE, run_id=run, publish=True), now=NINE)
    assert [line.card.status.value for line in lines] == ["SCHEDULED", "DRAFT"]
    assert {one.code for one in lines[1].findings} == {"trainer_busy", "venue_busy"}


@pytest.mark.parametrize(
    ("closed", "days"), [(ClosedDays.KEEP, [7, 8, 9]), (ClosedDays.SKIP, [7, 9]), (ClosedDays.MOVE, [7, 9, 10])]
)
def test_closed_days(world: World, july: int, closed: ClosedDays, days: list[int]) -> None:
    with prepared(world.store) as db:
        make_block(db, None, at("2027-06-08 00:00"), at("2027-06-09 00:00"), "Founders' day")
    done = world.do(clone_run, CloneWish(JUNE, run_id=july, publish=True, closed=closed))
    starts = [world.card(key).starts_at for key in done.session_ids.values()]
    assert sorted(starts) == [at(f"2027-06-{day:02} 09:00") for day in days]
    if closed is ClosedDays.SKIP:
        assert [line.note for line in done.lines] == ["", "Founders' day", ""]


def test_a_series_is_made_undone_and_redone(world: World) -> None:
    with prepared(world.store) as db:
        make_block(db, None, at("2026-07-20 00:00"), at("2026-07-21 00:00"), "Closed")
    session = world.scheduled()
    wish = SeriesWish(session, WEEKLY, frozenset({dt.date(2026, 7, 13)}), publish=True)
    lines = world.store.read(preview_series, wish, now=NINE)
    assert [(line.key, line.fate, line.note) for line in lines] == [
        ("2026-07-13", Fate.SKIPPED, ""), ("2026-07-20", Fate.SKIPPED, "Closed"), ("2026-07-27", Fate.FINE, "")
    ]  # fmt: skip
    done = world.do(make_series, wish)
    series = world.store.read(load_series, done.series_id)
    assert [(day.day.day, day.why) for day in series.days] == [
        (6, None), (13, SkipWhy.EXCEPTED), (20, SkipWhy.CLOSED), (27, None)
    ]  # fmt: skip
    assert series.days[0].card is not None
    assert series.days[0].card.id == session
    [made] = done.session_ids.values()
    assert (world.card(made).status, world.card(made).starts_at) == (SessionStatus.SCHEDULED, at("2026-07-27 09:00"))
    undo_last(world.store)
    assert world.detail(made).deleted_at is not None
    assert world.claims(made) == set()
    redo_last(world.store)
    assert world.card(made).status is SessionStatus.SCHEDULED
    assert len(world.claims(made)) == 2
    again = world.store.read(load_series, done.series_id)
    assert [(day.day, day.why) for day in again.days] == [(day.day, day.why) for day in series.days]
    assert world.store.read(check_database) == []


def test_a_series_is_refused_with_nothing_left_behind(world: World) -> None:
    session, undated = world.draft(), world.draft(starts_at=None, ends_at=None)
    for asked, why in (
        (SeriesWish(session, "FREQ=WEEKLY"), "rule_without_end"),
        (SeriesWish(session, "FREQ=WEEKLY;COUNT=1"), "rule_without_days"),
        (SeriesWish(undated, WEEKLY), "missing"),
    ):
        with pytest.raises(BadValue) as refused:
            world.do(make_series, asked)
        assert refused.value.facts["why"] == why
    world.do(make_series, SeriesWish(session, WEEKLY))
    with pytest.raises(BadValue, match="in_series"):
        world.do(make_series, SeriesWish(session, WEEKLY))


def test_one_session_again(world: World) -> None:
    session = world.scheduled(equipment_ids=[], co_trainer_ids=[world.bo], decision_on=dt.date(2026, 7, 1))
    done = world.do(clone_run, CloneWish(JUNE, session_id=session, publish=True))
    [made] = done.session_ids.values()
    card = world.card(made)
    assert (card.starts_at, card.status, card.co_trainer_ids) == (
        at("2027-06-07 09:00"), SessionStatus.SCHEDULED, (world.bo,)
    )  # fmt: skip
    assert card.decision_on == dt.date(2027, 6, 2)
    assert done.run_id is None


def test_a_code_that_is_taken_leaves_nothing(world: World, july: int) -> None:
    count = sa.select(sa.func.count()).select_from(Session)
    before = world.store.read(lambda db: db.scalar(count))
    with pytest.raises(DeskError, match="duplicate_ref"):
        world.do(clone_run, CloneWish(JUNE, run_id=july, code="JULY"))
    assert world.store.read(lambda db: db.scalar(count)) == before


def test_a_run_of_twenty_days_costs_few_statements(world: World) -> None:
    with prepared(world.store) as db:
        run = make_run(db, "LONG", course=world.fire)
    for day in range(20):
        starts_at = NINE + day * DAY
        world.draft(starts_at=starts_at, ends_at=starts_at + DAY / 24, run_id=run)
    wish, counted = CloneWish(JUNE, run_id=run, publish=True), []

    def count(*_args: object) -> None:
        counted.append(1)

    with world.store.writing("Count") as unit:
        sa.event.listen(unit.db.connection(), "before_cursor_execute", count)
        preview_clone(unit.db, wish, now=unit.now)
        clone_run(unit.db, wish, actor="x", now=unit.now)
    assert len(counted) <= 60, len(counted)
