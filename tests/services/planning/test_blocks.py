"""Leave, closures and holidays stand in the way of new sessions, and may come over old ones and each other (C4)."""

from collections.abc import Callable

import pytest

from tests.factories import at
from tests.services.planning.world import ELEVEN, NINE, NOON, TEN, World, told
from trainer_desk.services.errors import BadValue, Refused
from trainer_desk.services.planning import blocks, board, publishing
from trainer_desk.texts import error_text

Blocked = Callable[[World], int | None]
BLOCKS: dict[str, tuple[Blocked, tuple[str, str, str | None]]] = {
    "leave": (lambda world: world.ann, ("trainer_away", "trainer", "ANN")),
    "leave of a co-trainer": (lambda world: world.bo, ("trainer_away", "co_trainers", "BO")),
    "closure": (lambda world: world.hall, ("venue_closed", "venue", "HALL")),
    "closure of a part": (lambda world: world.hall_b, ("venue_closed", "venue", "HALL")),
    "holiday": (lambda world: None, ("venue_closed", "start", None)),
}
SPANS = {
    "ends as it starts": ("2026-07-05 00:00", "2026-07-06 09:00", True),
    "last minute": ("2026-07-05 00:00", "2026-07-06 09:01", False),
    "a month around it": ("2026-06-20 00:00", "2026-07-20 00:00", False),
    "inside": ("2026-07-06 09:20", "2026-07-06 09:40", False),
    "starts as it ends": ("2026-07-06 10:00", "2026-07-07 00:00", True),
}


@pytest.mark.parametrize(("starts", "ends", "fits"), SPANS.values(), ids=SPANS.keys())
@pytest.mark.parametrize(("blocked", "problem"), BLOCKS.values(), ids=BLOCKS.keys())
def test_nothing_new_is_scheduled_over_a_block(
    world: World, blocked: Blocked, problem: tuple[str, str, str | None], starts: str, ends: str, fits: bool
) -> None:
    world.do(blocks.add_block, blocked(world), at(starts), at(ends), "Stocktaking")
    session = world.draft(venue_id=world.hall, co_trainer_ids=(world.bo,))
    if fits:
        assert world.do(publishing.publish, session) == ()
        return
    with pytest.raises(Refused) as refusal:
        world.do(publishing.publish, session)
    assert told(refusal.value.findings) == [problem]
    assert refusal.value.findings[0].facts["reason"] == "Stocktaking"
    assert not world.claims(session)


def test_a_scheduled_session_is_not_moved_under_a_block(each_world: World) -> None:
    world = each_world
    world.do(blocks.add_block, world.ann, TEN, ELEVEN, "Dentist")
    session = world.scheduled()
    with pytest.raises(Refused) as refusal:
        world.edit(session, starts_at=TEN, ends_at=ELEVEN)
    assert told(refusal.value.findings) == [("trainer_away", "trainer", "ANN")]
    assert world.card(session).starts_at == NINE


@pytest.mark.parametrize(("blocked", "problem"), BLOCKS.values(), ids=BLOCKS.keys())
def test_a_block_may_come_over_what_stands_there(
    each_world: World, blocked: Blocked, problem: tuple[str, str, str | None]
) -> None:
    world = each_world
    session = world.scheduled(venue_id=world.hall, co_trainer_ids=(world.bo,))
    claims = world.claims(session)
    for reason in ("First", "Second, over the first"):
        world.do(blocks.add_block, blocked(world), NINE, NOON, reason)
    assert world.claims(session) == claims
    found = world.store.read(publishing.session_findings, session, now=world.clock.instant)
    assert told(found) == [problem, problem]


def test_a_block_is_named_once_for_a_venue_of_many_parts(world: World) -> None:
    world.do(blocks.add_block, world.hall, NINE, TEN, "Floor")
    session = world.draft(venue_id=world.hall)
    with pytest.raises(Refused) as refusal:
        world.do(publishing.publish, session)
    assert told(refusal.value.findings) == [("venue_closed", "venue", "HALL")]


def test_blocks_of_others_are_nobodys_business(world: World) -> None:
    world.do(blocks.add_block, world.bo, NINE, TEN, "Leave")
    world.do(blocks.add_block, world.other_room, NINE, TEN, "Paint")
    world.do(blocks.add_block, world.hall_a, NINE, TEN, "Paint")
    assert world.scheduled(venue_id=world.hall_b)


def test_a_block_ends_after_it_starts(world: World) -> None:
    with pytest.raises(BadValue) as refusal:
        world.do(blocks.add_block, world.ann, TEN, TEN, "Nothing")
    assert "end" in error_text(refusal.value)
    assert world.store.read(board.blocks_between, NINE, NOON) == []
