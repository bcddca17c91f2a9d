"""The checklist in the panel of a session: ticked, added to, taken from and undone; a trainer ticks their own (S12)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import make_account, make_checklist_item, make_session_checklist_item, prepared
from tests.journeys.conftest import NOW, Workplace
from tests.views.accessibility import audit
from tests.views.schedule import boards
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.orchestration.scheduling import cancel
from trainer_desk.services.planning.session_checklists import checklist_of_session
from trainer_desk.views.session.checklist import ChecklistSection


def listed(place: Workplace, session: int) -> list[tuple[str, bool]]:
    found = place.store.read(checklist_of_session, session, zone=boards.ZONE)
    return [(item.words, item.done_at is not None) for item in found]


def opened(place: Workplace, session: int, field: str = "") -> ChecklistSection:
    place.assembly.open_session(session, field)
    section = place.assembly.panel.checklist
    place.until(lambda: section.checklist is not None and section.checklist.session_id == session)
    return section


@pytest.fixture
def prepared_session(place: Workplace) -> int:
    """Lockout–Tagout on Tuesday, today being Monday: one item is late, one due tomorrow."""
    with prepared(place.store) as db:
        make_session_checklist_item(db, place.centre.taught, "Book the room", place=1, days_before=3)
        make_session_checklist_item(db, place.centre.taught, "Print the handouts", place=2, days_before=0)
    return place.centre.taught


def test_it_is_ticked_by_a_click_and_by_space_and_undone(place: Workplace, prepared_session: int) -> None:
    section = opened(place, prepared_session, "checklist")
    first, second = section.rows
    assert section.head.text() == "Checklist 0/2"
    assert (first.about.text(), second.about.text()) == ("Was due Sat 4 Jul", "Due Tue 7 Jul")
    assert not first.late.isHidden()
    assert second.late.isHidden()
    place.until(lambda: place.focus is first.box)
    place.key(Qt.Key.Key_Space)
    place.until(lambda: section.head.text() == "Checklist 1/2")
    assert first.box.isChecked()
    assert first.about.text().startswith(f"Done by {place.store.actor}, ")
    assert place.toast == "“Book the room” is done."
    assert section.rows == [first, second]
    place.press(second.box)
    place.until(lambda: listed(place, prepared_session)[1] == ("Print the handouts", True))
    place.until(second.box.isChecked)
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: not second.box.isChecked())
    place.press(first.box)
    place.until(lambda: not first.box.isChecked())
    assert listed(place, prepared_session) == [("Book the room", False), ("Print the handouts", False)]


def test_an_item_is_added_for_this_session_alone_and_removed(place: Workplace, prepared_session: int) -> None:
    section = opened(place, prepared_session)
    place.press(section.add)
    assert place.focus is section.words
    place.type("Call the gate")
    for days, reason in (("soon", "is not a whole number"), ("400", "Set a number from 0 to 365.")):
        section.days.setText(days)
        QTest.keyClick(section.days, Qt.Key.Key_Return)
        place.settled()
        assert reason in section.trouble.verdict.text
        assert section.form.isVisible()
    section.days.setText("2")
    QTest.keyClick(section.days, Qt.Key.Key_Return)
    place.until(lambda: len(section.rows) == 3)
    assert section.form.isHidden()
    assert section.rows[2].about.text() == "Was due Sun 5 Jul"
    assert place.toast == "Added “Call the gate”."
    section.rows[0].remove.setFocus()
    place.press(section.rows[0].remove)
    place.until(lambda: listed(place, prepared_session) == [("Print the handouts", False), ("Call the gate", False)])
    place.until(lambda: len(section.rows) == 2)
    assert place.focus is section.rows[0].box


def test_a_new_session_shows_the_list_of_its_course_and_another_course_its_own(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_checklist_item(db, place.centre.fire, "Fill the extinguishers", days_before=7)
    place.page.actions_of.create({"course_id": place.centre.fire}, "Fire Warden")
    section = place.assembly.panel.checklist
    place.until(lambda: section.checklist is not None and section.rows)
    assert [row.words.text() for row in section.rows] == ["Fill the extinguishers"]
    assert section.rows[0].about.text() == "7 days before"


def test_a_cancelled_session_is_only_read(place: Workplace, prepared_session: int) -> None:
    section = opened(place, prepared_session)
    place.desk.write(place.page, "Cancel", cancel, prepared_session, "Trainer ill")
    place.until(lambda: section.checklist is not None and not section.checklist.is_open)
    assert not section.rows[0].box.isEnabled()
    assert section.rows[0].remove.isHidden()
    assert section.add.isHidden()


def test_a_trainer_ticks_their_own_session_and_plans_nothing(place: Workplace, prepared_session: int) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        make_session_checklist_item(db, centre.ready, "Fetch the keys")
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, place.store.actor, Role.TRAINER, trainer_id=centre.john, actor="boss", now=NOW)
    place.assembly.standing.ask()
    place.until(lambda: place.desk.role is Role.TRAINER)
    section = opened(place, prepared_session)
    assert section.add.isHidden()
    assert section.rows[0].remove.isHidden()
    place.press(section.rows[0].box)
    place.until(lambda: listed(place, prepared_session)[0] == ("Book the room", True))
    section = opened(place, centre.ready)
    assert not section.rows[0].box.isEnabled()


def test_everybody_can_use_it(place: Workplace, prepared_session: int) -> None:
    section = opened(place, prepared_session)
    place.press(section.add)
    assert audit(section) == []
