"""An export is kept, run, changed, deleted and taken back; what is missing in the data leads to its page."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.journeys.conftest import Workplace
from tests.views.accessibility import audit
from trainer_desk.models.enums import Role
from trainer_desk.views.exports.room import ExportsRoom
from trainer_desk.views.exports.saved import load_saved
from trainer_desk.views.roles import has_page


@pytest.fixture
def room(place: Workplace, tmp_path: Path) -> ExportsRoom:
    place.window.memory.put("roster/folder", str(tmp_path))
    place.window.memory.put("lists/folder", str(tmp_path))
    place.window.go_to_page("exports")
    room = place.assembly.overview.exports
    place.until(lambda: room.page.isVisible() and room.page.gaps is not None)
    return room


def test_an_export_is_kept_and_run(place: Workplace, room: ExportsRoom, tmp_path: Path) -> None:
    page = room.page
    assert page.empty.isVisible()
    place.press(page.new)
    asking = room.asking
    assert asking is not None
    QTest.keyClicks(asking.name, "Fire week")
    asking.days.set_value("this_year")
    asking.course.set_value(asking.course._values[1])
    place.press(asking.go)
    assert [card.ran.text() for card in page.cards] == ["Not run yet"]
    assert page.cards[0].holds.text().startswith("Rosters · this year · ")
    assert audit(place.window) == []
    place.press(page.cards[0].run)
    sheet = room.sheet
    assert sheet is not None
    place.until(lambda: bool(sheet.path.text()) and sheet.save.isEnabled())
    place.press(sheet.save)
    place.until(lambda: bool(room.saved[0].ran_at))
    assert len(list(tmp_path.glob("*Fire-week.csv"))) == 1
    assert page.cards[0].ran.text().startswith("Last run ")
    assert load_saved(place.window.memory) == room.saved
    before = list(room.saved)
    place.press(page.cards[0].delete)
    assert page.empty.isVisible()
    room._put_back(before)
    assert [saved.name for saved in room.saved] == ["Fire week"]


def test_sessions_go_out_as_they_come_in(place: Workplace, room: ExportsRoom, tmp_path: Path) -> None:
    place.press(room.page.new)
    asking = room.asking
    assert asking is not None
    QTest.keyClicks(asking.name, "All")
    asking.what.choose("sessions")
    asking.days.set_value("this_year")
    place.press(asking.go)
    place.press(room.page.cards[0].run)
    sheet = room.sheet
    assert sheet is not None
    place.until(sheet.save.isEnabled)
    place.press(sheet.save)
    place.until(lambda: bool(room.saved[0].ran_at))
    [path] = tmp_path.glob("*All.csv")
    assert path.read_text(encoding="utf-8-sig").startswith('"ref","course","title"')


def test_only_planners_have_the_page() -> None:
    assert {role for role in Role if has_page(role, "exports")} == {Role.ADMINISTRATOR, Role.SUPERVISOR}
