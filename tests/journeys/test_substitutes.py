"""Others step in for a trainer in the window: in one session, in all of some days; one undo brings all back (C8)."""

import pytest
from PySide6.QtCore import Qt

from tests.factories import make_qualification, make_trainer, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import CTRL, NOW, Workplace
from tests.views.accessibility import audit
from trainer_desk.services.clock import FixedClock
from trainer_desk.views.slots.section import SubstituteSection
from trainer_desk.views.slots.substitute_sheet import SubstituteSheet


@pytest.fixture(autouse=True)
def monday(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)


def sheet_of(place: Workplace) -> SubstituteSheet:
    place.until(lambda: place.window.findChildren(SubstituteSheet))
    sheet = place.window.findChildren(SubstituteSheet)[-1]
    place.until(lambda: sheet.isVisible() and sheet.summary.text())
    return sheet


def test_somebody_steps_in_in_one_session(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        make_qualification(db, centre.aisha, centre.loto)
    place.page.actions_of.act("substitute", [centre.taught])
    sheet = sheet_of(place)
    [line] = sheet.lines.lines
    assert sheet.title.text() == "Substitute for John Smith"
    assert (line.when.whole(), line.who.currentText()) == (
        "Tue 7 Jul · 09:00–12:00",
        "Aisha Rahman (0h booked this week)",
    )
    assert line.why.text() == "Aisha Rahman is the only qualified trainer who is free, with 0h booked that week."
    assert audit(place.window) == []
    place.press(sheet.go)
    place.until(lambda: place.card(centre.taught).trainer_id == centre.aisha)
    assert place.toast == "John Smith is replaced in 1 session."
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(centre.taught).trainer_id == centre.john)


def test_a_trainer_is_replaced_for_some_days_and_who_cannot_be_is_told(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        make_trainer(db, "CY", name="Cy Twombly", courses=[centre.fire])
    hands = Hands(place, "trainers")
    place.until(lambda: hands.page.things)
    hands.show(centre.aisha)
    assert hands.panel.more is not None
    section = hands.panel.more.part(SubstituteSection)
    assert section is not None
    place.press(section.button)
    sheet = sheet_of(place)
    assert sheet.summary.text() == "1 session, each with somebody who steps in."
    [line] = sheet.lines.lines
    assert line.who.texts() == [
        "Cy Twombly (0h booked this week)", "John Smith (3h booked this week)", "Leave as it is",
    ]  # fmt: skip
    place.press(sheet.go)
    place.until(lambda: place.card(centre.ready).trainer_id not in (None, centre.aisha))
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(centre.ready).trainer_id == centre.aisha)
    place.assembly.slots.substitute_for(centre.john)
    place.until(lambda: [one for one in place.window.findChildren(SubstituteSheet) if one.isVisible()])
    sheet = sheet_of(place)
    assert sheet.summary.text() == "1 session; 0 with somebody who steps in."
    assert sheet.lines.lines[0].why.text().startswith("Nobody else is qualified for Lockout–Tagout.")
    assert not sheet.go.isEnabled()
