"""Going from page to page: the drafts to place stand beside a calendar, and only there."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.conftest import Workplace


class Watch(QObject):
    """Writes down whatever is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@contextmanager
def watching() -> Iterator[list[str]]:
    watch, app = Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    yield watch.shown
    app.removeEventFilter(watch)


def test_the_drafts_are_put_away_on_the_list_of_sessions_and_come_back(place: Workplace) -> None:
    assert place.window.panel.current == "tray"
    place.window.go_to_page("sessions")
    assert place.window.panel.current == ""
    place.window.go_to_page("schedule")
    assert place.window.panel.current == "tray"


def test_a_session_stays_open_on_every_page(place: Workplace) -> None:
    place.assembly.open_session(place.centre.taught)
    place.settled()
    place.window.go_to_page("sessions")
    assert place.window.panel.current == "session"
    place.assembly.panel.close_session()
    assert place.window.panel.current == ""


def test_a_panel_that_was_folded_away_stays_folded(place: Workplace) -> None:
    place.window.panel.close_panel()
    place.window.go_to_page("sessions")
    place.window.go_to_page("schedule")
    assert place.window.panel.current == ""


def test_no_part_of_a_page_flashes_up_as_a_window_while_it_is_made(place: Workplace) -> None:
    with watching() as shown:
        place.assembly.open_session(place.centre.taught)
        for page in place.window.sidebar.items:
            place.window.go_to_page(page)
        for kind in place.assembly.catalogue.designs:
            assert place.assembly.catalogue.panels[kind].parentWidget() is not None
        place.settled()
    assert shown == []
