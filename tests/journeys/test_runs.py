"""Runs in the window: made, filled with days and people, changed, left, and all of it undone (R1, R4, R6)."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import at, make_enrollment, make_person, make_run, make_scheduled, prepared
from tests.journeys.conftest import Workplace
from tests.journeys.test_rights import become
from trainer_desk.models import Run
from trainer_desk.models.enums import Role
from trainer_desk.services.dossiers.run_page import load_run_page
from trainer_desk.services.planning.run_editing import edit_run
from trainer_desk.services.planning.runs import run_ids
from trainer_desk.services.rows.comparing import Side
from trainer_desk.services.rows.runs import RunPage
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.runs.days_sheet import KNOWN, RunDaysSheet
from trainer_desk.views.runs.form_sheet import RunSheet
from trainer_desk.views.runs.page import RunsPage
from trainer_desk.views.runs.panel import RunPanel
from trainer_desk.views.runs.people_sheet import RunPeopleSheet

S = TypeVar("S", bound=Sheet)
NINE, TEN = at("2030-07-16 09:00"), at("2030-07-16 10:00")


@dataclass
class Hands:
    """What somebody does on the page of runs."""

    place: Workplace

    @property
    def page(self) -> RunsPage:
        return self.place.assembly.runs.page

    @property
    def panel(self) -> RunPanel:
        return self.place.assembly.runs.panel

    def go(self) -> None:
        self.place.press(self.place.window.sidebar.items["runs"])
        self.place.until(lambda: self.page.shelves is not None)

    def choose(self, code: str) -> int:
        run_id = self.place.store.read(run_ids)[code]
        self.place.until(lambda: run_id in self.page.table.model.keys())  # noqa: SIM118 - a model
        self.page.select(run_id)
        self.place.until(lambda: self.panel.one is not None and self.panel.one.run_id == run_id)
        return run_id

    def sheet(self, kind: type[S]) -> S:
        self.place.until(lambda: self.place.window.findChildren(kind))
        sheet: S = self.place.window.findChildren(kind)[-1]
        self.place.until(sheet.isVisible)
        return sheet

    def button(self, name: str) -> IconButton:
        """Give a button of the panel by name; the lines before a change may wait to be taken away."""

        def shown() -> list[IconButton]:
            buttons = [one for one in self.panel.findChildren(IconButton) if one.isVisible()]
            return [one for one in buttons if one.accessibleName() == name]

        self.place.until(shown)
        return shown()[0]

    def run(self, run_id: int) -> RunPage:
        return self.place.store.read(load_run_page, run_id, now=self.place.store.clock.now())

    def told(self, words: str) -> None:
        self.place.until(lambda: any(words in line for line in self.panel.told))


@pytest.fixture
def hands(place: Workplace) -> Hands:
    return Hands(place)


def test_a_run_is_made_filled_and_undone(hands: Hands) -> None:
    place = hands.place
    with prepared(place.store) as db:
        ann, bo = make_person(db, "Ann Berg", employee_no="A1"), make_person(db, "Bo Lund", employee_no="B1")
    hands.go()
    assert hands.page.table.empty.sentence() == "No run is on or to come."
    place.press(hands.page.table.empty.buttons[0])
    form = hands.sheet(RunSheet)
    place.press(form.go)
    place.until(lambda: form.trouble.isVisible())
    assert form.trouble.sentence.text() == "The code is empty. Fill it in."
    QTest.keyClicks(form.code, "JULY")
    QTest.keyClicks(form.name, "July batch")
    form.course.set_value(place.centre.fire)
    form.members_only.setChecked(True)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    place.until(lambda: hands.panel.one is not None)
    assert place.toast == "Made the run July batch."
    run_id = hands.choose("JULY")

    place.press(hands.panel.buttons["days"])
    days = hands.sheet(RunDaysSheet)
    days.when.day.setText("16.7.2030")
    days.when.day.editingFinished.emit()
    days.number.selectAll()
    QTest.keyClicks(days.number, "3")
    assert days.preview.text() == "Tue 16 Jul, Wed 17 Jul, Thu 18 Jul"
    place.press(days.go)
    hands.told("Day 3: Thu 18 Jul")
    assert place.toast == "3 days added to July batch."

    place.press(hands.panel.buttons["people"])
    people = hands.sheet(RunPeopleSheet)
    QTest.keyClicks(people.search, "ann")
    place.until(lambda: people.hits.count() == 1)
    QTest.keyClick(people.search, Qt.Key.Key_Return)
    people.text.setPlainText(f"{people.text.toPlainText()}\nBo Lund\nNobody Known")
    place.until(lambda: people.is_settled)
    assert people.lines.chosen() == [ann, bo]
    place.press(people.go)
    hands.told("Ann Berg: All 3 days")
    page = hands.run(run_id)
    assert [(one.person_id, one.is_on_run, len(one.places)) for one in page.people] == [(ann, True, 3), (bo, True, 3)]

    place.press(hands.button("Take Bo Lund off the run"))
    place.until(lambda: [one.person_id for one in hands.run(run_id).people] == [ann])
    for left in ([ann, bo], []):
        place.window.undo_wanted.emit()
        place.until(lambda left=left: [one.person_id for one in hands.run(run_id).people] == left)
    place.window.undo_wanted.emit()
    place.until(lambda: not hands.run(run_id).detail.sessions)
    place.window.undo_wanted.emit()
    place.until(lambda: "JULY" not in place.store.read(run_ids))


def test_existing_sessions_join_and_leave_and_the_limit_is_guarded(hands: Hands) -> None:
    place = hands.place
    with prepared(place.store) as db:
        centre = place.centre
        run = make_run(db, course=centre.fire, code="JULY", name="July batch")
        plan = {"trainer": centre.aisha, "venue": centre.room_b, "course": centre.fire, "capacity": 5}
        session = make_scheduled(db, ref="S-1", starts_at=NINE, ends_at=TEN, **plan)
    hands.go()
    hands.choose("JULY")
    place.press(hands.panel.buttons["days"])
    sheet = hands.sheet(RunDaysSheet)
    place.press(sheet.segment.buttons[KNOWN])
    place.press(sheet.go)
    assert "Choose the sessions" in sheet.trouble.sentence.text()
    sheet.boxes[session].setChecked(True)
    place.press(sheet.go)
    hands.told("Day 1: Tue 16 Jul")
    place.press(hands.button("Open Day 1"))
    place.until(lambda: place.window.panel.current == "session")
    place.store.write("Edit", edit_run, run, {"name": "July batch 2"})
    hands.page.reload()
    place.assembly.runs.refresh()
    place.until(lambda: hands.panel.title.text() == "July batch 2")
    assert place.window.panel.current == "session"
    hands.page.table.table.clearSelection()
    hands.choose("JULY")
    place.until(lambda: place.window.panel.current == "run")
    place.press(hands.button("Take Day 1 out of the run"))
    place.until(lambda: not hands.run(run).detail.sessions)
    place.window.undo_wanted.emit()
    place.until(lambda: hands.run(run).detail.sessions)
    with prepared(place.store) as db:
        for name in ("Ann", "Bo"):
            make_enrollment(db, session, make_person(db, name))
    place.press(hands.panel.buttons["edit"])
    form = hands.sheet(RunSheet)
    form.limit.setText("1")
    place.press(form.go)
    place.until(lambda: form.trouble.isVisible())
    assert "2 people are on this run" in form.trouble.sentence.text()
    form.limit.setText("2")
    form.members_only.setChecked(True)
    place.press(form.go)
    place.until(lambda: hands.run(run).detail.summary.members == 2)


def test_who_is_refused_stays_listed_with_the_reason(hands: Hands) -> None:
    place = hands.place
    with prepared(place.store) as db:
        centre = place.centre
        run = make_run(db, course=centre.fire, code="JULY", name="July batch")
        plan = {"trainer": centre.aisha, "venue": centre.room_b, "course": centre.fire, "run_id": run}
        make_scheduled(db, ref="S-1", starts_at=NINE, ends_at=TEN, capacity=1, **plan)
        for number in ("A1", "B1"):
            make_person(db, f"Person {number}", employee_no=number)
    hands.go()
    hands.choose("JULY")
    place.press(hands.panel.buttons["people"])
    sheet = hands.sheet(RunPeopleSheet)
    sheet.text.setPlainText("A1\nB1")
    place.until(lambda: sheet.is_settled)
    place.press(sheet.go)
    place.until(lambda: sheet.trouble.isVisible())
    assert sheet.trouble.sentence.text().startswith("B1: Session Full (1/1).")
    assert "(S-1)" in sheet.trouble.sentence.text()
    assert place.toast == "1 person is on July batch now."
    sheet.seats.setChecked(False)
    place.until(lambda: sheet.is_settled)
    place.press(sheet.go)
    place.until(lambda: hands.run(run).detail.summary.members == 2)


def test_the_list_is_searched_ordered_and_saved(hands: Hands, tmp_path: Path) -> None:
    place = hands.place
    with prepared(place.store) as db:
        for code, name in (("AAA", "Zebra"), ("BBB", "Apple")):
            make_run(db, course=place.centre.fire, code=code, name=name)
    hands.go()
    table = hands.page.table
    place.until(lambda: table.model.rowCount() == 2)
    table.sort_by("name")
    assert table.model.texts(0, 9) == ["BBB", "AAA"]
    QTest.keyClicks(table.search, "zeb")
    place.until(lambda: table.model.texts(0, 9) == ["AAA"])
    target = tmp_path / "runs.csv"
    place.press(hands.page.export)
    sheet = place.assembly.runs.saving
    place.until(lambda: sheet.table.rowCount() == 1)
    sheet.path.setText(str(target))
    place.press(sheet.save)
    place.until(target.exists)
    assert target.read_text(encoding="utf-8-sig").splitlines()[1].startswith('"AAA","Zebra","Fire Warden"')
    hands.page.select(place.store.read(run_ids)["BBB"])
    assert hands.page.segment.current == "all"


def test_a_trainer_has_no_page_of_runs_and_what_others_change_shows(hands: Hands) -> None:
    place = hands.place
    with prepared(place.store) as db:
        run = make_run(db, course=place.centre.fire, code="JULY", name="July batch")
    hands.go()
    hands.choose("JULY")
    place.store.write("Edit", edit_run, run, {"name": "August batch"}, actor="jo")
    place.assembly.desk.changed.emit(place.store.write("Edit", edit_run, run, {"max_people": 9}, actor="jo").changes)
    place.until(lambda: hands.panel.title.text() == "August batch")
    assert place.store.read(lambda db: db.scalar(sa.select(Run.max_people))) == 9
    become(place, Role.TRAINER)
    assert place.window.sidebar.items["runs"].isHidden()


def test_what_somebody_else_changed_of_a_run_meanwhile_is_laid_beside(hands: Hands) -> None:
    """The names of both are asked about; the limit that only I typed is in nobody's way (U5)."""
    place = hands.place
    with prepared(place.store) as db:
        run = make_run(db, course=place.centre.fire, code="JULY", name="July batch")
    hands.go()
    hands.choose("JULY")
    place.press(hands.panel.buttons["edit"])
    form = hands.sheet(RunSheet)
    form.name.setText("Mine")
    form.limit.setText("8")
    place.store.write("Edit", edit_run, run, {"name": "Theirs"})
    place.press(form.go)
    place.until(lambda: form.asking.sheet is not None)
    sheet = form.asking.sheet
    assert sheet is not None
    assert [sheet.contested[0].buttons[side].value for side in (Side.MINE, Side.THEIRS)] == ["Mine", "Theirs"]
    place.press(sheet.contested[0].buttons[Side.THEIRS])
    place.press(sheet.save)
    place.until(lambda: hands.run(run).detail.summary.run.max_people == 8)
    assert hands.run(run).detail.summary.run.name == "Theirs"


def test_sessions_narrow_to_what_has_places(hands: Hands) -> None:
    place, page = hands.place, hands.place.assembly.sessions
    with prepared(place.store) as db:
        centre = place.centre
        plan = {"trainer": centre.aisha, "venue": centre.room_b, "course": centre.fire, "capacity": 1}
        full = make_scheduled(db, ref="S-1", starts_at=NINE, ends_at=TEN, **plan)
        make_enrollment(db, full, make_person(db, "Ann"))
    place.press(place.window.sidebar.items["sessions"])
    place.until(lambda: full in list(page.table.model.keys()))
    page.places.click()
    place.until(lambda: full not in list(page.table.model.keys()))
    page.places.click()
    place.until(lambda: full in list(page.table.model.keys()))
