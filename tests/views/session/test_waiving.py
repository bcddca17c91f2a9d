"""Waiving a soft finding in the panel: by mouse and by keys, quiet afterwards, and taken back (S9, S10)."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.factories import at, make_enrollment, make_scheduled, prepared
from tests.views.session.conftest import NOW, Organisation, Stage
from trainer_desk.services.findings import Finding
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.planning.waivers import waive
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.session.soft_lines import SoftLines
from trainer_desk.views.session.waiving import WaiveSheet


@pytest.fixture
def crowded(organisation: Organisation) -> int:
    """Give a scheduled session of at least six with three people in the cabin, which seats two."""
    with prepared(organisation.store) as db:
        for person in organisation.people[:3]:
            make_enrollment(db, organisation.scheduled, person)
    fields = {"venue_id": organisation.cabin, "minimum": 6, "decision_on": dt.date(2026, 7, 3)}
    organisation.write(edit_session, organisation.scheduled, fields)
    return organisation.scheduled


def stored(organisation: Organisation) -> dict[str, Finding]:
    found = organisation.store.read(session_findings, organisation.scheduled, now=NOW)
    return {finding.code: finding for finding in found}


def lines(soft: SoftLines) -> list[str]:
    """Give the sentences that show."""
    return [line.verdict.text for line in soft.lines if line.isVisible()]


def button(soft: SoftLines, words: str) -> Button:
    found = [button for line in soft.lines for button in line.buttons if button.words() == words]
    assert len(found) == 1, [button.words() for line in soft.lines for button in line.buttons]
    return found[0]


def sheet_of(stage: Stage) -> WaiveSheet:
    found: WaiveSheet = stage.window.findChildren(WaiveSheet)[-1]
    assert found.isVisible()
    return found


def test_the_alert_of_a_full_room_is_waived_by_mouse(stage: Stage, organisation: Organisation, crowded: int) -> None:
    stage.show(crowded)
    people = stage.panel.form.people
    assert people.alert.sentence.text() == "Venue Capacity Exceeded (3/2)."
    assert lines(people.soft) == [""]
    stage.press(button(people.soft, "Waive…"))
    sheet = sheet_of(stage)
    stage.press(sheet.go)
    assert sheet.missing.isVisible()
    QTest.keyClicks(sheet.reason, "Chairs from next door")
    stage.press(sheet.go)
    assert stage.toasts == [("Finding of Lockout–Tagout waived.", True)]
    assert not people.alert.isVisible()
    assert lines(people.soft) == ["Venue Capacity Exceeded (3/2). Waived by frank, 1 Jul: Chairs from next door"]
    assert people.soft.lines[0].verdict.tone == "muted"
    assert stored(organisation)["venue_capacity_exceeded"].waived is not None


def test_it_is_taken_back(stage: Stage, organisation: Organisation, crowded: int) -> None:
    organisation.write(waive, crowded, "venue_capacity_exceeded", "C", "Chairs")
    stage.show(crowded)
    people = stage.panel.form.people
    assert not people.alert.isVisible()
    stage.press(button(people.soft, "Take back"))
    assert people.alert.isVisible()
    assert stage.toasts == [("Waiver of Lockout–Tagout taken back.", True)]
    assert stored(organisation)["venue_capacity_exceeded"].waived is None


def test_too_few_people_are_told_at_the_minimum_and_waived_by_keys(
    stage: Stage, organisation: Organisation, crowded: int
) -> None:
    stage.show(crowded)
    soft = stage.panel.form.minimum.soft
    assert lines(soft) == ["3 of at least 6 people are enrolled. Decide by 03 Jul 2026."]
    link = button(soft, "Waive…")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), type(sheet_of(stage).reason)))
    QTest.keyClicks(sheet_of(stage).reason, "Paid in full")
    QTest.keyClick(sheet_of(stage).reason, Qt.Key.Key_Return)
    stage.settle()
    [said] = lines(soft)
    assert said.endswith("1 Jul: Paid in full")
    assert stored(organisation)["below_minimum"].waived is not None
    assert QApplication.focusWidget() is stage.panel.form.minimum.edit


def test_esc_waives_nothing(stage: Stage, organisation: Organisation, crowded: int) -> None:
    stage.show(crowded)
    stage.press(button(stage.panel.form.minimum.soft, "Waive…"))
    sheet = sheet_of(stage)
    QTest.keyClicks(sheet.reason, "Paid")
    QTest.keyClick(sheet.reason, Qt.Key.Key_Escape)
    stage.settle()
    assert stage.toasts == []
    assert stored(organisation)["below_minimum"].waived is None


def test_a_change_elsewhere_opens_it_again(stage: Stage, organisation: Organisation, crowded: int) -> None:
    organisation.write(waive, crowded, "venue_capacity_exceeded", "C", "Chairs")
    stage.show(crowded)
    stage.desk.write(stage.panel, "Change", edit_session, crowded, {"trainer_id": organisation.aisha})
    stage.settle()
    assert stage.panel.form.people.alert.isVisible()
    stage.qtbot.waitUntil(button(stage.panel.form.people.soft, "Waive…").isVisible)


def test_a_finding_that_went_away_meanwhile_leaves_nothing_behind(
    stage: Stage, organisation: Organisation, crowded: int
) -> None:
    organisation.write(waive, crowded, "venue_capacity_exceeded", "C", "Chairs")
    stage.show(crowded)
    organisation.write(edit_session, crowded, {"venue_id": organisation.room_a})
    stage.press(button(stage.panel.form.people.soft, "Take back"))
    assert stored(organisation).keys() == {"below_minimum"}
    assert stage.panel.form.people.soft.isHidden()


def test_a_hard_finding_offers_no_waiver(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    words = [one.words() for one in stage.panel.findChildren(Button) if one.isVisible()]
    assert stage.said("venue")
    assert "Waive…" not in words


def test_many_lines_are_folded_and_the_open_ones_come_first(
    stage: Stage, organisation: Organisation, crowded: int
) -> None:
    with prepared(organisation.store) as db:
        other = make_scheduled(db, starts_at=at("2026-07-06 09:00"))
        for person in organisation.people[:3]:
            make_enrollment(db, other, person)
    organisation.write(waive, crowded, "venue_capacity_exceeded", "C", "Chairs")
    stage.show(crowded)
    soft = stage.panel.form.people.soft
    assert ["has a place in" in said for said in lines(soft)] == [True, True, True]
    assert soft.more.words() == "and 1 more"
    stage.press(soft.more)
    assert "Waived by" in lines(soft)[3]
    assert soft.more.words() == "Show fewer"
    stage.press(soft.more)
    assert len(lines(soft)) == 3
