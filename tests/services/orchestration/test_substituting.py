"""A trainer is replaced in all sessions of a period in one change, which one undo takes back (C8)."""

import pytest

from tests.databases import StoreFactory
from tests.factories import at, make_block, prepared
from tests.services.planning.world import NOW, World, make_world
from trainer_desk.services.errors import BadValue, NotFound, WrongState
from trainer_desk.services.orchestration import substituting
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning import lifecycle
from trainer_desk.services.rows.substitutes import StandIns, Substituted

WEEK = at("2026-07-06 00:00"), at("2026-07-13 00:00")


@pytest.fixture
def world(store_factory: StoreFactory) -> World:
    return make_world(store_factory)


def foresee(world: World) -> StandIns:
    return world.store.read(substituting.foresee_period, world.ann, *WEEK, now=NOW)


def replace_all(world: World, choices: dict[int, int]) -> Substituted:
    found: Substituted = world.do(substituting.substitute, world.ann, choices)
    return found


def test_a_week_is_shared_out_and_one_undo_brings_it_back(world: World) -> None:
    first = world.scheduled()
    second = world.scheduled(starts_at=at("2026-07-06 10:00"), ends_at=at("2026-07-06 11:00"))
    helped = world.scheduled(
        trainer_id=world.bo, co_trainer_ids=(world.ann,), venue_id=world.hall,
        starts_at=at("2026-07-08 09:00"), ends_at=at("2026-07-08 10:00"),
    )  # fmt: skip
    later = world.scheduled(starts_at=at("2026-07-13 09:00"), ends_at=at("2026-07-13 10:00"))
    with prepared(world.store) as db:
        make_block(db, world.bo, at("2026-07-06 10:30"), at("2026-07-06 12:00"))
    found = foresee(world)
    assert [(one.card.id, one.proposed and one.proposed.id) for one in found.sessions] == [
        (first, world.bo), (second, None), (helped, None),
    ]  # fmt: skip
    assert [one.reasons[0].code for one in found.sessions] == ["only_trainer", "others_taken", "nobody_else_qualified"]
    before = [world.columns(key, "version", "updated_at") for key in (first, second, helped, later)]
    change = replace_all(world, {first: world.bo})
    assert change == Substituted((world.ref(first),))
    assert [world.card(key).trainer_id for key in (first, second, later)] == [world.bo, world.ann, world.ann]
    assert {claim[0] for claim in world.claims(first)} == {world.bo, world.room}
    undo_last(world.store)
    assert [world.columns(key, "version", "updated_at") for key in (first, second, helped, later)] == before
    assert {claim[0] for claim in world.claims(first)} == {world.ann, world.room}


def test_what_cannot_be_taken_is_told_and_the_rest_goes_through(world: World) -> None:
    first, second = world.scheduled(), world.scheduled(starts_at=at("2026-07-06 10:00"), ends_at=at("2026-07-06 11:00"))
    with prepared(world.store) as db:
        make_block(db, world.bo, at("2026-07-06 10:30"), at("2026-07-06 12:00"))
    third = world.scheduled(starts_at=at("2026-07-06 13:00"), ends_at=at("2026-07-06 14:00"))
    world.edit(third, trainer_id=world.bo)
    change = replace_all(world, {first: world.bo, second: world.bo, third: world.bo})
    assert change.done == (world.ref(first),)
    assert [(ref, error.code) for ref, error in change.refused] == [
        (world.ref(second), "trainer_away"), (world.ref(third), "stale"),
    ]  # fmt: skip
    assert (world.card(second).trainer_id, world.card(third).trainer_id) == (world.ann, world.bo)


def test_only_what_is_coming_and_not_cancelled_concerns_a_period(world: World) -> None:
    gone, over = world.scheduled(), world.scheduled(starts_at=at("2026-07-01 09:00"), ends_at=at("2026-07-01 10:00"))
    world.do(lifecycle.cancel, gone, "Snow")
    draft = world.draft(starts_at=at("2026-07-02 09:00"), ends_at=at("2026-07-02 10:00"))
    found = world.store.read(
        substituting.foresee_period, world.ann, at("2026-06-29 00:00"), at("2026-07-13 00:00"), now=NOW
    )
    assert [one.card.id for one in found.sessions] == [draft]
    assert [
        one.card.id for one in world.store.read(substituting.foresee_session, draft, world.ann, now=NOW).sessions
    ] == [draft]
    with pytest.raises(WrongState):
        world.store.read(substituting.foresee_session, gone, world.ann, now=NOW)
    for trainer, session in ((world.bo, over), (world.room, draft)):
        with pytest.raises(NotFound):
            world.store.read(substituting.foresee_session, session, trainer, now=NOW)
    with pytest.raises(BadValue):
        replace_all(world, {})
