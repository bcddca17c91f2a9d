"""What helps those of many sessions that clash, and what somebody else changed since they were shown (R5)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_block, make_draft, prepared
from tests.services.orchestration.test_bulk import (
    DAY,
    HOUR,
    LEAVE,
    NOW,
    ONE_DAY,
    Week,
    chosen,
    fates,
    kinds,
    shown,
    week,
)
from trainer_desk.models import Change
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import NotFound
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish, Shown
from trainer_desk.services.rows.previews import Fate, Remedy, RemedyKind
from trainer_desk.texts import error_text

__all__ = ["week"]

LATER = {"starts_at": MONDAY + 3 * HOUR, "ends_at": MONDAY + 4 * HOUR}
WEEK = BulkWish(BulkVerb.MOVE, days=7)
PUBLISH = BulkWish(BulkVerb.PUBLISH)


def test_another_venue_helps_one_that_clashes_and_is_done_with_the_rest(week: Week) -> None:
    with prepared(week.store) as db:
        make_block(db, week.room_a, MONDAY + DAY * 3, MONDAY + DAY * 4)
    rehearsed = week.do(ONE_DAY, dry_run=True)
    last = rehearsed[2]
    assert last.remedies[0] == Remedy(RemedyKind.VENUE, week.room_b)
    assert kinds(last) == [RemedyKind.VENUE, RemedyKind.SHIFT, RemedyKind.SKIP]
    done = week.do(ONE_DAY, chosen(**{"S-2": last.remedies[0]}))
    assert fates(done) == [Fate.FINE] * 3, "the others follow onto the places that are free now"
    assert [week.card(one).venue_id for one in week.days] == [week.room_a, week.room_a, week.room_b]
    assert week.is_sound()
    undo_last(week.store)
    assert {week.card(one).venue_id for one in week.days} == {week.room_a}


def test_another_time_and_another_trainer_help_too(week: Week) -> None:
    wish = BulkWish(BulkVerb.TRAINER, value=week.aisha)
    busy = week.do(wish, dry_run=True)[1]
    assert kinds(busy) == [RemedyKind.TRAINER, RemedyKind.SHIFT, RemedyKind.SKIP]
    shift = next(one for one in busy.remedies if one.kind is RemedyKind.SHIFT)
    done = week.do(wish, chosen(**{"S-1": shift}))
    assert fates(done) == [Fate.FINE] * 3
    moved = week.card(week.days[1])
    assert (moved.trainer_id, moved.starts_at, moved.length) == (week.aisha, shift.starts_at, HOUR)


def test_a_holiday_is_helped_by_the_next_open_day(week: Week) -> None:
    with prepared(week.store) as db:
        make_block(db, None, MONDAY + DAY * 8, MONDAY + DAY * 8 + HOUR)
    lines = week.do(BulkWish(BulkVerb.MOVE, days=7), dry_run=True)
    assert fates(lines) == [Fate.FINE, Fate.REFUSED, Fate.FINE]
    assert Remedy(RemedyKind.SHIFT, starts_at=MONDAY + DAY * 9) in lines[1].remedies


def test_drafts_are_scheduled_with_what_was_chosen_for_each(week: Week) -> None:
    with prepared(week.store) as db:
        course = week.card(week.days[0]).course_id
        week.days = [
            make_draft(db, course=course, trainer=week.john, venue=week.room_a, starts_at=MONDAY + DAY * n, minutes=60)
            for n in (0, 1, 4)
        ]
        bare = make_draft(db, course=course)
        week.days.append(bare)
    lines = week.do(PUBLISH, dry_run=True)
    assert fates(lines) == [Fate.REFUSED, Fate.REFUSED, Fate.FINE, Fate.REFUSED]
    assert kinds(lines[3]) == [RemedyKind.SKIP], "it has no time, so nobody can be free"
    assert kinds(lines[0]) == [RemedyKind.TRAINER, RemedyKind.VENUE, RemedyKind.SHIFT, RemedyKind.SKIP]
    shift = next(one for one in lines[0].remedies if one.kind is RemedyKind.SHIFT)
    done = week.do(PUBLISH, chosen(**{lines[0].key: shift, lines[1].key: LEAVE, lines[3].key: LEAVE}))
    assert sorted(fates(done)) == sorted([Fate.FINE, Fate.FINE, Fate.SKIPPED, Fate.SKIPPED])
    states = [week.card(one).status for one in week.days]
    assert states == [SessionStatus.SCHEDULED, SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.DRAFT]
    assert week.card(week.days[0]).starts_at == shift.starts_at
    undo_last(week.store)
    assert {week.card(one).status for one in week.days} == {SessionStatus.DRAFT}
    assert week.card(week.days[0]).starts_at == MONDAY


def test_duplicates_stand_at_the_same_time_with_a_warning_or_moved_by_choice(week: Week) -> None:
    lines = week.do(BulkWish(BulkVerb.DUPLICATE), dry_run=True)
    assert fates(lines) == [Fate.WARNED] * 3
    assert {one.code for one in lines[0].findings} >= {"trainer_busy", "venue_busy"}
    shift = next(one for one in lines[0].remedies if one.kind is RemedyKind.SHIFT)
    before = week.count()
    done = week.do(BulkWish(BulkVerb.DUPLICATE), chosen(**{"S-0": shift, "S-1": LEAVE}))
    assert week.count() == (before or 0) + 2
    assert next(line for line in done if line.key == "S-0").card.starts_at == shift.starts_at
    assert week.starts() == [MONDAY + DAY * n for n in range(3)], "what was copied stays"


def test_what_is_refused_half_way_leaves_nothing_of_what_was_chosen(week: Week) -> None:
    with prepared(week.store) as db:
        course = week.card(week.days[0]).course_id
        week.days = [make_draft(db, course=course, trainer=week.john, starts_at=MONDAY + DAY * 9, minutes=60, ref="D")]
    before, count = week.cards(), week.count()
    assert fates(week.do(PUBLISH, chosen(D=Remedy(RemedyKind.TRAINER, week.aisha)))) == [Fate.REFUSED]
    assert week.cards() == before, "without a venue it stays a draft, and so does its trainer"
    nobody = Remedy(RemedyKind.TRAINER, 99_999)
    assert fates(week.do(BulkWish(BulkVerb.COPY, days=7), chosen(D=nobody))) == [Fate.REFUSED]
    assert (week.cards(), week.count()) == (before, count)


def test_somebody_who_is_not_there_cannot_be_chosen(week: Week) -> None:
    lines = week.do(ONE_DAY, chosen(**{"S-2": Remedy(RemedyKind.TRAINER, 99_999)}))
    assert fates(lines)[2] is Fate.REFUSED
    assert isinstance(lines[2].error, NotFound)
    assert week.is_sound()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (LATER, "start and end"),
        ({"venue_id": "room_b"}, "venue"),
        ({"trainer_id": "aisha"}, "trainer"),
        ({"capacity": 4}, "capacity"),
    ],
    ids=["time", "venue", "trainer", "capacity"],
)
def test_what_somebody_changed_since_it_was_shown_holds_all_back_and_is_told(
    week: Week, store_factory: StoreFactory, change: dict[str, object], said: str
) -> None:
    seen = week.do(WEEK, dry_run=True)
    fields = {name: getattr(week, value) if isinstance(value, str) else value for name, value in change.items()}
    mary = store_factory(FixedClock(NOW + dt.timedelta(minutes=5)))
    mary.write("Edit", scheduling.edit_session, week.days[0], fields)
    before, newest = week.cards(), week.newest()
    lines = week.do(WEEK, shown(seen))
    assert (week.cards(), week.newest()) == (before, newest), "nothing was written"
    assert [line.changed is not None for line in lines] == [True, False, False]
    assert lines[0].changed is not None
    sentence = error_text(lines[0].changed, None)
    assert sentence.endswith(f": {said}. Look again."), sentence
    assert mary.actor in sentence
    hers = week.store.read(lambda db: db.scalar(sa.select(Change.at).where(Change.id == newest)))
    assert lines[0].changed.facts["at"] == hers, "not that of the rehearsal itself"
    again = week.do(WEEK, shown(lines))
    assert fates(again) == fates(lines) == [Fate.FINE] * 3
    assert week.card(week.days[0]).starts_at == (before[0].starts_at or MONDAY) + DAY * 7


def test_notes_that_somebody_wrote_hold_nobody_back(week: Week) -> None:
    seen = week.do(ONE_DAY, dry_run=True)
    week.store.write("Edit", scheduling.edit_session, week.days[0], {"notes": "Bring masks"})
    assert fates(week.do(ONE_DAY, shown(seen))) == [Fate.FINE] * 3
    assert week.starts() == [MONDAY + DAY * (n + 1) for n in range(3)]


def test_what_was_left_out_may_have_changed(week: Week) -> None:
    seen = week.do(ONE_DAY, chosen(**{"S-0": LEAVE, "S-1": LEAVE, "S-2": LEAVE}), dry_run=True)
    week.store.write("Edit", scheduling.edit_session, week.days[2], {"capacity": 4})
    lines = week.do(BulkWish(BulkVerb.MOVE, days=7), Shown({"S-2": LEAVE}, shown(seen).before))
    assert fates(lines) == [Fate.FINE, Fate.FINE, Fate.SKIPPED]


def test_what_went_into_the_trash_meanwhile_is_refused_alone(week: Week) -> None:
    with prepared(week.store) as db:
        course = week.card(week.days[0]).course_id
        draft = make_draft(db, course=course, starts_at=MONDAY + DAY * 20, minutes=60)
    week.days.append(draft)
    for wish in (ONE_DAY, BulkWish(BulkVerb.COPY, days=7)):
        seen = week.do(wish, dry_run=True)
        week.store.write("Delete", scheduling.delete_session, draft)
        lines = week.do(wish, shown(seen), dry_run=True)
        assert fates(lines) == [Fate.FINE] * 3 + [Fate.REFUSED]
        assert isinstance(lines[3].error, NotFound)
        undo_last(week.store)
