"""Hours of a week: by its start in the organisation's zone, co-trainers in full, what was delivered apart (L1)."""

import datetime as dt

from tests.factories import at, make_scheduled, prepared
from tests.services.planning.world import World
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning import board, lifecycle, workload
from trainer_desk.services.rules.load import LoadMinutes, load_of

WEEK = at("2026-07-06 00:00"), at("2026-07-13 00:00")


def minutes(world: World, *week: dt.datetime) -> dict[int, LoadMinutes]:
    """Ask the database, and expect the same from the rule that counts cards."""
    found = world.store.read(workload.trainer_minutes, *week)
    cards = world.store.read(board.load_board, *week).sessions
    assert found == load_of(cards, *week)
    return found


def test_a_week_counts_from_monday_to_sunday_of_the_organisation(world: World) -> None:
    for starts in ("2026-07-05 23:15", "2026-07-06 00:00", "2026-07-12 23:30", "2026-07-13 00:30"):
        world.scheduled(starts_at=at(starts), ends_at=at(starts) + dt.timedelta(minutes=45))
    assert minutes(world, *WEEK) == {world.ann: LoadMinutes(90, 0)}, "the last one counts whole, over midnight"


def test_co_trainers_count_in_full_and_drafts_not_at_all(world: World) -> None:
    world.scheduled(co_trainer_ids=(world.bo,), ends_at=at("2026-07-06 12:45"))
    world.draft(trainer_id=world.cy)
    cancelled = world.scheduled(
        trainer_id=world.bo, venue_id=world.hall, starts_at=at("2026-07-07 09:00"), ends_at=at("2026-07-07 10:00")
    )
    world.do(lifecycle.cancel, cancelled, "Snow")
    assert minutes(world, *WEEK) == {world.ann: LoadMinutes(225, 0), world.bo: LoadMinutes(225, 0)}


def test_what_was_delivered_stands_apart(world: World) -> None:
    with prepared(world.store) as db:
        for status, hour in (
            (SessionStatus.COMPLETED, 9),
            (SessionStatus.IN_PROGRESS, 11),
            (SessionStatus.SCHEDULED, 13),
        ):
            make_scheduled(
                db, course=world.fire, trainer=world.ann, venue=world.room, co_trainers=[world.bo],
                starts_at=at(f"2026-07-06 {hour:02}:00"), minutes=hour * 10, status=status,
            )  # fmt: skip
    assert minutes(world, *WEEK) == {world.ann: LoadMinutes(240, 90), world.bo: LoadMinutes(240, 90)}


def test_the_week_of_the_clock_change_has_an_hour_more(world: World) -> None:
    """Sunday 25 October 2026: from ten at night to six in the morning are nine hours."""
    starts_at, ends_at = at("2026-10-24 22:00"), at("2026-10-25 06:00")
    world.scheduled(starts_at=starts_at, ends_at=ends_at)
    week = at("2026-10-19 00:00"), at("2026-10-26 00:00")
    assert week[1] - week[0] == dt.timedelta(days=7, hours=1)
    assert minutes(world, *week) == {world.ann: LoadMinutes(540, 0)}
