"""Trainer and venue lanes under a real mouse."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.pointer import LEFT, carry, centre, drag, find, lane_place, nothing_asked, shown, wall_clock
from trainer_desk.views.schedule import lane_paint, verdict
from trainer_desk.views.schedule.lanes import TrainerLanes, VenueLanes
from trainer_desk.views.schedule.requests import UNCHANGED, Taken
from trainer_desk.views.schedule.verdict import Level

JOHN, AISHA, DIEGO, FEMI, INGRID = 101, 102, 104, 106, 107
ROOM_A, YARD = 201, 203


@pytest.fixture
def trainers(qtbot: QtBot) -> TrainerLanes:
    view = TrainerLanes()
    shown(qtbot, view)
    return view


def test_lanes_are_everybody_by_name_with_load_and_target(trainers: TrainerLanes) -> None:
    assert trainers.shown is not None
    names = [trainers.names()[lane.resource_id][0] for lane in trainers.lanes.lanes if lane.resource_id]
    assert names == sorted(boards.TRAINERS)
    assert lane_paint.booked_text(trainers, JOHN) == "12h booked this week"


def test_dragging_to_another_lane_asks_for_the_trainer(trainers: TrainerLanes, qtbot: QtBot) -> None:
    session = find(trainers, "Forklift Operator", 28)
    start = centre(trainers, session)
    with qtbot.waitSignal(trainers.place_requested) as asked:
        drag(trainers, start, QPoint(start.x(), lane_place(trainers, AISHA, 5, 0).y()))
    request = asked.args[0]
    assert (request.trainer_id, request.venue_id) == (AISHA, UNCHANGED)
    assert wall_clock(request.starts_at) == (28, 8, 0)


def test_sideways_moves_in_time_only(trainers: TrainerLanes, qtbot: QtBot) -> None:
    session = find(trainers, "Forklift Operator", 28)
    start = centre(trainers, session)
    with qtbot.waitSignal(trainers.place_requested) as asked:
        drag(trainers, start, start + QPoint(round(trainers.lanes.hour * 2), 3))
    assert asked.args[0].trainer_id is UNCHANGED
    assert wall_clock(asked.args[0].starts_at) == (28, 10, 0)


def test_the_right_edge_resizes(trainers: TrainerLanes, qtbot: QtBot) -> None:
    session = find(trainers, "Forklift Operator", 28)
    start = centre(trainers, session, across=0.99)
    with qtbot.waitSignal(trainers.place_requested) as asked:
        drag(trainers, start, start + QPoint(round(trainers.lanes.hour), 0))
    assert wall_clock(asked.args[0].starts_at) == (28, 8, 0)
    assert wall_clock(asked.args[0].ends_at) == (28, 13, 0)


def test_drawing_on_a_lane_asks_for_a_draft_with_its_trainer(trainers: TrainerLanes, qtbot: QtBot) -> None:
    with qtbot.waitSignal(trainers.create_requested) as asked:
        drag(trainers, lane_place(trainers, AISHA, 1, 10 * 60 + 1), lane_place(trainers, AISHA, 1, 12 * 60 + 1))
    starts_at, ends_at, lane = asked.args
    assert (wall_clock(starts_at), wall_clock(ends_at), lane) == ((24, 10, 0), (24, 12, 0), AISHA)


def test_an_unqualified_trainer_blocks_what_is_scheduled(trainers: TrainerLanes, qtbot: QtBot) -> None:
    session = find(trainers, "Confined Space Entry", 25)
    start = centre(trainers, session)
    with nothing_asked(qtbot, trainers), qtbot.waitSignal(trainers.refused) as refused:
        drag(trainers, start, QPoint(start.x(), lane_place(trainers, FEMI, 2, 0).y()))
    assert [finding.code for finding in refused.args[0]] == ["trainer_not_qualified"]
    assert trainers.shown is not None
    card = trainers.shown.cards[session]
    unfit = verdict.unqualified_lanes(card, boards.NOW, boards.directory())
    assert FEMI in unfit
    assert INGRID not in unfit


def test_the_row_without_trainer_is_pinned_and_can_be_emptied(qtbot: QtBot) -> None:
    view = TrainerLanes()
    lonely = replace(boards.week_cards()[25], id=777, trainer_id=None, venue_id=None)
    shown(qtbot, view, boards.busy_week(extra=[lonely]))
    view.resize(1130, 400)
    view.ensure_layout()
    assert view.lanes.lanes[0].resource_id is None
    top = centre(view, 777)
    view.verticalScrollBar().setValue(200)
    assert centre(view, 777) == top
    assert view.piece_at(top.toPointF()) == view.laid.by_session[777][0]
    with qtbot.waitSignal(view.place_requested) as asked:
        drag(view, top, QPoint(top.x(), view.viewport().height() - 60))
    assert asked.args[0].session_id == 777
    assert isinstance(asked.args[0].trainer_id, int)


def test_a_co_trainers_piece_moves_in_time_only(qtbot: QtBot) -> None:
    view = TrainerLanes()
    start = boards.instant(boards.MONDAY, 9)
    pair = replace(boards.card(1, "Fire Warden", start, start + timedelta(hours=3)), co_trainer_ids=(AISHA,))
    shown(qtbot, view, boards.only(pair))
    lead, co = sorted(view.laid.by_session[1], key=lambda piece: view.lane_of(piece) != JOHN)
    assert (view.lane_of(lead), view.lane_of(co)) == (JOHN, AISHA)
    assert view.resources(pair, DIEGO, lead) == Taken(trainer_id=DIEGO)
    assert view.resources(pair, DIEGO, co) == Taken()


def test_a_tray_card_takes_time_and_lane(trainers: TrainerLanes, qtbot: QtBot) -> None:
    card = boards.undated_cards()[1]
    trainers.external_drag_begin(card)
    spot = trainers.viewport().mapToGlobal(lane_place(trainers, INGRID, 3, 9 * 60 + 4))
    trainers.external_drag_move(spot)
    drag_now = trainers.gestures.drag
    assert drag_now is not None
    assert drag_now.target is not None
    assert drag_now.target.verdict.level is Level.OK
    assert drag_now.target.lines[-1] == "Ingrid Solberg: 10h booked this week after this"
    with qtbot.waitSignal(trainers.place_requested) as asked:
        assert trainers.external_drag_drop(spot)
    request = asked.args[0]
    assert (request.session_id, request.trainer_id) == (card.id, INGRID)
    assert wall_clock(request.starts_at) == (26, 9, 0)
    assert wall_clock(request.ends_at) == (26, 12, 0)


@pytest.mark.parametrize("how", ["outside", "cancel", "escape"])
def test_a_tray_card_that_misses_the_grid_does_nothing(trainers: TrainerLanes, qtbot: QtBot, how: str) -> None:
    spot = trainers.viewport().mapToGlobal(lane_place(trainers, INGRID, 3, 9 * 60 + 4))
    with nothing_asked(qtbot, trainers), qtbot.assertNotEmitted(trainers.refused):
        trainers.external_drag_begin(boards.undated_cards()[0])
        trainers.external_drag_move(spot)
        if how == "outside":
            assert not trainers.external_drag_drop(spot + QPoint(3000, 0))
        elif how == "cancel":
            trainers.external_drag_cancel()
        else:
            QTest.keyClick(trainers, Qt.Key.Key_Escape)
            assert not trainers.external_drag_drop(spot)
    assert trainers.gestures.drag is None


def test_venue_lanes_change_the_venue(qtbot: QtBot) -> None:
    view = VenueLanes()
    shown(qtbot, view)
    session = find(view, "Forklift Operator", 28)
    start = centre(view, session)
    with qtbot.waitSignal(view.place_requested) as asked:
        drag(view, start, QPoint(start.x(), lane_place(view, ROOM_A, 5, 0).y()))
    assert (asked.args[0].trainer_id, asked.args[0].venue_id) == (UNCHANGED, ROOM_A)
    assert lane_paint.seats_text(view, YARD) == "12 seats"


def test_alt_arrows_move_in_time_and_between_lanes(trainers: TrainerLanes, qtbot: QtBot) -> None:
    session = find(trainers, "Forklift Operator", 28)
    QTest.mouseClick(trainers.viewport(), LEFT, pos=centre(trainers, session))
    with qtbot.waitSignal(trainers.place_requested) as asked:
        QTest.keyClick(trainers, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wall_clock(asked.args[0].starts_at) == (28, 8, 15)
    with qtbot.waitSignal(trainers.place_requested) as asked:
        QTest.keyClick(trainers, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.args[0].trainer_id == FEMI


def test_zooming_keeps_the_time_under_the_pointer(trainers: TrainerLanes) -> None:
    pointer = lane_place(trainers, JOHN, 2, 12 * 60).toPointF()
    trainers.set_zoom(3.0, pointer)
    slot = trainers.slot_at(*trainers.to_content(pointer))
    assert slot.day == boards.MONDAY + timedelta(days=2)
    assert slot.minute == pytest.approx(720, abs=40)
    assert trainers.horizontalScrollBar().maximum() > 0


def test_only_the_lanes_asked_for_are_shown(trainers: TrainerLanes) -> None:
    trainers.set_lane_filter(frozenset({JOHN, AISHA}))
    trainers.ensure_layout()
    assert [lane.resource_id for lane in trainers.lanes.lanes] == [AISHA, JOHN]


def test_the_ghost_keeps_the_others_where_they_are(trainers: TrainerLanes) -> None:
    session = find(trainers, "Forklift Operator", 28)
    before = trainers.laid
    start = centre(trainers, session)
    carry(trainers, start, lane_place(trainers, JOHN, 2, 10 * 60))
    trainers.repaint()
    assert trainers.laid is before
    QTest.keyClick(trainers, Qt.Key.Key_Escape)


def test_a_chosen_session_is_offered_to_every_free_and_fit_lane(trainers: TrainerLanes, qtbot: QtBot) -> None:
    session = find(trainers, "Confined Space Entry", 25)
    QTest.mouseClick(trainers.viewport(), LEFT, pos=centre(trainers, session))
    offered = {offer.request.trainer_id: offer for offer in trainers.offers()}
    assert AISHA in offered
    assert not {INGRID, FEMI, JOHN, DIEGO} & set(offered)
    spot = offered[AISHA].rect(trainers).center().toPoint()
    with qtbot.waitSignal(trainers.place_requested) as asked:
        QTest.mouseClick(trainers.viewport(), LEFT, pos=spot)
    assert (asked.args[0].session_id, asked.args[0].trainer_id) == (session, AISHA)
    assert trainers.selected() == [session]
