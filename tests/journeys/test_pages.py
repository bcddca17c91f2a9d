"""Going from page to page: the drafts to place stand beside a calendar, and only there."""

from tests.journeys.conftest import Workplace


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
