"""A venue gets parts or another turnaround: what stands there is claimed anew, closures too, or it is refused (C3)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from tests.services.planning.world import ELEVEN, NINE, NOON, TEN, World
from trainer_desk.models import Claim, Venue
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning import blocks
from trainer_desk.services.planning.reclaiming import reclaim_venues


def rebuild(db: Any, venues: Mapping[int, Mapping[str, Any]], **_facts: Any) -> None:
    """Change columns of venues and claim anew, as an import does."""
    touched = set(venues)
    for venue, columns in venues.items():
        db.execute(sa.update(Venue).where(Venue.id == venue).values(**columns))
        touched |= {columns["part_of_id"]} - {None} if "part_of_id" in columns else set()
    reclaim_venues(db, touched)


def require_sound(world: World) -> None:
    with world.store.snapshot() as db:
        assert check_database(db) == []


def taken(world: World, session: int) -> set[int]:
    return {resource for resource, _starts, _ends in world.claims(session)}


def test_a_room_gets_parts_and_what_stands_in_it_takes_them(each_world: World) -> None:
    world = each_world
    session = world.scheduled()
    closure = world.do(blocks.add_block, world.room, ELEVEN, NOON, "Paint")
    parts = {world.hall_a: {"part_of_id": world.room}, world.hall_b: {"part_of_id": world.room}}
    world.do(rebuild, parts)
    assert taken(world, session) == {world.ann, world.hall_a, world.hall_b}
    with world.store.reading() as db:
        blocked = set(db.scalars(sa.select(Claim.resource_id).where(Claim.block_id == closure)))
    assert blocked == {world.hall_a, world.hall_b}
    require_sound(world)
    with pytest.raises(DeskError) as refusal:
        world.scheduled(venue_id=world.hall_a, trainer_id=world.bo, starts_at=ELEVEN, ends_at=NOON)
    assert refusal.value.code == "venue_closed"


def test_parts_become_rooms_of_their_own(world: World) -> None:
    session = world.scheduled(venue_id=world.hall)
    world.do(
        rebuild, {world.hall_a: {"part_of_id": None}, world.hall: {"site": "North"}, world.hall_b: {"part_of_id": None}}
    )
    assert taken(world, session) == {world.ann, world.hall}
    require_sound(world)


def test_a_longer_turnaround_lengthens_what_stands_there(world: World) -> None:
    session = world.scheduled()
    world.do(rebuild, {world.room: {"turnaround_minutes": 30}})
    assert (world.room, NINE, TEN + dt.timedelta(minutes=30)) in world.claims(session)
    assert (world.ann, NINE, TEN) in world.claims(session)
    require_sound(world)


CLASHES: dict[str, dict[str, dict[str, Any]]] = {
    "a turnaround into the next": {"room": {"turnaround_minutes": 30}},
    "two rooms that are busy at once become one": {"other_room": {"part_of_id": "room"}},
}


@pytest.mark.parametrize("venues", CLASHES.values(), ids=CLASHES.keys())
def test_what_would_clash_is_refused_whole(each_world: World, venues: dict[str, dict[str, Any]]) -> None:
    world = each_world
    sessions = [
        world.scheduled(),
        world.scheduled(starts_at=TEN, ends_at=ELEVEN),
        world.scheduled(venue_id=world.other_room, trainer_id=world.bo),
    ]
    before = world.claims(*sessions)
    changes = {
        getattr(world, name): {
            key: getattr(world, value) if isinstance(value, str) else value for key, value in own.items()
        }
        for name, own in venues.items()
    }
    with pytest.raises(DeskError):
        world.do(rebuild, changes)
    assert world.claims(*sessions) == before
    require_sound(world)


def test_absence_of_the_trainer_meanwhile_is_no_hindrance(world: World) -> None:
    """Who fell ill over a session still has its claim; the room's parts are claimed all the same."""
    session = world.scheduled(venue_id=world.hall)
    world.do(blocks.add_block, world.ann, NINE, NOON, "Illness")
    world.do(blocks.add_block, world.hall, NINE, NOON, "Water")
    world.do(rebuild, {world.hall_b: {"part_of_id": world.hall_a}})
    assert taken(world, session) == {world.ann, world.hall_b}
    require_sound(world)
