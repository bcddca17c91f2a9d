"""Equipment in the panel: taken, refused where another session has it, exchanged by a click, given back by an undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import at, make_equipment, make_scheduled, prepared
from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.views.session.several import EquipmentField


@pytest.fixture
def beamers(place: Workplace) -> tuple[int, int]:
    """Make two beamers and a ladder; the first is in use on Tuesday, 10:00 to 11:00."""
    with prepared(place.store) as db:
        first = make_equipment(db, "B1", name="Beamer 1")
        second = make_equipment(db, "B2", name="Beamer 2")
        make_equipment(db, "L", name="Ladder")
        make_equipment(db, "B9", name="Beamer 9", active=False)
        made = {"course": place.centre.fire, "trainer": place.centre.aisha, "venue": place.centre.room_b}
        make_scheduled(db, starts_at=at("2026-07-07 10:00"), equipment=[first], title="Fire drill", **made)
    place.page.source.reload(directory=True)
    place.settled()
    return first, second


def opened(place: Workplace, session: int) -> EquipmentField:
    """Open a session from the calendar and go to its equipment."""
    place.click_session(session)
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.assembly.panel.facts is not None and place.window.panel.current == "session")
    field = place.assembly.panel.form.equipment
    place.assembly.panel.form.go_to("equipment")
    return field


def take(place: Workplace, field: EquipmentField, typed: str) -> None:
    """Press plus, type a part of a name and take the first match."""
    place.window.activateWindow()  # without a screen nobody gives the focus back when a list has gone
    place.until(place.window.isActiveWindow)
    place.press(field.plus)
    place.type(typed)
    completer = field.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    place.until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Return)
    place.settled()


def test_a_piece_that_is_in_use_is_exchanged_for_one_of_its_kind(place: Workplace, beamers: tuple[int, int]) -> None:
    second = beamers[1]
    field = opened(place, place.centre.taught)
    assert field.combo.texts() == ["Beamer 1", "Beamer 2", "Ladder"]
    take(place, field, "beamer 1")
    assert field.verdict.verdict.text == "Not saved. Beamer 1 is in use for Fire drill 10:00–11:00."
    assert place.card(place.centre.taught).equipment_ids == ()
    way = next(button for button in field.verdict.buttons if button.words() == "Use Beamer 2")
    place.press(way)
    place.until(lambda: place.card(place.centre.taught).equipment_ids == (second,))
    assert place.toast == "Changed the equipment of Lockout–Tagout."
    assert field.verdict.verdict.text == "Free at this time."
    place.until(lambda: [chip.words() for chip in field.chips] == ["Beamer 2  ×"])
    take(place, field, "ladder")
    place.until(lambda: len(place.card(place.centre.taught).equipment_ids) == 2)
    assert [chip.accessibleName() for chip in field.chips] == ["Remove Beamer 2", "Remove Ladder"]
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(place.centre.taught).equipment_ids == (second,))
    place.until(lambda: [chip.words() for chip in field.chips] == ["Beamer 2  ×"])


def test_a_draft_is_told_of_the_clash_and_keeps_the_piece(place: Workplace, beamers: tuple[int, int]) -> None:
    field = opened(place, place.centre.ready)
    take(place, field, "beamer 1")
    place.until(lambda: place.card(place.centre.ready).equipment_ids == (beamers[0],))
    place.drag_session(place.centre.ready, "2026-07-07 10:00")
    place.until(lambda: "Beamer 1 is in use" in field.verdict.verdict.text)
    assert place.assembly.panel.form.fields["when"].verdict.verdict.text == ""
