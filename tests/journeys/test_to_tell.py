"""After enrolling, moving and cancelling the foot of the window offers to tell people, who are ticked (D7)."""

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.factories import BERLIN, at, make_enrollment, make_person, make_scheduled, prepared
from tests.journeys.conftest import NOW, Workplace
from tests.views.accessibility import audit, name_of
from trainer_desk.models import Person
from trainer_desk.services.notices.telling import tell
from trainer_desk.services.notices.to_tell import load_to_tell
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.rows.tellings import News, ToTell
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.store.engine import Store
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.telling.paper import pages
from trainer_desk.views.telling.sheet import TellingSheet


def to_tell(store: Store) -> list[ToTell]:
    """Give who has to be told, as the database has it."""
    return store.read(load_to_tell, NOW)


def opened(place: Workplace) -> TellingSheet:
    """Press the button at the foot and give the sheet that opens."""
    place.press(place.window.status.tell)
    sheet = place.assembly.telling.sheet
    assert sheet is not None
    place.until(lambda: sheet.facts is not None)
    return sheet


def offered(place: Workplace) -> str:
    """Give what the foot of the window offers, empty for nothing."""
    button = place.window.status.tell
    return button.words() if button.isVisible() else ""


@pytest.fixture
def calling(place: Workplace) -> TellingSheet:
    """Open the sheet: the two people of Lockout–Tagout have to be told."""
    with prepared(place.store) as db:
        phone = {"phone": "555 1", "manager_no": None, "version": Person.version + 1}
        db.execute(sa.update(Person.__table__).where(Person.id == to_tell(place.store)[0].person_id).values(**phone))
    place.assembly.telling.count()
    place.until(lambda: offered(place) == "2 to tell")
    assert name_of(place.window.status.tell) == "2 people have to be told of a place"
    return opened(place)


def test_who_is_told_is_ticked_and_can_be_unticked(place: Workplace, calling: TellingSheet) -> None:
    sheet = calling
    first, second = sheet.lines.values()
    assert [row.news for row in to_tell(place.store)] == [News.PLACE] * 2
    assert sheet.subtitle.whole() == "2 people still to be told"
    assert audit(sheet) == []
    place.press(first.tick)
    place.until(lambda: len(to_tell(place.store)) == 1)
    assert sheet.subtitle.whole() == "1 person still to be told"
    assert sheet.lines[first.row.enrollment_id].tick.isChecked()  # it stays in sight
    assert list(sheet.lines) == [first.row.enrollment_id, second.row.enrollment_id]
    place.press(sheet.lines[first.row.enrollment_id].tick)
    place.until(lambda: len(to_tell(place.store)) == 2)
    assert not sheet.lines[first.row.enrollment_id].tick.isChecked()
    assert sheet.trouble.isHidden()


def test_all_of_a_session_at_once_and_one_undo(place: Workplace, calling: TellingSheet) -> None:
    (every,) = [one for one in calling.findChildren(Button) if one.words() == "All were told"]
    place.press(every)
    place.until(lambda: not to_tell(place.store))
    assert calling.subtitle.whole() == "Nobody is left to be told"
    assert not calling.copy_all.isEnabled()
    QTest.keyClick(calling, Qt.Key.Key_Escape)
    place.until(lambda: offered(place) == "")
    place.page.focus_view()
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: offered(place) == "2 to tell")
    assert place.toast == "Undone: Tell 2 people of Lockout–Tagout."


def test_a_move_is_told_again_and_its_undo_is_not(place: Workplace, calling: TellingSheet) -> None:
    place.store.write("Told", tell, [(row.enrollment_id, row.facts) for row in to_tell(place.store)])
    calling.finish()
    place.until(lambda: offered(place) == "")
    place.drag_session(place.centre.taught, "2026-07-09 13:00")
    place.until(lambda: offered(place) == "2 to tell")
    sheet = opened(place)
    assert [line.row.news for line in sheet.lines.values()] == [News.MOVED] * 2
    sheet.finish()
    place.page.focus_view()
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: offered(place) == "")


def test_who_is_enrolled_and_what_is_cancelled_comes_to_the_open_sheet(place: Workplace, calling: TellingSheet) -> None:
    first = next(iter(calling.lines.values()))
    place.press(first.tick)
    place.until(lambda: len(to_tell(place.store)) == 1)
    with prepared(place.store) as db:
        new = make_person(db, "Zoe New")
    place.desk.write(calling, "Enroll", enroll, place.centre.taught, [new])
    place.until(lambda: len(calling.lines) == 3)
    place.desk.write(calling, "Cancel", scheduling.cancel, place.centre.taught, "Trainer ill")
    place.until(lambda: {line.row.news for line in calling.lines.values()} == {News.CANCELLED})
    assert not any(line.tick.isChecked() for line in calling.lines.values())  # who was told has to hear of it again
    assert len(calling.lines) == 3


def test_the_list_is_copied_and_printed(place: Workplace, calling: TellingSheet) -> None:
    place.press(calling.copy_all)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][:3] == ["Session", "When and where", "Name"]
    assert lines[1][0] == "Lockout–Tagout"
    assert (lines[1][5], lines[1][6]) == ("Has a place.", "555 1")
    assert calling.done.text() == "Copied 2 rows."
    place.press(calling.print_all)
    preview = calling.paper.preview
    assert preview is not None
    place.until(preview.isVisible)
    assert preview.document.pages == 1
    assert "Has a place." in preview.document.texts()
    preview.dismiss()


def test_what_begins_later_comes_with_all(place: Workplace, calling: TellingSheet) -> None:
    with prepared(place.store) as db:
        later = make_scheduled(db, course=place.centre.fire, starts_at=at("2026-09-01 09:00"))
        make_enrollment(db, later, make_person(db))
    calling.reload()
    place.until(lambda: calling.facts is not None and len(calling.facts.rows) == 3)
    assert len(calling.lines) == 2
    place.press(calling.range.buttons["all"])
    place.until(lambda: len(calling.lines) == 3)


@pytest.mark.parametrize("count", [1, 24, 140])
def test_nobody_is_left_out_on_paper(sqlite_store: Store, count: int) -> None:
    with prepared(sqlite_store) as db:
        for place in range(0, count, 20):
            session = make_scheduled(db, starts_at=at("2026-07-07 09:00"))
            for number in range(min(20, count - place)):
                make_enrollment(db, session, make_person(db, f"Person Number {place + number}"))
    rows = to_tell(sqlite_store)
    assert len(rows) == count
    sheets = pages(rows, BERLIN, NOW, "sam", QSizeF(510, 760))
    assert len(sheets) == {1: 1, 24: 1, 140: 4}[count]
    texts = [text for sheet in sheets for text in sheet.texts()]
    told = [text for text in texts if text.startswith("Person Number")]
    assert len(set(told)) == len(told) == count
    assert all(sheet.scale == 1 for sheet in sheets)


def test_today_and_the_menu_of_a_session_lead_to_it_as_well(place: Workplace) -> None:
    with prepared(place.store) as db:
        other = make_scheduled(db, course=place.centre.fire, starts_at=at("2026-07-10 09:00"))
        make_enrollment(db, other, make_person(db))
    place.window.go_to_page("today")
    today = place.assembly.today.page
    place.until(lambda: today.gathered is not None and today.gathered.today.to_tell == 3)
    (button,) = [one for one in today.findChildren(Button) if one.words() == "Tell them"]
    place.press(button)
    sheet = place.assembly.telling.sheet
    assert sheet is not None
    place.until(lambda: len(sheet.lines) == 3)
    sheet.finish()
    place.page.actions_of.act("tell", [other])
    of_one = place.assembly.telling.sheet
    assert of_one is not None
    place.until(lambda: len(of_one.lines) == 1)
    assert of_one.range.isHidden()
