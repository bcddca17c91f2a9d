"""The go / no-go list: what may not fill, by the day of the decision, and what is done about it (S9, S10)."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from tests.databases import StoreFactory
from tests.factories import at, make_draft, make_scheduled, prepared
from tests.journeys.conftest import NOW, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.services.planning.waivers import waive
from trainer_desk.services.store.engine import Store
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.sessions.page import SessionsPage


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    """Give a database that has the time of the window: what may not fill is judged by the clock."""
    return store_factory(FixedClock(NOW))


@pytest.fixture
def short(place: Workplace) -> dict[str, int]:
    """Make Tuesday's session short of people, and three more that are decided later, never, or not at all."""
    centre = place.centre
    fields = {"minimum": 6, "decision_on": dt.date(2026, 7, 6)}
    with prepared(place.store) as db:
        later = make_draft(
            db, course=centre.fire, starts_at=at("2026-07-20 09:00"), minimum=2, decision_on=dt.date(2026, 7, 13)
        )
        unset = make_scheduled(db, course=centre.fire, starts_at=at("2026-07-10 09:00"), minimum=1)
        make_scheduled(db, course=centre.fire, starts_at=at("2026-07-11 09:00"))
    place.desk.write(place.window, "Edit", edit_session, centre.taught, fields)
    place.settled()
    return {"taught": centre.taught, "later": later, "unset": unset}


def opened(place: Workplace) -> SessionsPage:
    """Go to the list by mouse."""
    place.window.go_to_page("sessions")
    sessions = place.assembly.sessions
    place.settled()
    place.press(sessions.segment.buttons[Shelf.UNDECIDED])
    place.settled()
    return sessions


def cells(sessions: SessionsPage, *columns: str) -> list[tuple[str, ...]]:
    model = sessions.undecided.model
    places = [next(i for i, each in enumerate(model.columns) if each.id == column) for column in columns]
    return [tuple(str(model.data(model.index(row, i))) for i in places) for row in range(model.rowCount())]


def test_the_next_decision_comes_first(place: Workplace, short: dict[str, int]) -> None:
    sessions = opened(place)
    assert sessions.undecided.isVisible()
    assert sessions.undecided.model.keys() == [short["taught"], short["unset"], short["later"]]
    assert cells(sessions, "decide", "left", "people", "minimum", "missing", "state") == [
        ("Mon 6 Jul", "today", "2", "6", "4", "Active"),
        ("Fri 10 Jul (start)", "in 4 days", "0", "1", "1", "Upcoming"),
        ("Mon 13 Jul", "in 7 days", "0", "2", "2", "Draft"),
    ]
    for column, keys in (("missing", ["unset", "later", "taught"]), ("title", ["unset", "later", "taught"])):
        sessions.undecided.sort_by(column)
        assert sessions.undecided.model.keys() == [short[key] for key in keys]


def test_only_what_is_near_is_marked(place: Workplace, short: dict[str, int]) -> None:
    model = opened(place).undecided.model
    column = next(i for i, each in enumerate(model.columns) if each.id == "left")
    icons = [model.data(model.index(row, column), Qt.ItemDataRole.DecorationRole) for row in range(3)]
    assert [icon is not None for icon in icons] == [True, False, False]


def test_people_are_added_from_the_list_and_it_shrinks(place: Workplace, short: dict[str, int]) -> None:
    sessions = opened(place)
    assert not sessions.decision.isVisible()
    sessions.undecided.select_ids([short["unset"]])
    assert sessions.decision.isVisible()
    place.press(sessions.decision.buttons["add_people"])
    place.settled()
    picker = place.window.findChild(PickerSheet)
    assert picker is not None
    place.until(lambda: picker.is_settled)
    picker.finish()
    sessions.undecided.select_ids([short["unset"]])
    place.press(sessions.decision.buttons["open"])
    place.settled()
    assert place.assembly.panel.session_id == short["unset"]
    place.desk.write(place.window, "Edit", edit_session, short["unset"], {"minimum": None})
    place.settled()
    assert sessions.undecided.model.keys() == [short["taught"], short["later"]]


def test_one_or_several_are_cancelled_for_a_reason(place: Workplace, short: dict[str, int]) -> None:
    sessions = opened(place)
    sessions.undecided.select_ids([short["taught"], short["later"]])
    assert [name for name, button in sessions.decision.buttons.items() if button.isEnabled()] == ["cancel"]
    place.press(sessions.decision.buttons["cancel"])
    sheet = place.window.findChild(RehomeSheet)
    assert sheet is not None
    place.type("Too few people")
    place.key(Qt.Key.Key_Return)
    place.settled()
    states = [place.card(short[name]).status for name in ("taught", "later", "unset")]
    assert states == [SessionStatus.CANCELLED, SessionStatus.CANCELLED, SessionStatus.SCHEDULED]
    assert sessions.undecided.model.keys() == [short["unset"]]


def test_the_other_lists_keep_their_own_columns(place: Workplace, short: dict[str, int]) -> None:
    sessions = opened(place)
    sessions.undecided.select_ids([short["taught"]])
    place.press(sessions.segment.buttons[Shelf.COMING])
    place.settled()
    assert sessions.table.isVisible()
    assert not sessions.decision.isVisible()
    shown = sessions.table.model.keys()
    assert short["taught"] in shown


def test_without_any_it_says_so(place: Workplace) -> None:
    sessions = opened(place)
    assert sessions.undecided.empty.isVisible()
    assert "Every session to come has the people it needs." in sessions.undecided.empty.sentence()


def test_f8_walks_past_what_is_waived(place: Workplace, short: dict[str, int]) -> None:
    page = place.page
    page.source.reload(directory=True)
    place.settled()
    assert {concern.card.id for concern in page.concerns.all} == {short["taught"], short["unset"]}
    place.key(Qt.Key.Key_F8)
    place.settled()
    assert place.assembly.panel.session_id == short["taught"]
    assert place.focus is place.assembly.panel.form.minimum.edit
    place.desk.write(place.window, "Waive", waive, short["taught"], "below_minimum", None, "Paid in full")
    place.until(lambda: len(page.concerns.all) == 1)
    assert "1 open finding" in place.window.status.findings.text()
    page.focus_view()
    place.key(Qt.Key.Key_F8)
    place.settled()
    assert place.assembly.panel.session_id == short["unset"]
