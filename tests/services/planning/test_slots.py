"""The next free times of a session, read from both databases (C7)."""

import datetime as dt

from tests.factories import at, make_block, make_course, make_equipment, make_scheduled, prepared
from tests.services.planning.world import NOW, World
from trainer_desk.services.planning.slots import answer_slots, find_slots, slots_near
from trainer_desk.services.rows.slots import Slot


def told(slots: list[Slot]) -> list[tuple[str, str, str]]:
    """Give slots as (wall clock in Berlin, trainer, venue)."""
    zone = at("2026-07-01 00:00").tzinfo
    assert zone is dt.UTC
    return [
        (f"{slot.starts_at + dt.timedelta(hours=2):%a %d %H:%M}", slot.trainer_code, slot.venue_code) for slot in slots
    ]


def test_the_next_times_by_load_with_a_room_that_is_large_enough(world: World) -> None:
    world.scheduled(starts_at=at("2026-06-30 09:00"), ends_at=at("2026-06-30 10:00"))
    world.scheduled(starts_at=at("2026-07-01 13:00"), ends_at=at("2026-07-01 15:00"), trainer_id=world.bo)
    draft = world.draft(trainer_id=None, venue_id=None, starts_at=None, ends_at=None, capacity=20)
    slots = world.store.read(find_slots, draft, now=NOW, limit=4)
    assert told(slots) == [
        ("Wed 01 12:00", "ANN", "ROOM"),
        ("Wed 01 13:00", "ANN", "HALL"),
        ("Wed 01 14:00", "ANN", "HALL"),
        ("Wed 01 15:00", "ANN", "ROOM"),
    ], "Bo has two hours this week, and the room that seats twenty is taken from one to three"
    assert [slot.booked_minutes for slot in slots] == [60, 60, 60, 60]


def test_leave_closures_holidays_and_equipment_are_kept_free(world: World) -> None:
    with prepared(world.store) as db:
        beamer = make_equipment(db, "BEAMER")
        make_block(db, world.ann, at("2026-06-01 00:00"), at("2026-07-02 00:00"))
        make_block(db, world.bo, at("2026-07-01 00:00"), at("2026-07-03 00:00"))
        make_block(db, None, at("2026-07-02 00:00"), at("2026-07-03 00:00"), "Holiday")
        make_scheduled(db, starts_at=at("2026-07-03 08:00"), minutes=90, equipment=[beamer])
        make_block(db, world.room, at("2026-07-03 00:00"), at("2026-07-03 12:00"), "Painting")
        make_block(db, world.hall, at("2026-07-03 00:00"), at("2026-07-04 00:00"), "Painting")
    draft = world.draft(
        trainer_id=None, venue_id=None, starts_at=None, ends_at=None, capacity=20, equipment_ids=(beamer,)
    )
    slots = world.store.read(find_slots, draft, now=NOW, limit=4)
    assert told(slots) == [
        ("Fri 03 09:30", "ANN", "OTHER"),
        ("Fri 03 10:30", "ANN", "OTHER"),
        ("Fri 03 11:30", "ANN", "OTHER"),
        ("Fri 03 12:30", "ANN", "ROOM"),
    ], "the beamer is back at half past nine, the hall is closed, and a room without a number of seats comes last"


def test_the_nearest_times_of_a_scheduled_session_keep_its_trainer_and_room(world: World) -> None:
    session = world.scheduled()
    world.scheduled(starts_at=at("2026-07-07 09:00"), ends_at=at("2026-07-07 11:00"))
    near = at("2026-07-07 09:30")
    answer = world.store.read(
        slots_near, session, near, now=NOW, limit=4, fixed_trainer=world.ann, fixed_venue=world.room
    )
    assert told(list(answer.slots)) == [
        ("Tue 07 08:00", "ANN", "ROOM"),
        ("Tue 07 11:00", "ANN", "ROOM"),
        ("Tue 07 12:00", "ANN", "ROOM"),
        ("Tue 07 13:00", "ANN", "ROOM"),
    ]


def test_the_own_place_of_a_session_is_free_for_it(world: World) -> None:
    session = world.scheduled()
    near = at("2026-07-06 09:30")
    answer = world.store.read(slots_near, session, near, now=NOW, limit=1, fixed_trainer=world.ann)
    assert told(list(answer.slots)) == [("Mon 06 09:30", "ANN", "ROOM")]


def test_what_a_week_does_not_give_is_found_in_the_weeks_after(world: World) -> None:
    with prepared(world.store) as db:
        make_block(db, None, at("2026-07-01 00:00"), at("2026-07-07 16:00"), "Holiday")
        make_block(db, None, at("2026-07-08 00:00"), at("2026-07-28 14:30"), "Holiday")
    draft = world.draft(venue_id=None, starts_at=None, ends_at=None, capacity=20)
    slots = world.store.read(find_slots, draft, now=NOW, limit=4)
    assert [when for when, _who, _where in told(slots)] == ["Tue 07 16:00", "Tue 28 14:30", "Tue 28 15:30"]


def test_why_there_is_none(world: World) -> None:
    huge = world.draft(starts_at=None, ends_at=None, capacity=500, venue_id=None)
    small = world.draft(starts_at=None, ends_at=None, trainer_id=None)
    with prepared(world.store) as db:
        make_block(db, None, at("2026-07-01 00:00"), at("2026-08-01 00:00"), "Holiday")
        first_aid = make_course(db)
        make_block(db, world.other_room, NOW, at("2026-08-01 00:00"), "Painting")
    never = world.draft(starts_at=None, ends_at=None, course_id=first_aid, trainer_id=None)
    for session, codes in ((huge, ["nothing_free"]), (small, ["nothing_free"]), (never, ["nobody_qualified"])):
        answer = world.store.read(answer_slots, session, now=NOW)
        assert (answer.slots, [reason.code for reason in answer.lacking]) == ((), codes)
