"""Which pages a role has, in which order, and where a sitting begins (ux 3)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.conftest import begin_at
from tests.views.test_main_window import TODAY, page
from trainer_desk.models.enums import Role
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.roles import first_page

ALL = ["today", "my_day", "open_sessions", "schedule", "sessions", "my_schedule", "requests", "people", "settings"]
SUPERVISOR, TRAINER, REQUESTER = Role.SUPERVISOR, Role.TRAINER, Role.REQUESTER

Begin = Callable[[str], MainWindow]


@pytest.mark.parametrize(
    ("role", "remembered", "pages", "first"),
    [
        (SUPERVISOR, "", ALL, "today"),
        (Role.ADMINISTRATOR, "", ALL, "today"),
        (TRAINER, "", ALL, "my_day"),
        (REQUESTER, "", ALL, "open_sessions"),
        (None, "", ALL, "today"),
        (SUPERVISOR, "people", ALL, "people"),
        (TRAINER, "schedule", ALL, "schedule"),
        (TRAINER, "settings", ALL, "my_day"),
        (REQUESTER, "schedule", ALL, "open_sessions"),
        (REQUESTER, "gone", ALL, "open_sessions"),
        (SUPERVISOR, "", ["people", "schedule"], "schedule"),
        (REQUESTER, "", ["schedule"], ""),
        (TRAINER, "requirements", ["my_day", "requirements"], "my_day"),  # a server lets no trainer read them
        (SUPERVISOR, "requirements", ["today", "requirements"], "requirements"),
    ],
)
def test_where_a_sitting_begins(role: Role | None, remembered: str, pages: list[str], first: str) -> None:
    assert first_page(role, remembered, pages) == first


@pytest.fixture
def begin(qtbot: QtBot, tmp_path: Path) -> Begin:
    """Return a window that was left at a page, with every page, added in another order than they stand in."""

    def begun(remembered: str) -> MainWindow:
        begin_at(remembered, tmp_path / "window.ini")
        window = MainWindow(tmp_path / "window.ini", "Frank Osei", TODAY)
        qtbot.addWidget(window)
        window.awaits_role = True
        for name in sorted(ALL):
            window.add_page(name, name.title(), "users", page(name), QWidget())
        window.show()
        qtbot.waitExposed(window)
        return window

    return begun


@pytest.fixture
def visited(begin: Begin) -> tuple[MainWindow, list[str]]:
    window = begin("")
    shown: list[str] = []
    window.page_changed.connect(shown.append)
    return window, shown


def items(window: MainWindow) -> list[str]:
    """Return the items of the sidebar as they stand, from top to bottom."""
    shown = [(button.y(), name) for name, button in window.sidebar.items.items() if not button.isHidden()]
    return [name for _y, name in sorted(shown)]


def test_no_page_shows_before_it_is_known_who_works_here(visited: tuple[MainWindow, list[str]]) -> None:
    window, shown = visited
    assert not window.page
    assert not any(field.isVisible() for field in window._content.findChildren(QWidget) if field.accessibleName())
    assert not window._bars.isVisible()
    window.follow_role(TRAINER)
    assert shown == ["my_day"]
    assert window.sidebar.items["my_day"].isChecked()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (SUPERVISOR, ["today", "schedule", "sessions", "my_schedule", "requests", "people", "settings"]),
        (TRAINER, ["my_day", "schedule", "sessions", "my_schedule", "people"]),
        (REQUESTER, ["open_sessions", "my_schedule", "requests"]),
    ],
)
def test_the_items_stand_in_one_order_whoever_came_first(
    visited: tuple[MainWindow, list[str]], role: Role, expected: list[str]
) -> None:
    window, _shown = visited
    window.follow_role(role)
    assert list(window.sidebar.items) == ALL
    assert items(window) == expected
    assert window.sidebar.month.isHidden() == (role is REQUESTER)


def test_tab_goes_through_the_items_as_they_stand(visited: tuple[MainWindow, list[str]]) -> None:
    window, _shown = visited
    window.follow_role(SUPERVISOR)
    stop, order = window.sidebar.items["today"], ["today"]
    names = {button: name for name, button in window.sidebar.items.items()}
    while (following := stop.nextInFocusChain()) in names:
        stop = following
        order.append(names[stop])
    assert order == ALL


def test_the_page_of_last_time_comes_before_the_first_page_of_the_role(begin: Begin) -> None:
    window = begin("people")
    window.follow_role(SUPERVISOR)
    assert window.page == "people"


def test_a_role_that_changes_leaves_the_page_that_it_lost(begin: Begin) -> None:
    window = begin("settings")
    window.follow_role(SUPERVISOR)
    window.follow_role(Role.ADMINISTRATOR)
    assert window.page == "settings"
    window.follow_role(TRAINER)
    assert window.page == "my_day"


def test_closing_before_a_page_showed_forgets_nothing(begin: Begin) -> None:
    window = begin("people")
    window.close()
    assert window.memory.get("window/page", "") == "people"
