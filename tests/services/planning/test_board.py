"""The board shows what overlaps a range, undated drafts beside it, and nothing from the trash (V1)."""

import datetime as dt

import pytest

from tests.factories import at, make_enrollment, make_equipment, make_people, prepared
from tests.services.planning.world import NINE, NOON, TEN, World
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning import blocks, board, claims, drafts, lifecycle
from trainer_desk.services.rows.schedule import BlockRow

DAY = at("2026-07-06 00:00"), at("2026-07-07 00:00")
SPANS: dict[str, tuple[str | None, str | None, bool]] = {
    "ends as the day begins": ("2026-07-05 22:00", "2026-07-06 00:00", False),
    "into the day": ("2026-07-05 22:00", "2026-07-06 00:01", True),
    "24 hours up to its begin": ("2026-07-05 00:00", "2026-07-06 00:00", False),
    "24 hours into it": ("2026-07-05 00:01", "2026-07-06 00:01", True),
    "within": ("2026-07-06 09:00", "2026-07-06 10:00", True),
    "out of the day": ("2026-07-06 23:59", "2026-07-07 01:00", True),
    "begins as it ends": ("2026-07-07 00:00", "2026-07-07 01:00", False),
    "a start and no end": ("2026-07-06 09:00", None, True),
    "a start and no end, the day before": ("2026-07-05 09:00", None, False),
    "backwards": ("2026-07-06 09:00", "2026-07-06 08:00", True),
}


@pytest.mark.parametrize(("starts", "ends", "is_shown"), SPANS.values(), ids=SPANS.keys())
def test_what_overlaps_the_range_is_shown(world: World, starts: str | None, ends: str | None, is_shown: bool) -> None:
    session = world.draft(starts_at=starts and at(starts), ends_at=ends and at(ends))
    shown = world.store.read(board.load_board, *DAY)
    assert [card.id for card in shown.sessions] == ([session] if is_shown else [])
    assert shown.undated == ()
    assert (shown.starts_at, shown.ends_at) == DAY


def test_undated_drafts_lie_in_the_tray_whatever_the_range(world: World) -> None:
    undated = world.draft(starts_at=None, ends_at=None, co_trainer_ids=(world.bo,))
    dated = world.draft()
    shown = world.store.read(board.load_board, at("2027-01-01 00:00"), at("2027-02-01 00:00"))
    assert shown.sessions == ()
    assert [(card.id, card.co_trainer_ids) for card in shown.undated] == [(undated, (world.bo,))]
    for session in (undated, dated):
        world.do(drafts.delete_session, session)
    shown = world.store.read(board.load_board, *DAY)
    assert (shown.sessions, shown.undated) == ((), ())
    assert world.detail(undated).deleted_at, "it can still be looked at"


def test_cancelled_sessions_are_on_the_board_and_undated_ones_not_in_the_tray(world: World) -> None:
    dated, undated = world.draft(), world.draft(starts_at=None)
    for session in (dated, undated):
        world.do(lifecycle.cancel, session, "Snow")
    shown = world.store.read(board.load_board, *DAY)
    assert [card.id for card in shown.sessions] == [dated]
    assert shown.undated == ()


def test_a_card_says_all_that_is_drawn(world: World) -> None:
    with prepared(world.store) as db:
        beamer = make_equipment(db)
    session = world.scheduled(co_trainer_ids=(world.bo,), equipment_ids=(beamer,), capacity=9, title="Fire!")
    with prepared(world.store) as db:
        for person, state in zip(make_people(db, 3), EnrollmentState, strict=False):
            make_enrollment(db, session, person, state)
    (card,) = world.store.read(board.load_board, *DAY).sessions
    assert card == world.card(session) == world.store.read(board.load_cards, [session])[session]
    assert (card.starts_at, card.ends_at, card.status) == (NINE, TEN, SessionStatus.SCHEDULED)
    assert (card.trainer_ids, card.equipment_ids) == ((world.ann, world.bo), (beamer,))
    assert (card.capacity, card.seats_taken, card.title, card.version) == (9, 2, "Fire!", 2)
    assert world.detail(session).waiting == 1
    assert world.store.read(board.find_session, card.ref) == session


def test_sessions_come_by_start(world: World) -> None:
    later = world.draft(starts_at=TEN, ends_at=NOON)
    first, second = world.draft(), world.draft()
    shown = world.store.read(board.load_board, *DAY)
    assert [card.id for card in shown.sessions] == [first, second, later]


def test_blocks_of_the_range_are_shown(world: World) -> None:
    spans = {
        "over": ("2026-06-01", "2026-08-01"),
        "before": ("2026-07-05", "2026-07-06"),
        "in": ("2026-07-06", "2026-07-07"),
    }
    made = {
        reason: world.do(blocks.add_block, resource, at(f"{starts} 00:00"), at(f"{ends} 00:00"), reason)
        for (reason, (starts, ends)), resource in zip(spans.items(), (None, world.ann, world.hall), strict=True)
    }
    shown = world.store.read(board.load_board, *DAY)
    assert shown.blocks == (
        BlockRow(made["over"], None, at("2026-06-01 00:00"), at("2026-08-01 00:00"), "over"),
        BlockRow(made["in"], world.hall, *DAY, "in"),
    )


def test_claims_tell_what_takes_a_resource(world: World) -> None:
    session = world.scheduled(title="Fire!", venue_id=world.hall)
    leave = world.do(blocks.add_block, world.ann, at("2026-06-01 00:00"), at("2026-08-01 00:00"), "Long leave")
    resources = [world.ann, world.hall_a, world.bo]
    found = world.store.read(claims.claims_between, resources, NINE, TEN)
    said = {
        (row.resource_id, row.session_id, row.session_ref, row.session_title, row.block_id, row.reason) for row in found
    }
    ref = world.ref(session)
    assert said == {
        (world.ann, session, ref, "Fire!", None, None),
        (world.hall_a, session, ref, "Fire!", None, None),
        (world.ann, None, None, None, leave, "Long leave"),
    }
    for span in ((NINE - dt.timedelta(hours=1), NINE), (TEN, NOON)):
        assert {row.block_id for row in world.store.read(claims.claims_between, resources, *span)} == {leave}
    assert world.store.read(claims.claims_between, [], NINE, TEN) == []


def test_what_is_not_there_cannot_be_shown(world: World) -> None:
    for query, key in ((board.load_session, 987654), (board.load_card, 987654), (board.find_session, "NOBODY")):
        with pytest.raises(NotFound):
            world.store.read(query, key)
    assert world.store.read(board.load_cards, [987654]) == {}
