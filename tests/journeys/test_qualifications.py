"""Qualifications in the window: from the finding of a session to the form, saved, lapsed, taken back and undone."""

import datetime as dt

from PySide6.QtCore import Qt

from tests.factories import make_qualification, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace
from trainer_desk.services.planning.qualifications import qualifications_of
from trainer_desk.views.catalogue.qualifications import QualificationsSection


def section(hands: Hands) -> QualificationsSection:
    assert hands.panel.more is not None
    more = hands.panel.more.part(QualificationsSection)
    assert more is not None
    return more


def test_from_the_finding_to_the_qualification(place: Workplace) -> None:
    centre = place.centre
    place.window.may_close = None
    place.assembly.open_session(centre.ready)
    place.settled()
    panel = place.assembly.panel
    panel.saver.change("course", {"course_id": centre.loto})
    verdict = panel.form.fields["trainer"].verdict
    place.until(lambda: "is not qualified" in verdict.verdict.text)
    way = next(button for button in verdict.buttons if button.words() == "Record the qualification")
    place.press(way)
    hands_panel = place.assembly.catalogue.panels["trainers"]
    place.until(lambda: hands_panel.facts and hands_panel.facts.thing.id == centre.aisha)
    assert hands_panel.more is not None
    more = hands_panel.more.part(QualificationsSection)
    assert more is not None
    assert more.form.isVisible()
    assert more.course.currentText() == "Lockout–Tagout"
    place.window.activateWindow()
    place.until(place.window.isActiveWindow)
    more.begins.setFocus()
    place.type("1 Jul 2026")
    place.key(Qt.Key.Key_Tab)
    place.type("1 Jun 2026")
    place.press(more.go)
    place.settled()
    assert "before" in more.trouble.verdict.text
    more.ends.setFocus()
    more.ends.selectAll()
    place.type("30 Jun 2027")
    place.press(more.go)
    place.until(lambda: not more.form.isVisible())
    assert place.toast == "Aisha Rahman may teach Lockout–Tagout."
    held = {row.code: row for row in place.store.read(qualifications_of, centre.aisha)}
    assert (held["LOTO"].valid_from, held["LOTO"].valid_until) == (dt.date(2026, 7, 1), dt.date(2027, 6, 30))
    place.assembly.open_session(centre.ready)
    place.until(lambda: "is not qualified" not in verdict.verdict.text)


def test_lapsed_ones_are_marked_and_one_is_taken_back(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        make_qualification(db, centre.aisha, centre.loto, valid_until=dt.date(2026, 7, 5))
    hands = Hands(place, "trainers")
    hands.show(centre.aisha)
    more = section(hands)
    place.until(lambda: len(more.rows) == 2)
    assert [(row.title.text(), row.words.text(), row.pill.words()) for row in more.rows] == [
        ("Fire Warden", "without an end", ""),
        ("Lockout–Tagout", "until 05 Jul 2026", "Lapsed"),
    ]
    place.press(more.rows[0].remove)
    place.until(lambda: len(more.rows) == 1)
    assert place.toast == "Aisha Rahman may no longer teach Fire Warden."
    assert hands.row(centre.aisha)[4] == "1 course"
    hands.undo()
    place.until(lambda: len(more.rows) == 2)
    place.press(more.add)
    place.press(more.go)
    assert more.trouble.verdict.text == "The course is empty. Fill it in."
    place.key(Qt.Key.Key_Escape)
    assert not more.form.isVisible()
