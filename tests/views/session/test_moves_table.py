"""All states, all roles: panel and menus offer exactly the moves of the table, and each button makes its move."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.databases import StoreFactory
from tests.moving import LATER, WHO, Yard, expected, make_yard
from tests.views.session.conftest import Stage
from tests.views.session.test_completing import offered
from trainer_desk.models.enums import Role, SessionStatus
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rules.transitions import MOVES, moves_for
from trainer_desk.views.desk import Desk
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.schedule.possible import possible
from trainer_desk.views.schedule.session_menu import MOVES as MENU
from trainer_desk.views.schedule.session_menu import session_menu
from trainer_desk.views.session.foot import VERBS
from trainer_desk.views.session.panel import SessionPanel


def test_every_move_has_a_button_and_an_entry() -> None:
    verbs = {move.verb for move in MOVES}
    assert set(VERBS) == verbs
    assert {*MENU, "cancel"} == verbs


@pytest.fixture(params=Role)
def yard(request: pytest.FixtureRequest, store_factory: StoreFactory) -> Yard:
    return make_yard(store_factory, request.param)


@pytest.fixture
def at_work(qtbot: QtBot, yard: Yard) -> Iterator[Stage]:
    """Give the panel of whoever is at work in the yard."""
    desk = Desk(yard.store, yard.store.actor)
    identity = yard.store.read(who_is, yard.store.actor)
    desk.role, desk.trainer_id = identity.role, identity.trainer_id
    panel = SessionPanel(desk, clock=FixedClock(LATER))
    qtbot.addWidget(panel)
    panel.allow(desk.may(edit_session))
    panel.resize(336, 1200)
    panel.show()
    yield Stage(qtbot, desk, panel, panel, QWidget())  # type: ignore[arg-type]
    desk.close()


def test_the_panel_offers_what_the_table_says_and_does_it(at_work: Stage, yard: Yard) -> None:
    stage, role = at_work, at_work.desk.role
    assert role is not None
    for is_own in [own for who, own in WHO if who is role]:
        for status in SessionStatus:
            session = yard.session(status, is_own=is_own)
            stage.show(session)
            wanted = {move.verb for move in moves_for(role, status, is_own=is_own, is_over=True)}
            assert set(offered(stage)) == wanted, (role, status, is_own)
            for verb in sorted(wanted):
                other = yard.session(status, is_own=is_own)
                stage.show(other)
                stage.press(stage.panel.foot.buttons[verb])
                if verb == "cancel":
                    give_reason(stage)
                after = yard.store.read(load_card, other).status
                assert after is expected(verb, status, role, is_own=is_own), (role, verb, status, is_own)


def give_reason(stage: Stage) -> None:
    sheet = stage.panel.findChild(RehomeSheet)
    assert sheet is not None
    QTest.keyClicks(sheet.reason, "Rain")
    stage.press(sheet.go)


def test_the_menu_offers_what_the_table_says(at_work: Stage, yard: Yard) -> None:
    """Whose request made a session, a card does not know: requesters start theirs from the panel."""
    role = at_work.desk.role
    assert role is not None
    words = {text for _action, text, _icon in MENU.values()}
    for is_own in [own for who, own in WHO if who is role and not (role is Role.REQUESTER and own)]:
        for status in SessionStatus:
            card = yard.store.read(load_card, yard.session(status, is_own=is_own))
            menu = session_menu(at_work.panel, [card], str, possible(at_work.desk, [card], LATER))
            shown = {action.text().split("\t")[0] for action in menu.actions()}
            moves = {move.verb for move in moves_for(role, status, is_own=is_own, is_over=True)}
            assert shown & words == {MENU[verb][1] for verb in moves - {"cancel"}}
            assert ("Cancel session" in shown) is ("cancel" in moves and status is not SessionStatus.DRAFT)
            assert bool({"Duplicate", "Move to…"} & shown) is (role in (Role.SUPERVISOR, Role.ADMINISTRATOR))
