"""Many sessions at once: what becomes of each, by what, and one undo for all of it (R5)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_block,
    make_course,
    make_draft,
    make_enrollment,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Change, Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.bulk import carry_out
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.bulk import NOTHING_SHOWN, BulkVerb, BulkWish, Shown
from trainer_desk.services.rows.previews import Fate, PreviewLine, Remedy, RemedyKind
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=3)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
ONE_DAY = BulkWish(BulkVerb.MOVE, days=1)
LEAVE = Remedy(RemedyKind.SKIP)


@dataclass
class Week:
    """John teaches Monday, Tuesday and Wednesday in Room A; Aisha, who may teach it too, Tuesday in Room B."""

    store: Store
    days: list[int]
    other: int
    john: int
    aisha: int
    room_a: int
    room_b: int

    def card(self, session_id: int) -> SessionCard:
        return self.store.read(load_card, session_id)

    def starts(self) -> list[dt.datetime | None]:
        return [self.card(one).starts_at for one in self.days]

    def do(self, wish: BulkWish, shown: Shown = NOTHING_SHOWN, *, dry_run: bool = False) -> tuple[PreviewLine, ...]:
        done = carry_out(self.store, "Bulk", self.days, wish, shown, dry_run=dry_run)
        return done.value

    def cards(self) -> list[SessionCard]:
        return [self.card(one) for one in self.days]

    def newest(self) -> int | None:
        """Give the number of the newest change."""
        return self.store.read(lambda db: db.scalar(sa.select(sa.func.max(Change.id))))

    def count(self) -> int | None:
        """Give how many sessions there are, with those in the trash."""
        return self.store.read(lambda db: db.scalar(sa.select(sa.func.count()).select_from(Session)))

    def is_sound(self) -> bool:
        with self.store.snapshot() as db:
            return check_database(db, now=NOW) == []


@pytest.fixture
def week(store_factory: StoreFactory) -> Week:
    store = store_factory(FixedClock(NOW))
    with prepared(store) as db:
        course = make_course(db, "LOTO")
        john, aisha = (make_trainer(db, code, courses=[course]) for code in ("JS", "AR"))
        room_a, room_b = make_venue(db, "A", capacity=20), make_venue(db, "B", capacity=8)
        days = [
            make_scheduled(db, course=course, trainer=john, venue=room_a, starts_at=MONDAY + DAY * n, ref=f"S-{n}")
            for n in range(3)
        ]
        other = make_scheduled(db, course=course, trainer=aisha, venue=room_b, starts_at=MONDAY + DAY, ref="S-OTHER")
    return Week(store, days, other, john, aisha, room_a, room_b)


def chosen(**remedies: Remedy) -> Shown:
    return Shown(choices=remedies)


def shown(lines: tuple[PreviewLine, ...]) -> Shown:
    return Shown(before={line.key: line.before for line in lines if line.before is not None})


def kinds(line: PreviewLine) -> list[RemedyKind]:
    return list(dict.fromkeys(one.kind for one in line.remedies))


def told(lines: tuple[PreviewLine, ...]) -> list[tuple[Any, ...]]:
    return [
        (line.key, line.fate, line.card.starts_at, line.card.capacity, [one.code for one in line.findings])
        for line in lines
    ]


def fates(lines: tuple[PreviewLine, ...]) -> list[Fate]:
    return [line.fate for line in lines]


@pytest.mark.parametrize("days", [1, -1, 7], ids=["a day later", "a day earlier", "a week later"])
def test_they_move_onto_each_others_places_and_one_undo_takes_all_back(week: Week, days: int) -> None:
    before = week.starts()
    lines = week.do(BulkWish(BulkVerb.MOVE, days=days))
    assert fates(lines) == [Fate.FINE] * 3
    assert [line.key for line in lines] == ["S-0", "S-1", "S-2"]
    assert week.starts() == [start + DAY * days for start in before if start]
    assert week.is_sound()
    undo_last(week.store)
    assert week.starts() == before
    redo_last(week.store)
    assert week.starts() == [start + DAY * days for start in before if start]
    assert week.is_sound()


@pytest.mark.parametrize(
    "wish",
    [ONE_DAY, BulkWish(BulkVerb.COPY, days=7), BulkWish(BulkVerb.DUPLICATE), BulkWish(BulkVerb.CAPACITY, value=9)],
    ids=lambda wish: wish.verb.value,
)
def test_a_rehearsal_tells_what_will_be_and_writes_nothing(week: Week, wish: BulkWish) -> None:
    with prepared(week.store) as db:
        make_block(db, week.room_a, MONDAY + DAY * 3, MONDAY + DAY * 4)
        week.days.append(make_draft(db, course=week.card(week.days[0]).course_id, ref="S-BARE"))
    before = (week.cards(), week.newest(), week.count())
    rehearsed = week.do(wish, dry_run=True)
    assert (week.cards(), week.newest(), week.count()) == before
    done = week.do(wish)
    assert told(done) == told(rehearsed)
    assert {Fate.FINE, Fate.WARNED} & set(fates(done)) or wish is ONE_DAY


def test_a_rehearsal_of_what_passes_writes_nothing_either(week: Week) -> None:
    before, newest = week.starts(), week.newest()
    assert fates(week.do(ONE_DAY, dry_run=True)) == [Fate.FINE] * 3
    assert (week.starts(), week.newest()) == (before, newest)


def test_who_stands_in_the_way_of_whom_is_told_by_name(week: Week) -> None:
    with prepared(week.store) as db:
        make_block(db, week.room_a, MONDAY + DAY * 3, MONDAY + DAY * 4)
    done = week.do(ONE_DAY)
    assert fates(done) == [Fate.REFUSED] * 3, "each stands in the way of the one before"
    assert [line.findings[0].code for line in done] == ["trainer_busy", "trainer_busy", "venue_closed"]


def test_a_session_without_a_time_is_not_copied_to_another_day(week: Week) -> None:
    with prepared(week.store) as db:
        week.days = [make_draft(db, course=week.card(week.days[0]).course_id)]
    before = week.count()
    assert fates(week.do(BulkWish(BulkVerb.COPY, days=7))) == [Fate.REFUSED], "it has no time yet"
    assert week.count() == before


def test_a_session_that_is_not_there_refuses_all(week: Week) -> None:
    before = week.starts()
    with pytest.raises(NotFound):
        carry_out(week.store, "Bulk", [*week.days, 99_999], ONE_DAY)
    assert week.starts() == before


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_what_somebody_else_moved_just_before_the_locks_moves_on_from_there(
    week: Week, store_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = store_factory(FixedClock(NOW))
    lock_people_of, moved = scheduling.lock_people_of, []

    def lock_late(*about: Any, **more: Any) -> object:
        if not moved:
            moved.append(True)
            later = {"starts_at": MONDAY + 3 * HOUR, "ends_at": MONDAY + 4 * HOUR}
            theirs.write("Move", scheduling.edit_session, week.days[0], later)
        return lock_people_of(*about, **more)

    monkeypatch.setattr(scheduling, "lock_people_of", lock_late)
    assert fates(week.do(ONE_DAY)) == [Fate.FINE] * 3
    assert week.card(week.days[0]).starts_at == MONDAY + DAY + 3 * HOUR


def test_who_passes_goes_and_the_others_are_told_with_their_reasons(week: Week) -> None:
    lines = week.do(BulkWish(BulkVerb.VENUE, value=week.room_b))
    assert fates(lines) == [Fate.FINE, Fate.REFUSED, Fate.FINE]
    assert [one.code for one in lines[1].findings] == ["venue_busy"]
    assert [week.card(one).venue_id for one in week.days] == [week.room_b, week.room_a, week.room_b]
    undo_last(week.store)
    assert {week.card(one).venue_id for one in week.days} == {week.room_a}


def test_another_trainer_takes_what_is_free_for_them(week: Week) -> None:
    lines = week.do(BulkWish(BulkVerb.TRAINER, value=week.aisha))
    assert fates(lines) == [Fate.FINE, Fate.REFUSED, Fate.FINE]
    assert [week.card(one).trainer_id for one in week.days] == [week.aisha, week.john, week.aisha]


def test_a_capacity_below_the_people_is_refused_there_alone(week: Week) -> None:
    with prepared(week.store) as db:
        for person in make_people(db, 3):
            make_enrollment(db, week.days[0], person)
    lines = week.do(BulkWish(BulkVerb.CAPACITY, value=2))
    assert fates(lines) == [Fate.REFUSED, Fate.FINE, Fate.FINE]
    assert lines[0].findings[0].code == "capacity_below_people"
    assert [week.card(one).capacity for one in week.days] == [None, 2, 2]
    assert fates(week.do(BulkWish(BulkVerb.CAPACITY, value=2)))[1:] == [Fate.SAME] * 2


def test_what_is_left_out_stays_and_keeps_its_place(week: Week) -> None:
    lines = week.do(ONE_DAY, chosen(**{"S-2": LEAVE}))
    assert fates(lines) == [Fate.REFUSED, Fate.REFUSED, Fate.SKIPPED], "each stands in the way of the one before"
    assert week.card(week.days[2]).starts_at == MONDAY + DAY * 2


def test_copies_are_drafts_without_people_a_week_later(week: Week) -> None:
    with prepared(week.store) as db:
        make_enrollment(db, week.days[0], make_people(db, 1)[0])
    lines = week.do(BulkWish(BulkVerb.COPY, days=7))
    assert fates(lines) == [Fate.FINE] * 3
    copies = [line.card for line in lines]
    assert [card.starts_at for card in copies] == [MONDAY + DAY * (7 + n) for n in range(3)]
    assert {(card.status, card.seats_taken, card.trainer_id) for card in copies} == {
        (SessionStatus.DRAFT, 0, week.john)
    }
    undo_last(week.store)
    gone = sa.select(sa.func.count()).where(Session.deleted_at.is_not(None))
    assert week.store.read(lambda db: db.scalar(gone)) == 3


def test_drafts_move_over_a_clash_with_a_warning_and_wall_clocks_stay(week: Week) -> None:
    with prepared(week.store) as db:
        course = week.card(week.days[0]).course_id
        clash = make_draft(db, course=course, trainer=week.john, venue=week.room_b, starts_at=MONDAY - DAY, minutes=60)
        undated = make_draft(db, course=course)
    week.days = [clash, undated]
    lines = week.do(ONE_DAY)
    assert fates(lines) == [Fate.WARNED, Fate.REFUSED]
    assert "trainer_busy" in {one.code for one in lines[0].findings}
    assert isinstance(lines[1].error, BadValue)
    winter = week.do(BulkWish(BulkVerb.MOVE, days=140, minutes=30))
    before, after = MONDAY, winter[0].card.starts_at
    assert after is not None
    assert after - before == dt.timedelta(days=140, hours=1, minutes=30), (
        "the same wall clock in winter, half an hour on"
    )


def test_scheduling_many_names_each_that_lacks_something(week: Week) -> None:
    with prepared(week.store) as db:
        course = week.card(week.days[0]).course_id
        good = make_draft(
            db, course=course, trainer=week.john, venue=week.room_a, starts_at=MONDAY + DAY * 4, minutes=60
        )
        twin = make_draft(
            db, course=course, trainer=week.john, venue=week.room_b, starts_at=MONDAY + DAY * 4, minutes=60
        )
        bare = make_draft(db, course=course)
    week.days = [good, twin, bare]
    lines = week.do(BulkWish(BulkVerb.PUBLISH))
    assert fates(lines) == [Fate.FINE, Fate.REFUSED, Fate.REFUSED]
    assert {one.code for one in lines[2].findings} >= {"missing_trainer", "missing_venue", "missing_start"}


@pytest.mark.parametrize(
    "wish",
    [BulkWish(BulkVerb.MOVE, days=4000), BulkWish(BulkVerb.CAPACITY, value=0)],
    ids=["ten years and more", "no seats at all"],
)
def test_a_wish_that_cannot_be_is_refused_whole(week: Week, wish: BulkWish) -> None:
    before = week.starts()
    with pytest.raises(BadValue):
        week.do(wish)
    assert week.starts() == before
